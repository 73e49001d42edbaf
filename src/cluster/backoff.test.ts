import { expect, test } from "vitest";
import { Backoff } from "./backoff.ts";

test("a partition is taken again at once, and later and later if it is lost again", () => {
  let now = 0;
  const again = new Backoff(() => now);
  expect(again.mustWait(3)).toBe(false);
  again.lost(3);
  expect(again.mustWait(3)).toBe(false);
  const pauses: number[] = [];
  for (let loss = 0; loss < 12; loss++) {
    again.lost(3);
    const from = now;
    while (again.mustWait(3)) now += 100;
    pauses.push(now - from);
  }
  expect(pauses.slice(0, 4)).toEqual([500, 1_000, 2_000, 4_000]);
  expect(pauses.at(-1)).toBe(60_000);
  expect(again.mustWait(4)).toBe(false);
  now += 120_000;
  again.lost(3);
  expect(again.mustWait(3)).toBe(false);
});
