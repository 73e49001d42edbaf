import type { Clock } from "../../src/ports/clock.ts";

/** A clock that stands still until it is moved. */
export interface StepClock extends Clock {
  advance(ms: number): void;
}

export function stepClock(): StepClock {
  let now = 1_000_000;
  let waiting: { at: number; wake: () => void }[] = [];
  return {
    now: () => now,
    schedule(at, wake) {
      const mine = { at, wake };
      waiting.push(mine);
      return () => {
        waiting = waiting.filter((other) => other !== mine);
      };
    },
    advance(ms) {
      now += ms;
      const due = waiting.filter(({ at }) => at <= now);
      waiting = waiting.filter(({ at }) => at > now);
      for (const { wake } of due) wake();
    },
  };
}
