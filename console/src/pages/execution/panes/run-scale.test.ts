import fc from "fast-check";
import { expect, test } from "vitest";
import { fittingScale, foldsOf, foldWidth, scaleOf, ticksOf } from "./run-scale.ts";

const span = { from: 1_000, to: 101_000 };
const busy = [
  { from: 1_000, to: 3_000 },
  { from: 63_000, to: 64_000 },
  { from: 72_000, to: 101_000 },
];

test("what is idle for long is folded, but for a margin; what is short is not", () => {
  expect(foldsOf(busy, span)).toEqual([{ from: 3_250, to: 62_750 }]);
});

test("a stretch that still goes on is folded, too", () => {
  expect(foldsOf([{ from: 1_000, to: 3_000 }], span)).toEqual([{ from: 3_250, to: 100_750 }]);
});

test("a fold stays one while the run grows", () => {
  const longer = { from: 1_000, to: 1_001_000 };
  const still = [...busy.slice(0, 2), { from: 72_000, to: 1_001_000 }];
  expect(foldsOf(still, longer)).toEqual([]);
  expect(foldsOf(still, longer, foldsOf(busy, span))).toEqual([{ from: 3_250, to: 62_750 }]);
});

test("all of it fits, folds included", () => {
  const folds = foldsOf(busy, span);
  const scale = scaleOf(span, folds, fittingScale(span, folds, 800));
  expect(scale.width).toBeCloseTo(800);
  expect(scale.x(62_750) - scale.x(3_250)).toBeCloseTo(foldWidth);
});

test("places and times are each other's inverse, and in order", () => {
  const times = fc.integer({ min: span.from, max: span.to });
  fc.assert(
    fc.property(times, times, fc.double({ min: 1e-4, max: 40, noNaN: true }), (a, b, perMs) => {
      const scale = scaleOf(span, foldsOf(busy, span), perMs);
      expect(scale.time(scale.x(a))).toBeCloseTo(a, 3);
      if (a < b) expect(scale.x(a)).toBeLessThan(scale.x(b));
    }),
  );
});

test("ticks are at round times since the start, with room between them, none in a fold", () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-3, max: 40, noNaN: true }), (perMs) => {
      const scale = scaleOf(span, foldsOf(busy, span), perMs);
      const ticks = ticksOf(scale, 0, 1_200);
      expect(ticks.length).toBeLessThan(25);
      for (const [index, { x, offsetMs }] of ticks.entries()) {
        expect(scale.x(span.from + offsetMs)).toBeCloseTo(x);
        expect(offsetMs + span.from > 3_250 && offsetMs + span.from < 62_750).toBe(false);
        if (index > 0) expect(x - (ticks[index - 1]?.x ?? 0)).toBeGreaterThan(50);
      }
    }),
  );
});
