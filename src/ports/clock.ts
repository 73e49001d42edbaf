import type { EpochMs } from "../machine/ids.ts";

/** The time, and the one way to wait for it. Tests step it by hand. */
export interface Clock {
  now(): EpochMs;
  /** Calls `wake` once at or after `at`; the result cancels it. */
  schedule(at: EpochMs, wake: () => void): () => void;
  /** The same for housekeeping, which comes round for ever. Only a clock that skips time has it: it skips to none of these. */
  scheduleRound?(at: EpochMs, wake: () => void): () => void;
}

/** Waits for the next round of housekeeping; the result cancels it. */
export function scheduleRound(clock: Clock, at: EpochMs, wake: () => void): () => void {
  return clock.scheduleRound === undefined
    ? clock.schedule(at, wake)
    : clock.scheduleRound(at, wake);
}
