import fc from "fast-check";
import { expect, test } from "vitest";
import type { Clock } from "../../ports/clock.ts";
import { type Timed, TimerQueue } from "./timer-queue.ts";

interface Named extends Timed {
  readonly name: number;
}

function stepClock(): Clock & { advanceTo(at: number): void } {
  let now = 0;
  let armed: { at: number; wake: () => void } | undefined;
  return {
    now: () => now,
    schedule(at, wake) {
      const mine = { at, wake };
      armed = mine;
      return () => {
        if (armed === mine) armed = undefined;
      };
    },
    advanceTo(at) {
      now = at;
      while (armed !== undefined && armed.at <= now) {
        const { wake } = armed;
        armed = undefined;
        wake();
      }
    },
  };
}

const timers = (count: number): Named[] =>
  Array.from({ length: count }, (_, name) => ({ name, deadline: 0, timerIndex: -1 }));

test("what was set, moved and removed fires as if every deadline were looked at", () => {
  const step = fc.oneof(
    fc.record({ set: fc.nat(9), at: fc.integer({ min: 1, max: 50 }) }),
    fc.record({ remove: fc.nat(9) }),
    fc.record({ advance: fc.integer({ min: 0, max: 10 }) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const clock = stepClock();
      const fired: number[] = [];
      const queue = new TimerQueue<Named>(clock, ({ name }) => fired.push(name));
      const all = timers(10);
      const expected = new Map<number, number>();
      for (const each of steps) {
        if ("set" in each) {
          queue.set(all[each.set] as Named, clock.now() + each.at);
          expected.set(each.set, clock.now() + each.at);
        } else if ("remove" in each) {
          queue.remove(all[each.remove] as Named);
          expected.delete(each.remove);
        } else {
          fired.length = 0;
          clock.advanceTo(clock.now() + each.advance);
          const due = [...expected].filter(([, at]) => at <= clock.now());
          expect(new Set(fired)).toEqual(new Set(due.map(([name]) => name)));
          for (const [name] of due) expected.delete(name);
        }
      }
    }),
  );
});

test("they fire in the order of their deadlines", () => {
  const clock = stepClock();
  const fired: number[] = [];
  const queue = new TimerQueue<Named>(clock, ({ name }) => fired.push(name));
  for (const timed of timers(20)) queue.set(timed, 100 - timed.name);
  clock.advanceTo(200);
  expect(fired).toEqual(Array.from({ length: 20 }, (_, index) => 19 - index));
});

test("a queue that was stopped fires nothing", () => {
  const clock = stepClock();
  const fired: number[] = [];
  const queue = new TimerQueue<Named>(clock, ({ name }) => fired.push(name));
  const [timed] = timers(1);
  queue.set(timed as Named, 5);
  queue.stop();
  clock.advanceTo(10);
  expect(fired).toEqual([]);
});

test("one that is due again as soon as it has fired keeps nobody waiting while time stands still", () => {
  const alarms: (() => void)[] = [];
  const clock = {
    now: () => 5,
    schedule: (_: number, wake: () => void) => (alarms.push(wake), () => {}),
  };
  const fired: number[] = [];
  const queue = new TimerQueue<Named>(clock, (timed) => {
    fired.push(timed.name);
    queue.set(timed, 5);
  });
  for (const timed of timers(2)) queue.set(timed, 5);
  alarms.shift()?.();
  expect(fired).toHaveLength(2);
  alarms.shift()?.();
  expect(fired).toHaveLength(4);
});

test("what is due gives up the thread after a while, and the rest follows at once", () => {
  let now = 0;
  const scheduled: { at: number; wake: () => void }[] = [];
  const clock: Clock = {
    now: () => now,
    schedule(at, wake) {
      scheduled.push({ at, wake });
      return () => {};
    },
  };
  const fired: number[] = [];
  const queue = new TimerQueue<Named>(clock, ({ name }) => {
    fired.push(name);
    now += 15;
  });
  for (const timer of timers(5)) queue.set(timer, 1);
  now = 1;
  scheduled.shift()?.wake();
  expect(fired).toHaveLength(2);
  while (scheduled.length > 0) scheduled.shift()?.wake();
  expect(fired.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4]);
});
