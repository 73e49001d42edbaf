import fc from "fast-check";
import { expect, test } from "vitest";
import { InvocationPace } from "./invocation-pace.ts";

const arn = "arn:aws:events:us-east-1:123456789012:api-destination/shop/1";

test("no second has more calls than it may, and what waits comes in its order", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 4 }),
      fc.array(fc.integer({ min: 0, max: 1_500 }), { minLength: 1, maxLength: 40 }),
      (perSecond, gaps) => {
        const pace = new InvocationPace();
        const made: number[] = [];
        let now = 10_000;
        for (const [index, gap] of gaps.entries()) {
          now += gap;
          const call = String(index);
          const until = pace.notBefore(arn, call, { perSecond, now });
          if (until === undefined) made.push(now);
          else {
            // Asked too early it has the same answer, and then it may.
            expect(pace.notBefore(arn, call, { perSecond, now: until - 1 })).toBe(until);
            expect(pace.notBefore(arn, call, { perSecond, now: until })).toBeUndefined();
            made.push(until);
          }
        }
        expect(made).toEqual([...made].sort((a, b) => a - b));
        const seconds = Map.groupBy(made, (at) => Math.floor(at / 1_000));
        for (const calls of seconds.values()) expect(calls.length).toBeLessThanOrEqual(perSecond);
      },
    ),
  );
});

test("300 calls in a second are as many as there may be where nothing else is said", () => {
  const pace = new InvocationPace();
  const answers = Array.from({ length: 301 }, (_, index) =>
    pace.notBefore(arn, String(index), { now: 5_000 }),
  );
  expect(answers.filter((until) => until === undefined)).toHaveLength(300);
  expect(answers.at(-1)).toBe(6_000);
  expect(pace.notBefore("another", "0", { now: 5_000 })).toBeUndefined();
});
