import { describe, expect, test } from "vitest";
import { Payload } from "../../expression/payload.ts";
import type { JournalEvent } from "./journal-event.ts";
import { isLogged, loggedDocumentBytes, logRecord } from "./log-record.ts";

const executionArn = "arn:aws:states:us-east-1:123456789012:execution:m:e";

function exited(output: string, assignedVariables?: { [name: string]: string }): JournalEvent {
  return {
    type: "PassStateExited",
    id: 3,
    previousEventId: 2,
    at: 1_700_000_000_123,
    branch: 0,
    payload: Payload.ofText(output),
    details: { name: "A", ...(assignedVariables && { assignedVariables }) },
    internal: { next: "B" },
  };
}

const logged = (event: JournalEvent, includeExecutionData = true, redriveCount = 0) =>
  logRecord(event, { executionArn, redriveCount, includeExecutionData });

describe("a record", () => {
  test("has texts for ids, times and counts", () => {
    expect(JSON.stringify(logged(exited("{}"), true, 2))).toBe(
      '{"id":"3","type":"PassStateExited","details":{"output":"{}","outputDetails":{"truncated":false},"name":"A"},' +
        `"previous_event_id":"2","event_timestamp":"1700000000123","execution_arn":"${executionArn}","redrive_count":"2"}`,
    );
  });

  test("without execution data has neither documents nor variables, nor their details", () => {
    expect(logged(exited("{}", { x: "1" }), false)["details"]).toEqual({ name: "A" });
  });

  test("has details for an event that history shows none of", () => {
    const started: JournalEvent = {
      ...exited("{}"),
      type: "LambdaFunctionStarted",
      payload: undefined,
      details: {},
      internal: undefined,
    };
    expect(logged(started)["details"]).toEqual({});
  });

  test("hides the parameters of a task without execution data, and keeps what it calls", () => {
    const scheduled: JournalEvent = {
      ...exited('{"FunctionName":"f"}'),
      type: "TaskScheduled",
      details: { resourceType: "lambda", resource: "invoke", region: "us-east-1" },
      internal: undefined,
    };
    const call = { resourceType: "lambda", resource: "invoke", region: "us-east-1" };
    expect(logged(scheduled)["details"]).toEqual({ parameters: '{"FunctionName":"f"}', ...call });
    expect(logged(scheduled, false)["details"]).toEqual(call);
  });

  test("keeps error and cause without execution data", () => {
    const failed: JournalEvent = {
      ...exited("{}"),
      type: "ExecutionFailed",
      payload: undefined,
      details: { error: "E", cause: "why" },
      internal: undefined,
    };
    expect(logged(failed, false)["details"]).toEqual({ error: "E", cause: "why" });
  });
});

describe("a document that is too large", () => {
  const sizes: readonly (readonly [string, string, number])[] = [
    ["letters", "a", 1],
    ["quotes", '\\"', 4],
    ["two-byte letters", "é", 2],
    ["characters outside of the first plane", "😀", 4],
  ];
  test.each(sizes)("of %s is cut at its escaped size, and says so", (_, unit, bytes) => {
    const text = `"${unit.repeat(loggedDocumentBytes / bytes)}"`;
    const details = logged(exited(text))["details"] as {
      readonly output: string;
      readonly outputDetails: unknown;
    };
    expect(details.outputDetails).toEqual({ truncated: true });
    const escaped = Buffer.byteLength(JSON.stringify(details.output)) - 2;
    expect(escaped).toBeLessThanOrEqual(loggedDocumentBytes);
    expect(escaped).toBeGreaterThan(loggedDocumentBytes - 8);
    expect(text.startsWith(details.output)).toBe(true);
    expect(details.output.isWellFormed()).toBe(true);
  });

  test("is not cut where it just fits", () => {
    const text = `"${"a".repeat(loggedDocumentBytes - 4)}"`;
    expect(logged(exited(text))["details"]).toMatchObject({
      output: text,
      outputDetails: { truncated: false },
    });
  });

  test("shares its limit with others where it is a variable", () => {
    const large = `"${"a".repeat(200 * 1024)}"`;
    const details = logged(exited("{}", { one: large, two: large, __proto__x: "1" }))[
      "details"
    ] as {
      readonly assignedVariables: { readonly [name: string]: string };
      readonly assignedVariablesDetails: unknown;
    };
    expect(details.assignedVariables["one"]).toBe(large);
    expect(details.assignedVariables["two"]?.length).toBeLessThan(48 * 1024);
    expect(details.assignedVariablesDetails).toEqual({ truncated: true });
  });
});

describe("the level", () => {
  const types = [
    "ExecutionStarted",
    "FailStateEntered",
    "TaskStateEntered",
    "LambdaFunctionFailed",
    "LambdaFunctionTimedOut",
    "MapIterationAborted",
    "EvaluationFailed",
    "ExecutionSucceeded",
    "ExecutionFailed",
    "ExecutionAborted",
    "ExecutionTimedOut",
  ] as const;

  test("ALL has every event", () => {
    expect(types.filter((type) => isLogged("ALL", type))).toEqual(types);
  });

  test("ERROR has failures of every kind, and the entering of a Fail state", () => {
    expect(types.filter((type) => !isLogged("ERROR", type))).toEqual([
      "ExecutionStarted",
      "TaskStateEntered",
      "ExecutionSucceeded",
    ]);
  });

  test("FATAL has the ends of executions that did not succeed", () => {
    expect(types.filter((type) => isLogged("FATAL", type))).toEqual([
      "ExecutionFailed",
      "ExecutionAborted",
      "ExecutionTimedOut",
    ]);
  });
});
