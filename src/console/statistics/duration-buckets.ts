/**
 * Durations are counted in buckets, each {@link growth} times as wide as the one before: the last one holds what took
 * about two days and more. A quantile is somewhere in its bucket, whose end is 1.6 times its beginning.
 */
export const bucketCount = 40;
const steps = 0.7;
const growth = 2 ** steps;

export function bucketOf(milliseconds: number): number {
  if (milliseconds <= 0) return 0;
  return Math.min(bucketCount - 1, Math.floor(Math.log2(milliseconds + 1) / steps));
}

/** The duration that a bucket begins with. */
export function bucketFrom(bucket: number): number {
  return growth ** bucket - 1;
}

/** The bounds that `quantileOf` asks for. */
export const bucketBounds: readonly number[] = Array.from({ length: bucketCount }, (_, bucket) =>
  bucketFrom(bucket + 1),
);
