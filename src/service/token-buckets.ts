/** How fast something may be done: at once as often as the bucket holds tokens, then as fast as they come back. */
export interface BucketSize {
  readonly tokens: number;
  readonly refillPerSecond: number;
}

/** Our choice: names of callers or addresses; beyond it that which has been known for the longest is forgotten. */
const maxBuckets = 10_000;

/** A bucket of tokens for each name. A name that is not known has a full one. */
export class TokenBuckets {
  readonly #size: BucketSize;
  readonly #maxBuckets: number;
  readonly #buckets = new Map<string, { tokens: number; at: number }>();

  constructor(size: BucketSize, most = maxBuckets) {
    this.#size = size;
    this.#maxBuckets = most;
  }

  /** Whether there is a token left; takes none. */
  has(name: string, now: number): boolean {
    const bucket = this.#buckets.get(name);
    return bucket === undefined || this.#refilled(bucket, now) >= 1;
  }

  /** Takes a token; `false`: there is none. `size`: that of this name, where each has its own. */
  take(name: string, now: number, size = this.#size): boolean {
    const bucket = this.#buckets.get(name);
    const tokens = bucket === undefined ? size.tokens : this.#refilled(bucket, now, size);
    if (tokens < 1) return false;
    if (bucket === undefined) {
      if (this.#buckets.size >= this.#maxBuckets) this.#forgetOne();
      this.#buckets.set(name, { tokens: tokens - 1, at: now });
    } else {
      bucket.tokens = tokens - 1;
      bucket.at = now;
    }
    return true;
  }

  #refilled(
    bucket: { readonly tokens: number; readonly at: number },
    now: number,
    { tokens, refillPerSecond } = this.#size,
  ): number {
    // A clock that was set back gives nothing.
    const since = Math.max(0, now - bucket.at);
    return Math.min(tokens, bucket.tokens + (since / 1_000) * refillPerSecond);
  }

  /** The one that has been known for the longest: to be forgotten is to have a full bucket, which each gets back to in time. */
  #forgetOne(): void {
    const [oldest] = this.#buckets.keys();
    if (oldest !== undefined) this.#buckets.delete(oldest);
  }
}
