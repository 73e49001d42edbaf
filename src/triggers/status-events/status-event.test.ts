import { expect, test } from "vitest";
import type { JsonObject } from "../../expression/json.ts";
import { type StatusChange, statusDetail } from "./status-event.ts";

const change: StatusChange = {
  record: {
    executionArn: "arn:aws:states:us-east-1:123456789012:execution:M:e",
    stateMachineArn: "arn:aws:states:us-east-1:123456789012:stateMachine:M",
    revisionId: "r",
    name: "e",
    status: "RUNNING",
    startDate: 5,
  },
  status: "SUCCEEDED",
  stoppedAt: 9,
  redriveCount: 0,
  redrivability: { status: "REDRIVABLE" },
  input: "{}",
  output: "{}",
};

const detailOf = (more: Partial<StatusChange>) =>
  JSON.parse(statusDetail({ ...change, ...more })) as JsonObject;

test("a status event leaves out the input where both are beyond 248 KiB, and the output where it is so alone", () => {
  const half = JSON.stringify("x".repeat(130 * 1024));
  const whole = JSON.stringify("x".repeat(250 * 1024));
  const included = ({ input, output, inputDetails, outputDetails }: JsonObject) => [
    input !== null && (inputDetails as JsonObject)["included"],
    output !== null && (outputDetails as JsonObject)["included"],
  ];
  expect(included(detailOf({}))).toEqual([true, true]);
  expect(included(detailOf({ input: half, output: half }))).toEqual([false, true]);
  expect(included(detailOf({ input: "{}", output: whole }))).toEqual([false, false]);
  // A quote counts as what it is in the event.
  const quotes = JSON.stringify('"'.repeat(70 * 1024));
  expect(included(detailOf({ input: quotes }))).toEqual([false, true]);
});

test("a status event has null for what is not there", () => {
  const running = { status: "RUNNING", stoppedAt: undefined, output: undefined } as const;
  expect(detailOf(running)).toMatchObject({
    stopDate: null,
    output: null,
    outputDetails: null,
    error: null,
    cause: null,
    redriveDate: null,
    stateMachineAliasArn: null,
    redriveStatus: "REDRIVABLE",
    redriveStatusReason: null,
  });
});
