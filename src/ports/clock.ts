import type { EpochMs } from "../machine/ids.ts";

/** The time, and the one way to wait for it. Tests step it by hand. */
export interface Clock {
  now(): EpochMs;
  /** Calls `wake` once at or after `at`; the result cancels it. */
  schedule(at: EpochMs, wake: () => void): () => void;
}
