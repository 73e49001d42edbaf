import type { EpochMs } from "../../machine/ids.ts";
import { metricKey, type MetricSeries } from "../counting/metric-series.ts";
import { merged } from "../counting/tally.ts";

export const minuteMs = 60_000;

export function minuteOf(at: EpochMs): EpochMs {
  return Math.floor(at / minuteMs) * minuteMs;
}

/** Our choice: metrics of one minute. */
const mostSeries = 20_000;

/** What has come to metrics and is not stored yet, by minutes. */
export class MinuteBuffer {
  #minutes = new Map<EpochMs, Map<string, MetricSeries>>();

  /** False: so many metrics already came to this minute that this one is not kept. */
  add(minute: EpochMs, series: MetricSeries): boolean {
    let known = this.#minutes.get(minute);
    if (known === undefined) this.#minutes.set(minute, (known = new Map()));
    const key = metricKey(series);
    const before = known.get(key);
    if (before === undefined && known.size >= mostSeries) return false;
    known.set(key, before === undefined ? series : addedUp(before, series));
    return true;
  }

  /** What has come to it so far. */
  *in(from: EpochMs, to: EpochMs): Generator<readonly [minute: EpochMs, series: MetricSeries]> {
    for (const [minute, known] of this.#minutes) {
      if (minute < from || minute >= to) continue;
      for (const series of known.values()) yield [minute, series];
    }
  }

  /** Takes out what there is. */
  drain(): readonly (readonly [minute: EpochMs, series: readonly MetricSeries[]])[] {
    const drained = [...this.#minutes].map(
      ([minute, known]) => [minute, [...known.values()]] as const,
    );
    this.#minutes = new Map();
    return drained;
  }
}

export function addedUp(one: MetricSeries, other: MetricSeries): MetricSeries {
  return { ...one, statistics: merged(one.statistics, other.statistics) };
}
