import { expect, test } from "vitest";
import { type Clock, scheduleRound } from "../ports/clock.ts";
import { createSkippingClock } from "./skipping-clock.ts";

/** A clock that stands still, whose alarms nobody rings. */
const standing: Clock = { now: () => 1_000, schedule: () => () => {} };

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve));
}

test("time jumps to the next deadline, one after another, when nothing runs", async () => {
  const clock = createSkippingClock(() => false, standing);
  const woken: [string, number][] = [];
  clock.schedule(61_000, () => woken.push(["later", clock.now()]));
  clock.schedule(11_000, () => {
    woken.push(["sooner", clock.now()]);
    clock.schedule(21_000, () => woken.push(["again", clock.now()]));
  });
  await turns(60);
  expect(woken).toEqual([
    ["sooner", 11_000],
    ["again", 21_000],
    ["later", 61_000],
  ]);
});

test("no time is skipped while something runs, however long that is", async () => {
  let busy = true;
  const clock = createSkippingClock(() => busy, standing);
  let woken = false;
  clock.schedule(2_000, () => (woken = true));
  await turns(60);
  expect(woken).toBe(false);
  busy = false;
  clock.busyChanged();
  await turns(20);
  expect(woken).toBe(true);
});

test("a deadline that was cancelled does not move time", async () => {
  const clock = createSkippingClock(() => false, standing);
  clock.schedule(5_000, () => expect.unreachable())();
  await turns(30);
  expect(clock.now()).toBe(1_000);
});

test("what happens meanwhile gets its turn before time is skipped", async () => {
  const clock = createSkippingClock(() => false, standing);
  const seen: string[] = [];
  clock.schedule(9_000, () => seen.push("deadline"));
  await turns(3);
  clock.schedule(2_000, () => seen.push("earlier"));
  await turns(40);
  expect(seen).toEqual(["earlier", "deadline"]);
});

test("time that is let pass wakes what is due, in order and at its time, and nothing after it", async () => {
  const clock = createSkippingClock(() => true, standing);
  const woken: [string, number][] = [];
  clock.schedule(61_000, () => woken.push(["after", clock.now()]));
  clock.schedule(11_000, () => {
    woken.push(["due", clock.now()]);
    clock.schedule(21_000, () => woken.push(["due meanwhile", clock.now()]));
  });
  await clock.pass(30_000);
  expect(woken).toEqual([
    ["due", 11_000],
    ["due meanwhile", 21_000],
  ]);
  expect(clock.now()).toBe(31_000);
});

test("no time is skipped to a round of housekeeping, which comes round in the time of the clock beneath", async () => {
  const rounds: number[] = [];
  const clock = createSkippingClock(() => false, {
    now: () => 1_000,
    schedule: (at) => (rounds.push(at), () => {}),
  });
  scheduleRound(clock, 16_000, () => expect.unreachable());
  await turns(30);
  expect(clock.now()).toBe(1_000);
  expect(rounds).toEqual([16_000]);
});
