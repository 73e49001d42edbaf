import { describe, expect, test } from "vitest";
import { Payload } from "../../expression/payload.ts";
import { detailsMember, historyEvent, isPublic, payloadMember } from "./history.ts";
import type { JournalEvent, JournalEventType } from "./journal-event.ts";

function event(type: JournalEventType, details: object = {}, payload?: string): JournalEvent {
  return {
    type,
    id: 7,
    previousEventId: 6,
    at: 1_767_225_600_123,
    branch: 3,
    payload: payload === undefined ? undefined : Payload.ofText(payload),
    details,
    internal: { next: "secret" },
  } as unknown as JournalEvent;
}

describe("the member that an event's details are shown as", () => {
  test.each([
    ["PassStateEntered", "stateEnteredEventDetails"],
    ["MapStateExited", "stateExitedEventDetails"],
    ["ExecutionStarted", "executionStartedEventDetails"],
    ["LambdaFunctionTimedOut", "lambdaFunctionTimedOutEventDetails"],
    ["MapIterationAborted", "mapIterationAbortedEventDetails"],
    ["EvaluationFailed", "evaluationFailedEventDetails"],
    ["ParallelStateStarted", undefined],
    ["MapStateFailed", undefined],
    ["WaitStateAborted", undefined],
    ["LambdaFunctionStarted", undefined],
  ] as const)("%s has %s", (type, member) => {
    expect(detailsMember(type)).toBe(member);
  });
});

test.each([
  ["ExecutionStarted", "input"],
  ["ChoiceStateEntered", "input"],
  ["ActivityScheduled", "input"],
  ["LambdaFunctionScheduled", "input"],
  ["TaskScheduled", "parameters"],
  ["TaskSubmitted", "output"],
  ["SucceedStateExited", "output"],
  ["ExecutionSucceeded", "output"],
  ["MapStateStarted", undefined],
  ["MapIterationStarted", undefined],
  ["ExecutionFailed", undefined],
] as const)("the document of %s is its %s", (type, member) => {
  expect(payloadMember(type)).toBe(member);
});

test("retries' waits, heartbeats and wait times are private, everything else is public", () => {
  expect(isPublic(event("RetryScheduled"))).toBe(false);
  expect(isPublic(event("TaskHeartbeat"))).toBe(false);
  expect(isPublic(event("WaitScheduled"))).toBe(false);
  expect(isPublic(event("TaskTimedOut"))).toBe(true);
});

test("an event shows its document to the letter, and never what only the fold needs", () => {
  const exited = event("PassStateExited", { name: "P" }, '{"a": 1.0}');
  expect(historyEvent(exited, true)).toEqual({
    timestamp: 1_767_225_600.123,
    type: "PassStateExited",
    id: 7,
    previousEventId: 6,
    stateExitedEventDetails: {
      name: "P",
      output: '{"a": 1.0}',
      outputDetails: { truncated: false },
    },
  });
});

test("parameters have no details beside them", () => {
  const scheduled = event("TaskScheduled", { resource: "invoke" }, "{}");
  expect(historyEvent(scheduled, true)["taskScheduledEventDetails"]).toEqual({
    resource: "invoke",
    parameters: "{}",
  });
});

test("without execution data neither documents nor variables are shown, errors and causes are", () => {
  const exited = event("PassStateExited", { name: "P", assignedVariables: { x: "1" } }, "{}");
  expect(historyEvent(exited, false)["stateExitedEventDetails"]).toEqual({
    name: "P",
    outputDetails: { truncated: false },
    assignedVariablesDetails: { truncated: false },
  });
  const failed = event("ExecutionFailed", { error: "E", cause: "C" });
  expect(historyEvent(failed, false)["executionFailedEventDetails"]).toEqual({
    error: "E",
    cause: "C",
  });
});

test("what a Map iterates is not part of its event", () => {
  const started = event("MapStateStarted", { length: 2 }, "[1,2]");
  expect(historyEvent(started, true)["mapStateStartedEventDetails"]).toEqual({ length: 2 });
});

test("an event without details is its envelope alone", () => {
  expect(Object.keys(historyEvent(event("ParallelStateSucceeded"), true))).toEqual([
    "timestamp",
    "type",
    "id",
    "previousEventId",
  ]);
});
