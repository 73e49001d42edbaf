import { expect, test } from "vitest";
import { durationText } from "./terminal.ts";

test.each([
  [0, "0 ms"],
  [999, "999 ms"],
  [1_000, "1 s"],
  [1_254, "1.25 s"],
  [59_949, "59.9 s"],
  [60_000, "1 min"],
  [125_000, "2 min 5 s"],
  [3_600_000, "1 h"],
  [12_000_000, "3 h 20 min"],
  [604_800_000, "7 d"],
  [100_000_000, "1 d 4 h"],
])("%d milliseconds are %s", (milliseconds, text) => {
  expect(durationText(milliseconds)).toBe(text);
});
