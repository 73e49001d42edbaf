import { expect, test } from "vitest";
import type { PublicEvent } from "../../import/history-file.ts";
import { caseOfRun } from "./case-of-run.ts";

let events: PublicEvent[] = [];
function event(type: string, details: object = {}, previousEventId = events.length): void {
  const member = /State(Entered|Exited)$/.exec(type);
  const name = member ? `state${member[1]}` : type.charAt(0).toLowerCase() + type.slice(1);
  const id = events.length + 1;
  events.push({ id, previousEventId, timestamp: id, type, [`${name}EventDetails`]: details });
}

/** A task that is scheduled and comes to this. */
function attempt(end: string, details: object, previous?: number): void {
  event("LambdaFunctionScheduled", { resource: "r", input: "{}" }, previous);
  event("LambdaFunctionStarted");
  event(end, details);
}

test("the same outcome in a row is one entry, and a time-out without a name has one", () => {
  events = [];
  event("ExecutionStarted", { input: "[1]" }, 0);
  event("TaskStateEntered", { name: "T", input: "[1]" });
  for (const _ of [1, 2, 3]) attempt("LambdaFunctionFailed", { error: "E", cause: "c" });
  attempt("LambdaFunctionTimedOut", {});
  attempt("LambdaFunctionSucceeded", { output: '{"a":1}' });
  event("TaskStateExited", { name: "T", output: '{"a":1}' });
  event("ExecutionSucceeded", { output: '{"a":1}' });
  expect(caseOfRun({ events, hasGaps: false }, "C")).toEqual({
    testCase: {
      name: "C",
      input: [1],
      mocks: {
        T: {
          "0-2": { Throw: { Error: "E", Cause: "c" } },
          "3": { Throw: { Error: "States.Timeout" } },
          "4": { Return: { a: 1 } },
        },
      },
      expectation: { output: { a: 1 }, path: ["T"] },
    },
    incomplete: [],
    isCut: false,
  });
});

test("of an execution that was redriven it is the first end, and of one that was stopped the path", () => {
  events = [];
  event("ExecutionStarted", { input: "{}" }, 0);
  event("TaskStateEntered", { name: "T", input: "{}" });
  attempt("LambdaFunctionFailed", { error: "E" });
  event("ExecutionFailed", { error: "E" });
  event("ExecutionRedriven", { redriveCount: 1 }, 0);
  event("LambdaFunctionScheduled", { resource: "r", input: "{}" }, 2);
  event("ExecutionAborted", {}, 0);
  const redriven = caseOfRun({ events, hasGaps: false }, "C");
  expect(redriven.isCut).toBe(true);
  expect(redriven.testCase.expectation).toEqual({ status: "FAILED", error: "E", path: ["T"] });

  events = [];
  event("ExecutionStarted", { input: "{}" }, 0);
  event("TaskStateEntered", { name: "T", input: "{}" });
  event("LambdaFunctionScheduled", { resource: "r", input: "{}" });
  event("ExecutionAborted", {}, 0);
  expect(caseOfRun({ events, hasGaps: false }, "C")).toMatchObject({
    testCase: { mocks: {}, expectation: { path: ["T", "..."] } },
    incomplete: ["T"],
  });
});
