import type { EpochMs } from "../../machine/ids.ts";
import type { MetricSeries } from "../counting/metric-series.ts";
import { bucketValues } from "../counting/tally.ts";

/** A metric of one minute as PutMetricData takes it. */
export interface Datum {
  readonly MetricName: string;
  readonly Dimensions: readonly { readonly Name: string; readonly Value: string }[];
  readonly Timestamp: Date;
  readonly Unit: "Count" | "Milliseconds" | "Megabytes";
  readonly StatisticValues?: {
    readonly SampleCount: number;
    readonly Sum: number;
    readonly Minimum: number;
    readonly Maximum: number;
  };
  /** Values and how often each came: CloudWatch makes percentiles of these only. */
  readonly Values?: readonly number[];
  readonly Counts?: readonly number[];
}

/** *Documented*: different values of one metric in a request. */
const mostValues = 150;

export function datumOf(minute: EpochMs, series: MetricSeries): Datum {
  const { name, dimensions, statistics } = series;
  const shared = {
    MetricName: name,
    Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
    Timestamp: new Date(minute),
    Unit: unitOf(name),
  } as const;
  const values = bucketValues(statistics);
  if (values !== undefined && values.length <= mostValues) {
    return {
      ...shared,
      Values: values.map(([value]) => value),
      Counts: values.map(([, count]) => count),
    };
  }
  const { count: SampleCount, sum: Sum, min: Minimum, max: Maximum } = statistics;
  return { ...shared, StatisticValues: { SampleCount, Sum, Minimum, Maximum } };
}

function unitOf(name: string): Datum["Unit"] {
  if (name.endsWith("Memory")) return "Megabytes";
  return name.endsWith("Time") || name.endsWith("Duration") ? "Milliseconds" : "Count";
}
