import fc from "fast-check";
import { expect, test } from "vitest";
import { merged, percentile, Tally } from "./tally.ts";

function tallyOf(values: readonly number[]): Tally {
  const tally = new Tally();
  for (const value of values) tally.add(value);
  return tally;
}
const values = fc.array(fc.double({ min: 0.01, max: 1e9, noNaN: true }), { minLength: 1 });

test("a percentile is off by 2 % at most", () => {
  fc.assert(
    fc.property(values, fc.double({ min: 0.01, max: 1, noNaN: true }), (given, share) => {
      const sorted = [...given].sort((a, b) => a - b);
      const exact = sorted[Math.ceil(share * given.length) - 1] as number;
      const estimated = percentile(tallyOf(given).statistics, share);
      expect(Math.abs(estimated - exact)).toBeLessThanOrEqual(exact * 0.0201);
    }),
  );
});

test("statistics of parts, merged, are those of the whole", () => {
  fc.assert(
    fc.property(values, values, (some, others) => {
      const parts = merged(tallyOf(some).statistics, tallyOf(others).statistics);
      const whole = tallyOf([...some, ...others]).statistics;
      expect({ ...parts, sum: 0 }).toEqual({ ...whole, sum: 0 });
      expect(parts.sum).toBeCloseTo(whole.sum, -3);
    }),
  );
});
