import type { EpochMs } from "../../machine/ids.ts";
import type { Clock } from "../../ports/clock.ts";
import { systemClock } from "../../runtime/system-clock.ts";

/** A clock that stands still: time goes on only where it is skipped. So nothing depends on how fast this machine is. */
export function stillClock(at: EpochMs): Clock {
  return { now: () => at, schedule: () => () => {} };
}

/** A clock that goes like any other and begins at a time of its own. */
export function clockFrom(at: EpochMs, base: Clock = systemClock): Clock {
  const ahead = at - base.now();
  return {
    now: () => base.now() + ahead,
    schedule: (wakeAt, wake) => base.schedule(wakeAt - ahead, wake),
  };
}
