import type { Retrier } from "../../asl/definition.ts";
import { type Failure, matchesError } from "./failure.ts";
import type { Branch } from "../snapshot.ts";

/**
 * The Retrier that takes the failure, or `undefined`. The first that names the error decides: once its attempts
 * are used up, no later one is asked. Documented: ASL, Retriers.
 */
export function findRetrier(
  retriers: readonly Retrier[],
  branch: Branch,
  failure: Failure,
): number | undefined {
  const index = retriers.findIndex((retrier) => matchesError(retrier.ErrorEquals, failure));
  if (index === -1) return undefined;
  return (branch.retries[index] ?? 0) < (retriers[index] as Retrier).MaxAttempts
    ? index
    : undefined;
}

/**
 * Delay before retry number `attempt` (from 1), in milliseconds.
 *
 * `MaxDelaySeconds` caps the delay before jitter is drawn, so a jittered delay never exceeds the cap.
 * Documented: ASL, Retriers. Our choice: whole milliseconds, rounded down; a year at the most, for a rate that grows
 * beyond numbers.
 */
export function retryDelayMs(retrier: Retrier, attempt: number, random: () => number): number {
  // Finite, because an interval of 0 times infinity would be no number at all.
  const growth = Math.min(retrier.BackoffRate ** (attempt - 1), Number.MAX_VALUE);
  const seconds = Math.min(
    retrier.IntervalSeconds * growth,
    retrier.MaxDelaySeconds ?? longestDelaySeconds,
    longestDelaySeconds,
  );
  const factor = retrier.JitterStrategy === "FULL" ? random() : 1;
  return Math.floor(seconds * 1000 * factor);
}

const longestDelaySeconds = 31_622_400;
