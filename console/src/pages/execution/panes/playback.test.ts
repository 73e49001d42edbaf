import { expect, test } from "vitest";
import type { VisitView } from "../../../../../src/console/view-types.ts";
import { nextStep } from "./playback.ts";
import type { RunMark } from "./run-marks.ts";

const mark = (id: number, at: number): RunMark => ({
  id,
  at,
  what: "entered",
  visit: {} as VisitView,
});
const marks = [mark(2, 0), mark(5, 400), mark(6, 410), mark(9, 100_000)];

test("is played by the times of the events", () => {
  expect(nextStep(marks, 2, 12, 1)).toEqual({ to: 5, afterMs: 400 });
  expect(nextStep(marks, 2, 12, 4)).toEqual({ to: 5, afterMs: 100 });
});

test("what comes too fast to be seen comes together", () => {
  expect(nextStep(marks, 2, 12, 100)).toEqual({ to: 9, afterMs: 1_000 });
});

test("idle time is skipped", () => {
  expect(nextStep(marks, 6, 12, 1)).toEqual({ to: 9, afterMs: 1_500 });
});

test("ends with the last event", () => {
  expect(nextStep(marks, 9, 12, 1)).toEqual({ to: 12, afterMs: 80 });
  expect(nextStep(marks, 12, 12, 1)).toBeUndefined();
});
