import type { Throttle } from "../rest/rest-records.ts";

/** *Documented*: throttling by the token bucket: so many may come at once, and so many more with each second. */
export class TokenBucket {
  readonly #rate: number;
  readonly #burst: number;
  #tokens: number;
  #filledAt: number;

  constructor({ rateLimit, burstLimit }: Throttle, now: number) {
    // *Our choice*: a limit that is not given is as the other one.
    this.#rate = rateLimit ?? burstLimit ?? Infinity;
    this.#burst = burstLimit ?? Math.max(1, rateLimit ?? Infinity);
    this.#tokens = this.#burst;
    this.#filledAt = now;
  }

  /** Whether one more may come now. */
  take(now: number): boolean {
    const seconds = Math.max(0, now - this.#filledAt) / 1_000;
    this.#tokens = Math.min(this.#burst, this.#tokens + seconds * this.#rate);
    this.#filledAt = now;
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }
}

/** Buckets by what they are for; one whose limits have changed begins anew. */
export class TokenBuckets {
  readonly #buckets = new Map<string, { readonly limits: string; readonly bucket: TokenBucket }>();

  take(key: string, throttle: Throttle, now: number): boolean {
    const limits = JSON.stringify(throttle);
    let found = this.#buckets.get(key);
    if (found?.limits !== limits) {
      found = { limits, bucket: new TokenBucket(throttle, now) };
      this.#buckets.set(key, found);
    }
    return found.bucket.take(now);
  }
}

export function isThrottle({ rateLimit, burstLimit }: Throttle = {}): boolean {
  return rateLimit !== undefined || burstLimit !== undefined;
}
