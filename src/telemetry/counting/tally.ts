/** Values of one metric, as CloudWatch keeps them: a set of statistics, and enough to estimate percentiles. */
export interface Statistics {
  readonly count: number;
  readonly sum: number;
  readonly min: number;
  readonly max: number;
  /** How many values fell into each bucket, by its number; absent: all values were equal, or nobody asks for their spread. */
  readonly buckets?: { readonly [bucket: string]: number } | undefined;
}

/** Our choice: a bucket is 4 % wide, so that a percentile is off by 2 % at most. */
const width = Math.log(1.04);
/** Values up to this one share a bucket: no duration is told finer. */
const least = 0.001;
const lowest = Math.round(Math.log(least) / width);

/** Takes values one by one. A value that comes again at once costs an addition: many durations are some milliseconds. */
export class Tally {
  count = 0;
  sum = 0;
  min = Number.POSITIVE_INFINITY;
  max = Number.NEGATIVE_INFINITY;
  /** The newest value, and how often it came in a row: not in a bucket yet. */
  #value = 0;
  #times = 0;
  readonly #buckets = new Map<number, number>();

  add(value: number): void {
    this.count++;
    this.sum += value;
    if (value === this.#value) {
      this.#times++;
      // Nothing but the value that it begins with.
      if (this.count === 1) this.min = this.max = value;
      return;
    }
    this.#putIntoBucket();
    this.#value = value;
    this.#times = 1;
    if (value < this.min) this.min = value;
    if (value > this.max) this.max = value;
  }

  get statistics(): Statistics {
    const { count, sum, min, max } = this;
    if (min === max) return { count, sum, min, max };
    this.#putIntoBucket();
    return { count, sum, min, max, buckets: Object.fromEntries(this.#buckets) };
  }

  #putIntoBucket(): void {
    if (this.#times === 0) return;
    const bucket = bucketOf(this.#value);
    this.#buckets.set(bucket, (this.#buckets.get(bucket) ?? 0) + this.#times);
    this.#times = 0;
  }
}

/** What happened `count` times, each of which counts 1. */
export function occurrences(count: number): Statistics {
  return { count, sum: count, min: 1, max: 1 };
}

/** The same value `count` times. */
export function repeated(value: number, count = 1): Statistics {
  return { count, sum: value * count, min: value, max: value };
}

/** What might have happened `count` times, and did not. */
export function zeros(count: number): Statistics {
  return repeated(0, count);
}

export function merged(one: Statistics, other: Statistics): Statistics {
  const min = Math.min(one.min, other.min);
  const max = Math.max(one.max, other.max);
  const sums = { count: one.count + other.count, sum: one.sum + other.sum, min, max };
  if (min === max) return sums;
  const buckets: { [bucket: string]: number } = { ...bucketsOf(one) };
  for (const [bucket, held] of Object.entries(bucketsOf(other))) {
    buckets[bucket] = (buckets[bucket] ?? 0) + held;
  }
  return { ...sums, buckets };
}

/** The value that `share` (0 to 1) of the values are not above, estimated; it lies between the least and the greatest. */
export function percentile(statistics: Statistics, share: number): number {
  const { count, min, max } = statistics;
  if (min === max || share <= 0) return min;
  const rank = share * count;
  const held = Object.entries(bucketsOf(statistics))
    .map(([bucket, each]) => [Number(bucket), each] as const)
    .sort(([a], [b]) => a - b);
  let below = 0;
  for (const [bucket, each] of held) {
    below += each;
    if (below >= rank) return Math.min(max, Math.max(min, Math.exp(bucket * width)));
  }
  return max;
}

/** Values that stand for those that came, and how often each did, from the least on; `undefined`: their spread is not known. */
export function bucketValues(
  statistics: Statistics,
): readonly (readonly [value: number, count: number])[] | undefined {
  const { buckets, min, max } = statistics;
  if (buckets === undefined) return undefined;
  return Object.entries(buckets)
    .map(([bucket, count]) => [Number(bucket), count] as const)
    .sort(([a], [b]) => a - b)
    .map(([bucket, count]) => [Math.min(max, Math.max(min, Math.exp(bucket * width))), count]);
}

function bucketsOf({ buckets, count, min, max }: Statistics): NonNullable<Statistics["buckets"]> {
  if (buckets !== undefined) return buckets;
  if (min === max) return { [bucketOf(min)]: count };
  // Of a set of statistics that somebody has given, only this is known.
  return count <= 1
    ? { [bucketOf(max)]: count }
    : { [bucketOf(min)]: count / 2, [bucketOf(max)]: count / 2 };
}

function bucketOf(value: number): number {
  return value > least ? Math.round(Math.log(value) / width) : lowest;
}
