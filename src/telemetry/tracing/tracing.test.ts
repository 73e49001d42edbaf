import { expect, test } from "vitest";
import type { FeedExecution, FeedItem } from "../../ports/feed.ts";
import { ExecutionSpans } from "./execution-spans.ts";
import type { Span } from "./span.ts";
import {
  isInSample,
  ownTraceId,
  parseTraceHeader,
  spanIdOf,
  traceHeadersOf,
} from "./trace-context.ts";

const arn = "arn:aws:states:us-east-1:123456789012:execution:Order:one";

function execution(more: object = {}): FeedExecution {
  return {
    record: { executionArn: arn, stateMachineArn: "machine", startDate: 1, ...more },
    type: "STANDARD",
    identity: { stateMachineName: "Order" },
  } as unknown as FeedExecution;
}

function item(status: string, ...events: readonly object[]): FeedItem {
  const all = events.map((event, index) => ({
    id: index + 1,
    branch: 0,
    at: index + 1,
    details: {},
    ...event,
  }));
  return {
    execution: execution(),
    events: all,
    status,
    stoppedAt: 100,
    redriveCount: 0,
  } as unknown as FeedItem;
}

test("X-Ray's header and W3C's are understood, others are not", () => {
  expect(
    parseTraceHeader("Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1"),
  ).toEqual({
    traceId: "5759e988bd862e3fe1be46a994272793",
    parentSpanId: "53995c3f42cd8ad8",
    isSampled: true,
  });
  expect(parseTraceHeader("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00")).toEqual({
    traceId: "4bf92f3577b34da6a3ce929d0e0e4736",
    parentSpanId: "00f067aa0ba902b7",
    isSampled: false,
  });
  expect(parseTraceHeader("hello")).toBeUndefined();
  expect(parseTraceHeader(`00-${"0".repeat(32)}-00f067aa0ba902b7-01`)).toBeUndefined();
});

test("an execution, its states and their calls are spans that hang on each other", () => {
  const spans: Span[] = [];
  const follower = new ExecutionSpans({}, (span) => spans.push(span));
  follower.receive([
    item(
      "SUCCEEDED",
      { type: "ExecutionStarted" },
      { type: "ParallelStateEntered", details: { name: "Both" } },
      { type: "ParallelStateStarted", internal: { firstBranch: 1, count: 1 } },
      { type: "TaskStateEntered", branch: 1, details: { name: "Charge" } },
      {
        type: "TaskScheduled",
        branch: 1,
        details: { resourceType: "sqs", resource: "sendMessage" },
      },
      { type: "TaskFailed", branch: 1, details: { error: "Busy" } },
      {
        type: "TaskScheduled",
        branch: 1,
        details: { resourceType: "sqs", resource: "sendMessage" },
      },
      { type: "TaskSucceeded", branch: 1 },
      { type: "TaskStateExited", branch: 1, details: { name: "Charge" } },
      { type: "ParallelStateExited", details: { name: "Both" } },
      { type: "ExecutionSucceeded" },
    ),
  ]);
  const [failed, sent, charge, both, whole] = spans as [Span, Span, Span, Span, Span];
  expect(
    spans.map(({ name, error, startedAt, endedAt }) => [name, error, startedAt, endedAt]),
  ).toEqual([
    ["sqs:sendMessage", "Busy", 5, 6],
    ["sqs:sendMessage", undefined, 7, 8],
    ["Charge", undefined, 4, 9],
    ["Both", undefined, 2, 10],
    ["Order", undefined, 1, 100],
  ]);
  expect(failed.parentSpanId).toBe(charge.spanId);
  expect(sent.spanId).toBe(spanIdOf(arn, 7));
  expect(charge.parentSpanId).toBe(both.spanId);
  expect(both.parentSpanId).toBe(whole.spanId);
  expect(new Set(spans.map(({ traceId }) => traceId))).toEqual(new Set([ownTraceId(arn)]));
});

test("a redrive is a span of its own, from its beginning on, that is linked with the run before it", () => {
  const spans: Span[] = [];
  const follower = new ExecutionSpans({}, (span) => spans.push(span));
  const failed = item("FAILED", { type: "ExecutionStarted" }, { type: "ExecutionFailed" });
  follower.receive([failed]);
  const again = item("SUCCEEDED", { type: "ExecutionRedriven", at: 5_000 });
  follower.receive([{ ...again, redriveCount: 1, stoppedAt: 6_000 }]);
  follower.receive([{ ...again, redriveCount: 2, stoppedAt: 7_000 }]);
  const [first, second, third] = spans as [Span, Span, Span];
  expect(second).toMatchObject({ traceId: first.traceId, startedAt: 5_000, endedAt: 6_000 });
  expect(new Set(spans.map(({ spanId }) => spanId)).size).toBe(3);
  expect([first.links, second.links, third.links]).toEqual([
    undefined,
    [{ traceId: first.traceId, spanId: first.spanId }],
    [{ traceId: first.traceId, spanId: second.spanId }],
  ]);
});

test("what was open when an execution failed ends with its error", () => {
  const spans: Span[] = [];
  const follower = new ExecutionSpans({}, (span) => spans.push(span));
  follower.receive([
    item(
      "FAILED",
      { type: "TaskStateEntered", details: { name: "Charge" } },
      { type: "LambdaFunctionScheduled", details: { resource: "f" } },
      { type: "ExecutionFailed", details: { error: "Broken" } },
    ),
  ]);
  expect(spans.map(({ name, error }) => [name, error])).toEqual([
    ["f", "Broken"],
    ["Charge", "Broken"],
    ["Order", "Broken"],
  ]);
});

test("what a task calls is told of the call's span, in the execution's trace", () => {
  const follower = new ExecutionSpans({ ratio: 0 }, () => {});
  const call = { executionArn: arn, taskId: 7 };
  const told = (more: object = {}) => traceHeadersOf(follower.contextOfCall({ ...call, ...more }));
  const own = ownTraceId(arn);
  expect(told()).toEqual({
    traceparent: `00-${own}-${spanIdOf(arn, 7)}-00`,
    traceHeader: `Root=1-${own.slice(0, 8)}-${own.slice(8)};Parent=${spanIdOf(arn, 7)};Sampled=0`,
  });
  const traceHeader = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
  expect(told({ traceHeader })).toEqual({
    traceparent: `00-4bf92f3577b34da6a3ce929d0e0e4736-${spanIdOf(arn, 7)}-01`,
    traceHeader: `Root=1-4bf92f35-77b34da6a3ce929d0e0e4736;Parent=${spanIdOf(arn, 7)};Sampled=1`,
  });
});

test("a header decides on sampling, else the ratio does; children of Map Runs are out", () => {
  const follower = new ExecutionSpans({ ratio: 0 }, () => {});
  const header = "Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1";
  expect(follower.wants(execution())).toBe(false);
  expect(follower.wants(execution({ traceHeader: header }))).toBe(true);
  expect(new ExecutionSpans({}, () => {}).wants(execution({ mapRun: {} }))).toBe(false);
  expect(isInSample("f".repeat(32), 1)).toBe(true);
  expect(isInSample("f".repeat(32), 0.5)).toBe(false);
});
