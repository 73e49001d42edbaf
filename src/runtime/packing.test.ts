import { expect, test } from "vitest";
import type { Clock } from "../ports/clock.ts";
import { startPacking } from "./packing.ts";

const silent = { debug() {}, info() {}, warn() {}, error() {} };

/** A clock that stands still until the next alarm is rung. */
function alarmClock() {
  let now = 1_000_000;
  const alarms: { at: number; wake: () => void }[] = [];
  const clock: Clock = {
    now: () => now,
    schedule(at, wake) {
      const alarm = { at, wake };
      alarms.push(alarm);
      return () => void alarms.splice(alarms.indexOf(alarm), 1);
    },
  };
  return {
    clock,
    alarms,
    /** Waits for an alarm to be set, rings it, and tells after how long that was. */
    ring: async (): Promise<number> => {
      await expect.poll(() => alarms.length).toBe(1);
      const alarm = alarms.pop();
      const passed = (alarm?.at ?? now) - now;
      now += passed;
      alarm?.wake();
      return passed;
    },
  };
}

test("what has been closed for a minute is packed bit by bit, quicker the longer it takes, then now and then", async () => {
  const { clock, ring } = alarmClock();
  const asked: number[] = [];
  let left = 200;
  async function packClosed(before: number, limit: number): Promise<number> {
    asked.push(clock.now() - before);
    if (left === 0) return 0;
    left -= 1;
    return limit;
  }
  const stop = startPacking({ store: { packClosed }, clock, logger: silent });
  const pauses: number[] = [];
  for (let count = 0; count < 200; count += 1) pauses.push(await ring());
  expect(pauses[0]).toBeGreaterThan(20);
  expect(pauses).toEqual(pauses.toSorted((a, b) => b - a));
  expect(pauses.at(-1)).toBe(2);
  expect(await ring()).toBe(5_000);
  expect(new Set(asked)).toEqual(new Set([60_000]));
  stop();
});

test("a store that fails is tried again later, and one that is closed is let be", async () => {
  const { clock, alarms, ring } = alarmClock();
  const warnings: string[] = [];
  let calls = 0;
  async function packClosed(): Promise<number> {
    calls += 1;
    throw new Error("no space");
  }
  const logger = { ...silent, warn: (message: string) => void warnings.push(message) };
  const stop = startPacking({ store: { packClosed }, clock, logger });
  expect(await ring()).toBe(60_000);
  expect(warnings).toEqual(["journals could not be packed"]);
  await expect.poll(() => alarms.length).toBe(1);
  expect(calls).toBe(2);
  stop();
  expect(alarms).toEqual([]);
});

test("nothing is waited for where the store has no use for it", () => {
  const { clock, alarms } = alarmClock();
  startPacking({ store: {}, clock, logger: silent })();
  expect(alarms).toEqual([]);
});
