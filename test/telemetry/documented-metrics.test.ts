import { expect, test } from "vitest";
import { CallCounts } from "../../src/telemetry/counting/call-counts.ts";
import { metricSeries, type MetricSeries } from "../../src/telemetry/counting/metric-series.ts";
import { ServiceLevels } from "../../src/telemetry/counting/service-levels.ts";
import { WorkflowCounts } from "../../src/telemetry/counting/workflow-counts.ts";
import { createMemoryStore } from "../../src/store/memory/memory-store.ts";
import { machineArn, own, start, started, stateMachine } from "../contracts/store-fixtures.ts";

/** Documented: the metrics of Step Functions, by the dimensions that they have. */
const execution = ["StateMachineArn", "Version+StateMachineArn", "Alias+StateMachineArn"];
const task = (group: string, time: string, more: readonly string[] = []): readonly string[] => [
  ...["Scheduled", "Started", "Succeeded", "Failed", "TimedOut", ...more].map((end) => group + end),
  ...["RunTime", "ScheduleTime", "Time"].map((end) => time + end),
];
const ends = ["Succeeded", "Failed", "Aborted", "TimedOut"];
const documented: readonly (readonly [
  namespace: string,
  dimensions: readonly string[],
  names: readonly string[],
])[] = [
  [
    "AWS/States",
    execution,
    [
      "ExecutionsStarted",
      ...ends.map((end) => `Executions${end}`),
      "ExecutionThrottled",
      "ExecutionTime",
      "ExecutionsRedriven",
      ...ends.map((end) => `RedrivenExecutions${end}`),
      "ExpressExecutionBilledDuration",
      "ExpressExecutionBilledMemory",
      "ExpressExecutionMemory",
    ],
  ],
  [
    "AWS/States",
    [""],
    [
      "OpenExecutionCount",
      "OpenExecutionLimit",
      "ApproximateOpenMapRunCount",
      "OpenMapRunLimit",
      "ApproximateMapRunBacklogSize",
    ],
  ],
  ["AWS/States", ["ResourceArn"], ["AliasCount", "VersionCount"]],
  ["AWS/States", ["ActivityArn"], task("Activities", "Activity", ["HeartbeatTimedOut"])],
  ["AWS/States", ["LambdaFunctionArn"], task("LambdaFunctions", "LambdaFunction")],
  [
    "AWS/States",
    ["ServiceIntegrationResourceArn"],
    task("ServiceIntegrations", "ServiceIntegration"),
  ],
  [
    "AWS/States",
    ["ServiceMetric", "ServiceMetric+StateMachineArn"],
    ["ThrottledEvents", "ConsumedCapacity"],
  ],
  [
    "AWS/States",
    ["APIName"],
    ["ThrottledEvents", "ProvisionedBucketSize", "ProvisionedRefillRate", "ConsumedCapacity"],
  ],
  ["AWS/Usage", ["Class+Resource+Service+Type"], ["ResourceCount", "CallCount"]],
];

function nameOf(namespace: string, dimensions: readonly string[], name: string): string {
  return `${namespace} ${name} ${dimensions.toSorted().join("+")}`;
}

/** A workflow in which everything happened, by a version and an alias. */
function everything(type: "STANDARD" | "EXPRESS"): WorkflowCounts {
  const stateMachineArn = machineArn("orders");
  const counts = new WorkflowCounts({
    stateMachineArn,
    stateMachineVersionArn: `${stateMachineArn}:1`,
    stateMachineAliasArn: `${stateMachineArn}:live`,
    type,
  });
  counts.started = counts.redriven = counts.transitions = 1;
  for (const status of ["SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED"] as const) {
    counts.ended[status] = counts.redrivenEnded[status] = 1;
  }
  for (const tally of [counts.executionTime, counts.billedDuration, counts.billedMemory]) {
    tally.add(1);
  }
  for (const kind of ["activity", "lambda", "service"] as const) {
    const counted = counts.task({ kind, group: kind, resource: "r" });
    counted.scheduled = counted.started = counted.succeeded = counted.failed = 1;
    counted.timedOut = counted.heartbeatTimedOut = 1;
    for (const tally of [counted.runTime, counted.scheduleTime, counted.time]) tally.add(1);
  }
  return counts;
}

async function all(): Promise<readonly MetricSeries[]> {
  const calls = new CallCounts();
  calls.called("us-east-1", "StartExecution");
  calls.limited("us-east-1", "StartExecution", {
    tokens: 10,
    refillPerSecond: 5,
    isRefused: false,
  });
  const store = createMemoryStore();
  const owner = await own(store);
  await store.putStateMachine(stateMachine("orders"));
  await owner.commit([start(started("a"))]);
  const levels = new ServiceLevels({ store, region: "us-east-1", isTeller: () => true });
  return [
    ...metricSeries(everything("STANDARD")),
    ...metricSeries(everything("EXPRESS")),
    ...calls.take(),
    ...(await levels.read(0)),
  ];
}

test("every metric that Step Functions documents is told, with its dimensions", async () => {
  const series = await all();
  const told = new Set(
    series.map(({ namespace, name, dimensions }) =>
      nameOf(namespace, Object.keys(dimensions), name),
    ),
  );
  const missing = documented.flatMap(([namespace, dimensions, names]) =>
    dimensions.flatMap((each) =>
      names
        .map((name) => nameOf(namespace, each === "" ? [] : each.split("+"), name))
        .filter((name) => !told.has(name)),
    ),
  );
  expect(missing).toEqual([]);
  const resources = series
    .filter(({ name }) => name === "ResourceCount")
    .map(({ dimensions }) => dimensions["Resource"]);
  expect(new Set(resources)).toEqual(
    new Set(["StateMachineCount", "ActivityCount", "OpenExecutionCountPerStateMachine"]),
  );
});
