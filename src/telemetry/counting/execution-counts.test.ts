import { expect, test } from "vitest";
import type { JournalEvent } from "../../machine/journal/journal-event.ts";
import type { FeedExecution } from "../../ports/feed.ts";
import { ExecutionCounts } from "./execution-counts.ts";
import { metricSeries } from "./metric-series.ts";

const machine = "arn:aws:states:us-east-1:123456789012:stateMachine:Order";

function execution(more: object = {}, type: FeedExecution["type"] = "STANDARD"): FeedExecution {
  return {
    record: {
      executionArn: "arn:aws:states:us-east-1:123456789012:execution:Order:one",
      stateMachineArn: machine,
      startDate: 1_000,
      ...more,
    },
    type,
  } as unknown as FeedExecution;
}

/** Events of the types, each chained to the one before, a second apart. */
function events(...types: readonly (string | readonly [string, object])[]): JournalEvent[] {
  return types.map((each, index) => {
    const [type, details] = typeof each === "string" ? [each, {}] : each;
    return {
      type,
      id: index + 1,
      previousEventId: index,
      at: 1_000 * (index + 1),
      details,
    } as unknown as JournalEvent;
  });
}

function series(counts: ExecutionCounts): { readonly [name: string]: unknown } {
  return Object.fromEntries(
    counts.counts
      .flatMap(metricSeries)
      .map(({ name, dimensions, statistics: { count, sum } }) => [
        `${name} ${Object.keys(dimensions).join("+")}`,
        [count, sum],
      ]),
  );
}

test("a start, an end and the time between them are counted for the state machine", () => {
  const counts = new ExecutionCounts();
  counts.happened(
    execution(),
    events("ExecutionStarted", "PassStateEntered", "PassStateExited", "ExecutionSucceeded"),
    undefined,
  );
  expect(series(counts)).toEqual({
    "ExecutionsStarted StateMachineArn": [1, 1],
    "ExecutionsSucceeded StateMachineArn": [1, 1],
    "ExecutionTime StateMachineArn": [1, 3_000],
    "ExecutionThrottled StateMachineArn": [1, 0],
    "ConsumedCapacity ServiceMetric": [1, 1],
    "ThrottledEvents ServiceMetric": [1, 0],
    "ConsumedCapacity ServiceMetric+StateMachineArn": [1, 1],
    "ThrottledEvents ServiceMetric+StateMachineArn": [1, 0],
  });
  expect(counts.counts).toMatchObject([{ transitions: 1 }]);
});

test("an execution by alias is counted for the machine, its version and its alias", () => {
  const counts = new ExecutionCounts();
  const record = {
    stateMachineVersionArn: `${machine}:3`,
    stateMachineAliasArn: `${machine}:prod`,
  };
  counts.happened(execution(record), events("ExecutionStarted"), undefined);
  expect(counts.counts.flatMap(metricSeries).map(({ dimensions }) => dimensions)).toEqual([
    { StateMachineArn: machine },
    { StateMachineArn: machine, Version: "3" },
    { StateMachineArn: machine, Alias: "prod" },
  ]);
});

test("a retry and a redrive are transitions, and the end after a redrive is counted twice over", () => {
  const counts = new ExecutionCounts();
  const happened = events(
    "ExecutionStarted",
    "TaskStateEntered",
    "RetryScheduled",
    "ExecutionFailed",
    "ExecutionRedriven",
    "ExecutionSucceeded",
  );
  counts.happened(execution(), happened, undefined);
  expect(counts.counts).toMatchObject([{ transitions: 3 }]);
  expect(series(counts)).toMatchObject({
    "ExecutionsRedriven StateMachineArn": [1, 1],
    "ExecutionsFailed StateMachineArn": [1, 1],
    "RedrivenExecutionsSucceeded StateMachineArn": [1, 1],
  });
});

