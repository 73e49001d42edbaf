import type { Figure, Sample } from "../../ports/figures.ts";
import type { MetricSeries } from "../counting/metric-series.ts";

/** *Documented*: metrics of `AWS/States` that are measured; all others are counted. */
const units: { readonly [suffix: string]: string } = {
  ExpressExecutionBilledDuration: "milliseconds",
  ExpressExecutionBilledMemory: "megabytes",
  ExpressExecutionMemory: "megabytes",
};

/**
 * The metrics of `AWS/States` by names as Prometheus has them: `ExecutionsStarted` is `stepwell_aws_states_executions_started_total`,
 * `ExecutionTime` the two counters `stepwell_aws_states_execution_time_milliseconds_sum` and `…_count`. Dimensions are labels:
 * `StateMachineArn` is `state_machine_arn`.
 */
export function statesFigures(totals: Iterable<MetricSeries>): readonly Figure[] {
  const families = new Map<string, { readonly help: string; readonly samples: Sample[] }>();
  const add = (name: string, help: string, sample: Sample): void => {
    const family = families.get(name);
    if (family === undefined) families.set(name, { help, samples: [sample] });
    else family.samples.push(sample);
  };
  for (const { name, dimensions, statistics } of totals) {
    const labels = Object.fromEntries(
      Object.entries(dimensions).map(([dimension, value]) => [snakeCase(dimension), value]),
    );
    const base = `stepwell_aws_states_${snakeCase(name)}`;
    const help = `AWS/States ${name}`;
    const unit = units[name] ?? (name.endsWith("Time") ? "milliseconds" : undefined);
    if (unit === undefined) add(`${base}_total`, help, { labels, value: statistics.sum });
    else {
      add(`${base}_${unit}_sum`, help, { labels, value: statistics.sum });
      add(`${base}_${unit}_count`, help, { labels, value: statistics.count });
    }
  }
  return [...families].map(([name, { help, samples }]) => ({
    name,
    help,
    type: "counter",
    samples,
  }));
}

/** `StateMachineArn` → `state_machine_arn`. */
export function snakeCase(name: string): string {
  return name.replace(/(?!^)[A-Z]/g, "_$&").toLowerCase();
}
