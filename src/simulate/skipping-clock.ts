import type { EpochMs } from "../machine/ids.ts";
import type { Clock } from "../ports/clock.ts";
import { systemClock } from "../runtime/system-clock.ts";

export interface SkippingClock extends Clock {
  /** Says that what `isBusy` told may have changed. */
  busyChanged(): void;
  /** Lets that much time pass at once, whatever runs: what is due until then is woken in its order. */
  pass(milliseconds: number): Promise<void>;
}

/**
 * How many turns of the event loop must pass with nothing new before time is skipped. Between an activation and the
 * task that it starts lies a commit into memory, which takes two; the rest is margin.
 */
const quietTurns = 10;

/**
 * A clock that jumps to the next deadline when there is nothing to do but wait for it: waits and retry delays take no
 * time. While something runs (`isBusy`) it goes like any other, so that nothing times out that would not have.
 */
export function createSkippingClock(
  isBusy: () => boolean,
  base: Clock = systemClock,
): SkippingClock {
  const waiting = new Set<Alarm>();
  let ahead = 0;
  let watching = false;
  let quiet = 0;

  const now = (): EpochMs => base.now() + ahead;

  function watch(): void {
    quiet = 0;
    if (watching || waiting.size === 0 || isBusy()) return;
    watching = true;
    setImmediate(turn);
  }

  function turn(): void {
    watching = false;
    if (waiting.size === 0 || isBusy()) return;
    quiet++;
    if (quiet > quietTurns) {
      skip();
      return;
    }
    watching = true;
    setImmediate(turn);
  }

  function skip(): void {
    ringFirst();
    watch();
  }

  function first(): Alarm | undefined {
    let found: Alarm | undefined;
    for (const alarm of waiting) if (found === undefined || alarm.at < found.at) found = alarm;
    return found;
  }

  function ringFirst(): void {
    const next = first();
    if (next === undefined) return;
    ahead += Math.max(0, next.at - now());
    next.ring();
  }

  return {
    now,
    schedule(at, wake) {
      const alarm: Alarm = {
        at,
        ring() {
          cancel();
          wake();
        },
      };
      const cancelBase = base.schedule(at - ahead, () => alarm.ring());
      const cancel = (): void => {
        waiting.delete(alarm);
        cancelBase();
      };
      waiting.add(alarm);
      watch();
      return cancel;
    },
    scheduleRound: (at, wake) => base.schedule(at - ahead, wake),
    busyChanged: watch,
    async pass(milliseconds) {
      const until = now() + milliseconds;
      // What is woken may wait for something again that is due before the end.
      for (await settled(); (first()?.at ?? until + 1) <= until; await settled()) ringFirst();
      ahead += Math.max(0, until - now());
      watch();
    },
  };
}

async function settled(): Promise<void> {
  for (let turns = 0; turns <= quietTurns; turns++) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}

interface Alarm {
  readonly at: EpochMs;
  /** Wakes who waits, once. */
  ring(): void;
}
