import { expect, test } from "vitest";
import { importHistory } from "../../../../../../src/console/import/import-history.ts";
import { dataAt } from "./data-at.ts";

const details = (name: string, more: object) => ({ name, ...more });
const event = (id: number, type: string, more: object = {}) => ({
  id,
  previousEventId: id - 1,
  timestamp: id,
  type,
  ...more,
});
const definition = {
  QueryLanguage: "JSONata",
  StartAt: "Set",
  States: {
    Set: { Type: "Pass", Assign: { order: 7, note: null }, Next: "Call" },
    Call: { Type: "Task", Resource: "arn:aws:lambda:us-east-1:000000000000:function:f", End: true },
    Never: { Type: "Succeed" },
  },
};
const events = [
  event(1, "ExecutionStarted", { executionStartedEventDetails: { input: "{}" } }),
  event(2, "PassStateEntered", { stateEnteredEventDetails: details("Set", { input: "{}" }) }),
  event(3, "PassStateExited", {
    stateExitedEventDetails: details("Set", {
      output: '{"a":1}',
      assignedVariables: { order: "7", note: "null" },
    }),
  }),
  event(4, "TaskStateEntered", { stateEnteredEventDetails: details("Call", { input: '{"a":1}' }) }),
  event(5, "LambdaFunctionScheduled", {
    lambdaFunctionScheduledEventDetails: { resource: "f", input: '{"a":1}' },
  }),
  event(6, "LambdaFunctionStarted"),
  event(7, "LambdaFunctionSucceeded", {
    lambdaFunctionSucceededEventDetails: { output: "null" },
  }),
  event(8, "TaskStateExited", { stateExitedEventDetails: details("Call", { output: "null" }) }),
];
const run = importHistory({ events, hasGaps: false }, "x", definition);

test("a state's data in a recording are its input, the variables that it found, and what its call returned", () => {
  expect(dataAt({ run }, "/Call")).toEqual({
    input: { a: 1 },
    variables: { order: 7, note: null },
    result: null,
  });
  // What a state assigns itself it has not found.
  expect(dataAt({ run }, "/Set")).toEqual({ input: {}, variables: {} });
  expect(dataAt({ run }, "/Never")).toBeUndefined();
});
