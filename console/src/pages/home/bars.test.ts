import { expect, test } from "vitest";
import { brushOfWindow, countsOf, windowOfBrush } from "./bars.ts";

const bars = Array.from({ length: 4 }, (_, index) => ({
  from: index * 10,
  to: (index + 1) * 10,
  running: 1,
  succeeded: 2,
  failed: index,
}));

test("a window that was chosen by bars chooses the same bars", () => {
  const window = windowOfBrush(bars, { anchor: 2, end: 1 });
  expect(window).toEqual({ from: 10, to: 30 });
  expect(brushOfWindow(bars, window ?? { from: 0, to: 0 })).toEqual({ anchor: 1, end: 2 });
});

test("a bar that is partly in the window is chosen; what is before or after the day chooses none", () => {
  expect(brushOfWindow(bars, { from: 15, to: 16 })).toEqual({ anchor: 1, end: 1 });
  expect(brushOfWindow(bars, { from: -20, to: 0 })).toBeUndefined();
  expect(brushOfWindow(bars, { from: 40, to: 50 })).toBeUndefined();
});

test("a window that began before the day is chosen as far as it is there", () => {
  expect(brushOfWindow(bars, { from: -20, to: 15 })).toEqual({ anchor: 0, end: 1 });
});

test("what is chosen is counted", () => {
  expect(countsOf(bars.slice(1, 3))).toEqual({ total: 9, failed: 3 });
});
