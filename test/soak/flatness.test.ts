import { expect, test } from "vitest";
import type { Census } from "./census.ts";
import { growthIn } from "./flatness.ts";

const mb = 2 ** 20;
const census = (heap: number, timers = 10): Census => ({
  heap: heap * mb,
  external: 5 * mb,
  resident: 200 * mb,
  resources: { Timeout: timers },
});
const censuses = (of: (index: number) => Census) => Array.from({ length: 30 }, (_, at) => of(at));

test("a server that warms up and then stays as it is has not grown", () => {
  expect(growthIn(censuses((at) => census(at < 10 ? 40 + 6 * at : 100 + (at % 3))))).toEqual([]);
});

test("what grows with everything that is done is found, however slowly", () => {
  expect(growthIn(censuses((at) => census(60 + 1.5 * at)))).toEqual([
    "heap: 82.5 MB became 97.5 MB",
  ]);
});

test("timers that are left behind are found", () => {
  expect(growthIn(censuses((at) => census(60, 10 + at)))).toEqual(["Timeout: 25 became 35"]);
});
