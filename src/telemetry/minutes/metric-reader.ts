import type { EpochMs } from "../../machine/ids.ts";
import { type MetricId, metricKey, statesNamespace } from "../counting/metric-series.ts";
import { merged, type Statistics } from "../counting/tally.ts";
import type { MinuteBuffer } from "./minute-buffer.ts";
import { hourMs, isSummed, type StoredHours } from "./stored-hours.ts";
import type { StoredMinutes } from "./stored-minutes.ts";

/** What somebody wants to know of a metric. */
export interface MetricQuery {
  readonly metric: MetricId;
  readonly from: EpochMs;
  /** Exclusive. */
  readonly to: EpochMs;
  readonly periodMs: number;
}

/** Statistics by the beginnings of periods, in the order of time; periods to which nothing came have none. */
export type Points = ReadonlyMap<EpochMs, Statistics>;

/** Adds up what all nodes have stored, and what this one has not stored yet. */
export class MetricReader {
  readonly #stored: StoredMinutes;
  readonly #hours: Pick<StoredHours, "in">;
  readonly #buffer: Pick<MinuteBuffer, "in">;

  constructor(
    stored: StoredMinutes,
    hours: Pick<StoredHours, "in">,
    buffer: Pick<MinuteBuffer, "in">,
  ) {
    this.#stored = stored;
    this.#hours = hours;
    this.#buffer = buffer;
  }

  /** The points of each query, in their order; minutes that several ask for are read once. */
  async points(queries: readonly MetricQuery[]): Promise<readonly Points[]> {
    const found = queries.map((query) => ({ query, points: new Map<EpochMs, Statistics>() }));
    const byKey = Map.groupBy(found, ({ query }) => metricKey(query.metric));
    const from = Math.min(...queries.map((query) => query.from));
    const to = Math.max(...queries.map((query) => query.to));
    const add = (minute: EpochMs, metric: MetricId, statistics: Statistics): void => {
      for (const id of metricIds(metric)) {
        for (const { query, points } of byKey.get(metricKey(id)) ?? []) {
          if (minute < query.from || minute >= query.to) continue;
          const period = Math.floor(minute / query.periodMs) * query.periodMs;
          const before = points.get(period);
          points.set(period, before === undefined ? statistics : merged(before, statistics));
        }
      }
    };
    // What is asked for by the hour is read by the hour, as far as hours are summed.
    const isHourly = queries.every(
      ({ metric, periodMs, ...window }) =>
        isSummed(metric) && periodMs % hourMs === 0 && window.from === from && window.to === to,
    );
    let read = from;
    const readMinutes = async (until: EpochMs): Promise<void> => {
      for await (const [minute, series] of this.#stored.in(read, until)) {
        for (const each of series) add(minute, each, each.statistics);
      }
    };
    if (isHourly) {
      for await (const [hour, series] of this.#hours.in(from, to)) {
        if (hour > read) await readMinutes(hour);
        for (const each of series) add(hour, each, each.statistics);
        read = hour + hourMs;
      }
    }
    if (read < to) await readMinutes(to);
    for (const [minute, each] of this.#buffer.in(from, to)) add(minute, each, each.statistics);
    return found.map(({ points }) => new Map([...points].sort(([a], [b]) => a - b)));
  }
}

/** *Documented*: what is counted for a state machine is also counted for all of them together, without dimensions. */
export function metricIds(metric: MetricId): readonly MetricId[] {
  const { region, namespace, name, dimensions } = metric;
  const own = { region, namespace, name, dimensions };
  const [dimension, ...others] = Object.keys(dimensions);
  const isOfMachine = dimension === "StateMachineArn" && others.length === 0;
  return namespace === statesNamespace && isOfMachine ? [own, { ...own, dimensions: {} }] : [own];
}
