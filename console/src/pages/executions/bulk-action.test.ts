import { expect, test } from "vitest";
import { runEach, unfitFor } from "./bulk-action.ts";

test("only what runs can be stopped, only what failed can be redriven", () => {
  const standard = (status: "RUNNING" | "FAILED" | "SUCCEEDED") =>
    ({ type: "STANDARD", status }) as const;
  expect(unfitFor("stop", standard("RUNNING"))).toBeUndefined();
  expect(unfitFor("stop", standard("FAILED"))).toBe("ended");
  expect(unfitFor("redrive", standard("FAILED"))).toBeUndefined();
  expect(unfitFor("redrive", standard("RUNNING"))).toBe("running");
  expect(unfitFor("redrive", standard("SUCCEEDED"))).toBe("succeeded");
  expect(unfitFor("redrive", { type: "EXPRESS", status: "FAILED" })).toBe("express");
});

test("no more than so many run at once, and all are done", async () => {
  let running = 0;
  let most = 0;
  const done: number[] = [];
  const items = Array.from({ length: 20 }, (_, index) => index);
  await runEach(
    items,
    async (item) => {
      most = Math.max(most, ++running);
      await Promise.resolve();
      running--;
      done.push(item);
    },
    new AbortController().signal,
    3,
  );
  expect(most).toBe(3);
  expect(done.sort((a, b) => a - b)).toEqual(items);
});

test("when it is told to stop it begins no more", async () => {
  const control = new AbortController();
  const done: number[] = [];
  await runEach(
    [1, 2, 3, 4],
    async (item) => {
      done.push(item);
      if (item === 2) control.abort();
      await Promise.resolve();
    },
    control.signal,
    1,
  );
  expect(done).toEqual([1, 2]);
});
