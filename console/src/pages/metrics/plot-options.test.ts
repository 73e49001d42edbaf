import { expect, test } from "vitest";
import { topOf } from "./plot-options.ts";

test("a threshold is far above until a line comes near it, then it is in the chart", () => {
  expect(topOf(10, "milliseconds", 100)).toBeCloseTo(11);
  expect(topOf(50, "milliseconds", 100)).toBeCloseTo(110);
  expect(topOf(300, "milliseconds", 100)).toBeCloseTo(330);
});

test("where nothing happened a line lies on the ground", () => {
  expect(topOf(null, "count", undefined)).toBe(4);
  expect(topOf(-Infinity, "perSecond", undefined)).toBe(1);
});
