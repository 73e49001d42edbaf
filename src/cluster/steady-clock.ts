import type { Clock } from "../ports/clock.ts";

/**
 * A clock for pauses, not for dates: a clock of the day that is set back would put off what is waited for by as much, and
 * a node that does not renew its lease meanwhile loses it.
 */
export function steadyClock(monotonicNow: () => number): Clock {
  return {
    now: monotonicNow,
    schedule(at, wake) {
      const timer = setTimeout(wake, Math.max(0, at - monotonicNow()));
      return () => clearTimeout(timer);
    },
  };
}
