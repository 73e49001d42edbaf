import { expect, test } from "vitest";
import { forwardClock } from "./forward-clock.ts";

test("time goes forward by whichever clock has gone further, and never back", () => {
  let [steady, day] = [500, 1_000_000];
  const now = forwardClock(
    () => steady,
    () => day,
  );
  const pass = (steadyMs: number, dayMs: number): number => {
    steady += steadyMs;
    day += dayMs;
    return now();
  };
  expect(pass(100, 100)).toBe(100);
  // The machine was suspended.
  expect(pass(0, 60_000)).toBe(60_100);
  // Somebody has set the clock back by an hour.
  expect(pass(10, -3_600_000)).toBe(60_110);
  expect(pass(10, 10)).toBe(60_120);
});
