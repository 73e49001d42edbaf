export type MetricUnit = "perSecond" | "count" | "milliseconds" | "bytes" | "share";

/** A line of a chart: a value for each time; `null` where nothing was measured. */
export interface SeriesView {
  readonly unit: MetricUnit;
  readonly values: readonly (number | null)[];
}

/** Calls of an operation, or of the tasks of a service; times are milliseconds. */
export interface CallsView {
  readonly name: string;
  readonly count: number;
  readonly errors: number;
  readonly p50?: number;
  readonly p99?: number;
  /** It waits for something to happen: how long it takes says nothing of the server. */
  readonly isWaiting?: boolean;
}

/** What this process has counted in the last minutes. */
export interface MetricsView {
  /** When it began to. */
  readonly since: number;
  readonly now: number;
  readonly everyMs: number;
  readonly times: readonly number[];
  readonly series: { readonly [name: string]: SeriesView };
  readonly calls: readonly CallsView[];
  readonly tasks: readonly CallsView[];
}

/** The same with what is not counted by the process alone. */
export interface ServerMetricsView extends MetricsView {
  /** Values of some of the series that they should stay below. */
  readonly thresholds: { readonly [name: string]: number };
  /** The workflows that had an execution end within the time that is shown. */
  readonly workflows: readonly WorkflowDurations[];
}

/** How long executions of a workflow took that ended within a time, in milliseconds. */
export interface WorkflowDurations {
  readonly stateMachineArn: string;
  readonly name: string;
  readonly type: "STANDARD" | "EXPRESS";
  readonly ended: number;
  readonly failed: number;
  readonly p50: number;
  readonly p90: number;
  readonly p95: number;
  readonly p99: number;
}
