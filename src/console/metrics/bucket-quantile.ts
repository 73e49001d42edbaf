import type { HistogramSample } from "../../ports/figures.ts";

/** How many values lie in each bucket, without those below it. */
export interface Buckets {
  /** Upper bounds, rising; the last one may be infinite. */
  readonly bounds: readonly number[];
  readonly counts: readonly number[];
  readonly count: number;
}

export function bucketCounts({ buckets, count }: HistogramSample): Buckets {
  return {
    bounds: buckets.map(({ bound }) => bound),
    counts: buckets.map((bucket, index) => bucket.count - (buckets[index - 1]?.count ?? 0)),
    count,
  };
}

/** What came to `before`. */
export function difference(after: Buckets, before: Buckets | undefined): Buckets {
  if (before === undefined) return after;
  return {
    bounds: after.bounds,
    counts: after.counts.map((count, bucket) => count - (before.counts[bucket] ?? 0)),
    count: after.count - before.count,
  };
}

/**
 * The value that `share` of the values are not above, estimated as Prometheus does it: values are taken to be spread
 * evenly in their bucket. Above the last finite bound it is that bound. `undefined` where there are none.
 */
export function quantileOf({ bounds, counts, count }: Buckets, share: number): number | undefined {
  if (count === 0) return undefined;
  const rank = share * count;
  let below = 0;
  for (const [bucket, held] of counts.entries()) {
    const upper = bounds[bucket] ?? Infinity;
    const lower = bounds[bucket - 1] ?? 0;
    if (held > 0 && below + held >= rank) {
      if (!Number.isFinite(upper)) return lower;
      return lower + (upper - lower) * Math.max(0, (rank - below) / held);
    }
    below += held;
  }
  return bounds.findLast(Number.isFinite);
}
