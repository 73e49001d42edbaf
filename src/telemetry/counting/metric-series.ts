import { nameOfArn, scopeOfArn } from "../../machine/arns.ts";
import { occurrences, type Statistics, type Tally, zeros } from "./tally.ts";
import type { EndStatus, TaskCounts, TaskKind, WorkflowCounts } from "./workflow-counts.ts";

/** *Documented*: the namespace of the service's own metrics. */
export const statesNamespace = "AWS/States";
/** *Documented*: the namespace of what is used of an account's quotas. */
export const usageNamespace = "AWS/Usage";

/** Metrics that say how much there is, so that a newer value takes the place of the one before. */
const levels: ReadonlySet<string> = new Set([
  "OpenExecutionCount",
  "OpenExecutionLimit",
  "ApproximateOpenMapRunCount",
  "OpenMapRunLimit",
  "ApproximateMapRunBacklogSize",
  "VersionCount",
  "AliasCount",
  "ResourceCount",
  "ProvisionedBucketSize",
  "ProvisionedRefillRate",
]);

export function isLevel({ name }: Pick<MetricId, "name">): boolean {
  return levels.has(name);
}

/** A metric as CloudWatch names it: names and values of its dimensions tell metrics of one name apart. */
export interface MetricId {
  readonly region: string;
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Dimensions;
}
export interface Dimensions {
  readonly [name: string]: string;
}

/** What came to a metric within some time. */
export interface MetricSeries extends MetricId {
  readonly statistics: Statistics;
}

/** The same text for the same metric, in whichever order its dimensions are. */
export function metricKey({ region, namespace, name, dimensions }: MetricId): string {
  const pairs = Object.entries(dimensions)
    .map(([dimension, value]) => `${dimension}=${value}`)
    .sort();
  return [region, namespace, name, ...pairs].join("\n");
}

const ends: { readonly [S in EndStatus]: string } = {
  SUCCEEDED: "Succeeded",
  FAILED: "Failed",
  TIMED_OUT: "TimedOut",
  ABORTED: "Aborted",
};

/** *Documented*: how the metrics of each kind of task begin, and the dimension that they have. */
const taskMetrics: {
  readonly [K in TaskKind]: {
    readonly counts: string;
    readonly times: string;
    readonly dimension: string;
  };
} = {
  activity: { counts: "Activities", times: "Activity", dimension: "ActivityArn" },
  lambda: { counts: "LambdaFunctions", times: "LambdaFunction", dimension: "LambdaFunctionArn" },
  service: {
    counts: "ServiceIntegrations",
    times: "ServiceIntegration",
    dimension: "ServiceIntegrationResourceArn",
  },
};

/**
 * The metrics of `AWS/States` that counts come to. *Documented*: executions by version or alias are counted for the
 * state machine as a whole, too.
 */
export function metricSeries(counts: WorkflowCounts): readonly MetricSeries[] {
  const { stateMachineArn, stateMachineVersionArn, stateMachineAliasArn } = counts;
  const { region } = scopeOfArn(stateMachineArn);
  const of = (dimensions: Dimensions) => (name: string, statistics: Statistics) => ({
    region,
    namespace: statesNamespace,
    name,
    dimensions,
    statistics,
  });
  const whole = { StateMachineArn: stateMachineArn };
  const qualified = [
    ...(stateMachineVersionArn === undefined
      ? []
      : [{ ...whole, Version: nameOfArn(stateMachineVersionArn) }]),
    ...(stateMachineAliasArn === undefined
      ? []
      : [{ ...whole, Alias: nameOfArn(stateMachineAliasArn) }]),
  ];
  return [
    ...[whole, ...qualified].flatMap((dimensions) => executionSeries(counts, of(dimensions))),
    ...transitionSeries(counts, of),
    ...counts.tasks.flatMap((task) =>
      taskSeries(
        task,
        of({ [taskMetrics[task.name.kind].dimension]: taskArn(task, stateMachineArn) }),
      ),
    ),
  ];
}

