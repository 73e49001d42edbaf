import type { Figure, Sample } from "../../ports/figures.ts";
import { isLevel, type MetricSeries } from "../counting/metric-series.ts";

/** *Documented*: metrics of `AWS/States` that are measured; all others are counted. */
const units: { readonly [suffix: string]: string } = {
  ExpressExecutionBilledDuration: "milliseconds",
  ExpressExecutionBilledMemory: "megabytes",
  ExpressExecutionMemory: "megabytes",
};

/**
 * The metrics of `AWS/States` and `AWS/Usage` by names as Prometheus has them: `ExecutionsStarted` is `stepwell_aws_states_executions_started_total`,
 * `ExecutionTime` the two counters `stepwell_aws_states_execution_time_milliseconds_sum` and `…_count`. Dimensions are labels:
 * `StateMachineArn` is `state_machine_arn`. What says how much there is, is a gauge: `stepwell_aws_states_open_execution_count`.
 */
export function statesFigures(totals: Iterable<MetricSeries>): readonly Figure[] {
  const families = new Map<string, Omit<Figure, "samples"> & { readonly samples: Sample[] }>();
  const add = (name: string, family: Omit<Figure, "name" | "samples">, sample: Sample): void => {
    const known = families.get(name);
    if (known === undefined) families.set(name, { name, ...family, samples: [sample] });
    else known.samples.push(sample);
  };
  for (const series of totals) {
    const { namespace, name, dimensions, statistics } = series;
    const labels = Object.fromEntries(
      Object.entries(dimensions).map(([dimension, value]) => [snakeCase(dimension), value]),
    );
    const base = `stepwell_${namespace.toLowerCase().replace("/", "_")}_${snakeCase(name)}`;
    const help = `${namespace} ${name}`;
    const counter = { help, type: "counter" } as const;
    const unit = units[name] ?? (name.endsWith("Time") ? "milliseconds" : undefined);
    if (isLevel(series)) {
      add(base, { help, type: "gauge" }, { labels, value: statistics.sum / statistics.count });
    } else if (unit === undefined) add(`${base}_total`, counter, { labels, value: statistics.sum });
    else {
      add(`${base}_${unit}_sum`, counter, { labels, value: statistics.sum });
      add(`${base}_${unit}_count`, counter, { labels, value: statistics.count });
    }
  }
  return [...families.values()] as readonly Figure[];
}

/** `StateMachineArn` → `state_machine_arn`. */
export function snakeCase(name: string): string {
  return name.replace(/(?!^)[A-Z]/g, "_$&").toLowerCase();
}
