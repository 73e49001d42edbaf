import { longestAgeSeconds, type RetryPolicy } from "./delivery.ts";

/** A retry policy as the APIs have it, with what holds where nothing is said. */
export function retryPolicyOf(
  given:
    | { readonly MaximumRetryAttempts?: number; readonly MaximumEventAgeInSeconds?: number }
    | undefined,
  usualAttempts: number,
): RetryPolicy {
  return {
    maximumRetryAttempts: given?.MaximumRetryAttempts ?? usualAttempts,
    maximumAgeSeconds: given?.MaximumEventAgeInSeconds ?? longestAgeSeconds,
  };
}