type Make = (name: string, statistics: Statistics) => MetricSeries;

/**
 * *Documented*: transitions by the dimension `ServiceMetric`, alone and with the state machine. Only those of Standard workflows have a
 * quota at AWS. Here none is ever held up, which is told as nothing throttled.
 */
function transitionSeries(
  { type, transitions, stateMachineArn }: WorkflowCounts,
  of: (dimensions: Dimensions) => Make,
): readonly MetricSeries[] {
  if (type !== "STANDARD" || transitions === 0) return [];
  const all = { ServiceMetric: "StateTransition" };
  return [all, { ...all, StateMachineArn: stateMachineArn }].flatMap((dimensions) => {
    const make = of(dimensions);
    return [
      make("ConsumedCapacity", occurrences(transitions)),
      make("ThrottledEvents", zeros(transitions)),
    ];
  });
}

function executionSeries(counts: WorkflowCounts, make: Make): readonly MetricSeries[] {
  const { ended, redrivenEnded, executionTime, billedDuration, billedMemory } = counts;
  const statuses = Object.keys(ends) as EndStatus[];
  return [
    ...(counts.type === "STANDARD" && counts.transitions > 0
      ? [make("ExecutionThrottled", zeros(counts.transitions))]
      : []),
    ...counted(make, "ExecutionsStarted", counts.started),
    ...statuses.flatMap((status) => counted(make, `Executions${ends[status]}`, ended[status])),
    ...measured(make, "ExecutionTime", executionTime),
    ...counted(make, "ExecutionsRedriven", counts.redriven),
    ...statuses.flatMap((status) =>
      counted(make, `RedrivenExecutions${ends[status]}`, redrivenEnded[status]),
    ),
    ...measured(make, "ExpressExecutionBilledDuration", billedDuration),
    ...measured(make, "ExpressExecutionBilledMemory", billedMemory),
    // Our memory is an estimate, which is told as it is billed.
    ...measured(make, "ExpressExecutionMemory", billedMemory),
  ];
}

function taskSeries(task: TaskCounts, make: Make): readonly MetricSeries[] {
  const { counts, times } = taskMetrics[task.name.kind];
  // Documented: only activities have a metric of their own for missed heartbeats.
  const isActivity = task.name.kind === "activity";
  const timedOut = isActivity ? task.timedOut : task.timedOut + task.heartbeatTimedOut;
  return [
    ...counted(make, `${counts}Scheduled`, task.scheduled),
    ...counted(make, `${counts}Started`, task.started),
    ...counted(make, `${counts}Succeeded`, task.succeeded),
    ...counted(make, `${counts}Failed`, task.failed),
    ...counted(make, `${counts}TimedOut`, timedOut),
    ...(isActivity ? counted(make, `${counts}HeartbeatTimedOut`, task.heartbeatTimedOut) : []),
    ...measured(make, `${times}RunTime`, task.runTime),
    ...measured(make, `${times}ScheduleTime`, task.scheduleTime),
    ...measured(make, `${times}Time`, task.time),
  ];
}

function counted(make: Make, name: string, count: number): readonly MetricSeries[] {
  return count === 0 ? [] : [make(name, occurrences(count))];
}

function measured(make: Make, name: string, tally: Tally): readonly MetricSeries[] {
  return tally.count === 0 ? [] : [make(name, tally.statistics)];
}

/** *Documented*: an integration's ARN is `arn:aws:states:us-east-1:123456789012:sqs:sendMessage`. */
function taskArn({ name: { kind, group, resource } }: TaskCounts, stateMachineArn: string): string {
  if (kind !== "service") return resource;
  const { partition, region, accountId } = scopeOfArn(stateMachineArn);
  return `arn:${partition}:states:${region}:${accountId}:${group}:${resource}`;
}