test("a task's times are counted by what it calls, even if the counts are taken in its middle", () => {
  const counts = new ExecutionCounts();
  const [started, scheduled, begun, succeeded] = events(
    "ExecutionStarted",
    ["LambdaFunctionScheduled", { resource: "arn:aws:lambda:us-east-1:123456789012:function:f" }],
    "LambdaFunctionStarted",
    "LambdaFunctionSucceeded",
  ) as [JournalEvent, JournalEvent, JournalEvent, JournalEvent];
  counts.happened(execution(), [started, scheduled, begun], undefined);
  counts.take();
  counts.happened(execution(), [succeeded], undefined);
  expect(series(counts)).toEqual({
    "LambdaFunctionsSucceeded LambdaFunctionArn": [1, 1],
    "LambdaFunctionTime LambdaFunctionArn": [1, 2_000],
    "LambdaFunctionRunTime LambdaFunctionArn": [1, 1_000],
  });
});

test("the end of a task that was scheduled before a restart is counted, with the times since then", () => {
  const counts = new ExecutionCounts();
  const resource = "arn:aws:states:us-east-1:123456789012:activity:pack";
  const [, scheduled, begun, succeeded] = events(
    "ExecutionStarted",
    ["ActivityScheduled", { resource }],
    "ActivityStarted",
    "ActivitySucceeded",
  ) as [JournalEvent, JournalEvent, JournalEvent, JournalEvent];
  const { executionArn } = execution().record;
  counts.recalled(executionArn, [scheduled, begun]);
  // It may be parked and come back often: what is known already is left as it is.
  counts.recalled(executionArn, [scheduled, begun]);
  expect(series(counts)).toEqual({});
  counts.happened(execution(), [succeeded], undefined);
  expect(series(counts)).toEqual({
    "ActivitiesSucceeded ActivityArn": [1, 1],
    "ActivityTime ActivityArn": [1, 2_000],
    "ActivityRunTime ActivityArn": [1, 1_000],
  });
});

test("a task that had ended before a restart is not counted again", () => {
  const counts = new ExecutionCounts();
  const details = { resourceType: "sqs", resource: "sendMessage" };
  const all = events(["TaskScheduled", details], "TaskStarted", "TaskSucceeded");
  counts.recalled(execution().record.executionArn, all);
  counts.happened(execution(), all.slice(-1), undefined);
  expect(series(counts)).toEqual({});
});

test("an activity that times out before its time-out has missed its heartbeat", () => {
  const counts = new ExecutionCounts();
  const resource = "arn:aws:states:us-east-1:123456789012:activity:pack";
  counts.happened(
    execution(),
    events(["ActivityScheduled", { resource, timeoutInSeconds: 60 }], "ActivityTimedOut"),
    undefined,
  );
  expect(series(counts)).toMatchObject({
    "ActivitiesHeartbeatTimedOut ActivityArn": [1, 1],
  });
});

test("an integration is named by its ARN", () => {
  const counts = new ExecutionCounts();
  const details = { resourceType: "sqs", resource: "sendMessage.waitForTaskToken" };
  counts.happened(execution(), events(["TaskScheduled", details]), undefined);
  expect(counts.counts.flatMap(metricSeries)).toMatchObject([
    {
      name: "ServiceIntegrationsScheduled",
      dimensions: {
        ServiceIntegrationResourceArn:
          "arn:aws:states:us-east-1:123456789012:sqs:sendMessage.waitForTaskToken",
      },
    },
  ]);
});

test("an Express execution is billed in steps of 64 MB and 100 ms", () => {
  const counts = new ExecutionCounts();
  counts.happened(execution({}, "EXPRESS"), events("ExecutionStarted", "ExecutionSucceeded"), 10);
  expect(series(counts)).toMatchObject({
    "ExpressExecutionBilledDuration StateMachineArn": [1, 1_000],
    "ExpressExecutionBilledMemory StateMachineArn": [1, 64],
  });
  expect(counts.counts).toMatchObject([{ gbSeconds: 64 / 1_024 }]);
});
