import { objectOf } from "../../../../graph/json.ts";

/** One attempt that a Retrier makes after a failure, if each attempt fails at once. */
export interface PlannedRetry {
  /** From 1: the first attempt after the one that failed first. */
  readonly number: number;
  /** How long it is waited before it; with jitter anything from `leastDelay` on. Seconds. */
  readonly delay: number;
  readonly leastDelay: number;
  /** Since the first failure, at the least and at the most. Seconds. */
  readonly earliest: number;
  readonly latest: number;
  /** `MaxDelaySeconds` has shortened the delay. */
  readonly isCapped: boolean;
}

export interface RetryPlan {
  readonly retries: readonly PlannedRetry[];
  /** All that it makes: more than are planned where those are very many. */
  readonly count: number;
  readonly hasJitter: boolean;
}

/** Our choice: as many as can be told apart in a picture. */
const mostPlanned = 24;

/**
 * When a Retrier's attempts are made.
 *
 * *Documented*: Retriers. `IntervalSeconds` 1, `MaxAttempts` 3 and `BackoffRate` 2 if they are not said; `FULL` jitter draws the
 * delay between 0 and what it would be. Anything that is no such number counts as not said: the server tells the author so.
 */
export function retryPlan(retrier: unknown): RetryPlan {
  const fields = objectOf(retrier);
  const interval = atLeast(1, fields["IntervalSeconds"]) ?? 1;
  const count = Math.floor(atLeast(0, fields["MaxAttempts"]) ?? 3);
  const rate = atLeast(1, fields["BackoffRate"]) ?? 2;
  const cap = atLeast(1, fields["MaxDelaySeconds"]) ?? Infinity;
  const hasJitter = fields["JitterStrategy"] === "FULL";
  const retries: PlannedRetry[] = [];
  let latest = 0;
  let earliest = 0;
  for (let number = 1; number <= Math.min(count, mostPlanned); number++) {
    const wanted = interval * rate ** (number - 1);
    const delay = Math.min(wanted, cap);
    const leastDelay = hasJitter ? 0 : delay;
    latest += delay;
    earliest += leastDelay;
    retries.push({ number, delay, leastDelay, earliest, latest, isCapped: wanted > cap });
  }
  return { retries, count, hasJitter };
}

function atLeast(least: number, value: unknown): number | undefined {
  return typeof value === "number" && value >= least ? value : undefined;
}
