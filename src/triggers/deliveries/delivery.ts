import type { EpochMs } from "../../machine/ids.ts";
import type { TargetFailure, TargetRequest } from "../targets/target.ts";

/** *Documented*: `RetryPolicy` of rules' targets and of schedules: bounds, and what holds where nothing is said. */
export const mostAttempts = 185;
export const longestAgeSeconds = 86_400;
export const shortestAgeSeconds = 60;

export interface RetryPolicy {
  readonly maximumRetryAttempts: number;
  readonly maximumAgeSeconds: number;
}

export const usualRetryPolicy: RetryPolicy = {
  maximumRetryAttempts: mostAttempts,
  maximumAgeSeconds: longestAgeSeconds,
};

/** Something that is on its way to a target. */
export interface Delivery {
  readonly request: TargetRequest;
  readonly retry: RetryPolicy;
  /** A queue for what could not be delivered; absent: it is given up, and kept for somebody to look at. */
  readonly deadLetterArn?: string | undefined;
  /** When it was first to be delivered. */
  readonly since: EpochMs;
  /** Attempts that have failed. */
  readonly attempts: number;
  /** How often it was put off without an attempt; absent: never. */
  readonly postponed?: number;
  /** Why the last one has. */
  readonly failure?: Pick<TargetFailure, "code" | "message">;
}

/** *Our choices*: the first delay, and the longest: 185 attempts then take about a day. *Documented*: exponential back-off with jitter. */
const firstDelayMs = 1_000;
const longestDelayMs = 600_000;

/** How long to wait after an attempt that failed. `draw` is between 0 and 1. */
export function retryDelayMs(attempts: number, draw: number): number {
  const delay = Math.min(firstDelayMs * 2 ** Math.min(attempts, 20), longestDelayMs);
  return Math.round(delay * (0.5 + draw / 2));
}
