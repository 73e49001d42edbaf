import { expect, test } from "vitest";
import { awsLimits } from "../machine/limits.ts";
import type { ExecutionRecord } from "../ports/store.ts";
import type { ServiceContext } from "./operation.ts";
import { redrivability } from "./redrivability.ts";

const day = 24 * 60 * 60 * 1000;
const now = 1_000 * day;
const scope = "arn:aws:states:us-east-1:123456789012";
const standard: ExecutionRecord = {
  executionArn: `${scope}:execution:m:e`,
  stateMachineArn: `${scope}:stateMachine:m`,
  revisionId: "r",
  name: "e",
  status: "FAILED",
  startDate: now - day,
  stopDate: now - day,
};
const mapRun = { mapRunArn: `${scope}:mapRun:m/L:u`, index: 0, itemCount: 1 };
const child: ExecutionRecord = {
  ...standard,
  executionArn: `${scope}:execution:m/L:e`,
  stateMachineArn: `${scope}:stateMachine:m/L`,
  mapRun,
};
const expressChild = { ...child, executionArn: `${scope}:express:m/L:e` };

/** The machine is ACTIVE, DELETING or gone; the history's last event has this id. */
function contextOf(status: "ACTIVE" | "DELETING" | undefined, lastEventId: number): ServiceContext {
  const machine = status && { record: { status } };
  return {
    clock: { now: () => now },
    limits: awsLimits,
    engine: {
      directory: {
        get: async (arn: string) => (arn === standard.stateMachineArn ? machine : undefined),
      },
      history: async () => ({ events: [{ id: lastEventId }], more: true }),
    },
  } as unknown as ServiceContext;
}

const redrivable = { status: "REDRIVABLE" };
const byMapRun = { status: "REDRIVABLE_BY_MAP_RUN" };
const not = (reason: string) => ({ status: "NOT_REDRIVABLE", reason });
const deleting = not("State machine is in DELETING status");
const tooLong = not("Execution history event limit exceeded");
const overdue = { startDate: now - 366 * day };

test.each<
  [of: string, ExecutionRecord, "ACTIVE" | "DELETING" | undefined, last: number, expected: object]
>([
  ["one that failed", standard, "ACTIVE", 10, redrivable],
  ["one that was aborted", { ...standard, status: "ABORTED" }, "ACTIVE", 10, redrivable],
  [
    "one that runs",
    { ...standard, status: "RUNNING" },
    "ACTIVE",
    10,
    not("Execution is RUNNING and cannot be redriven"),
  ],
  [
    "one that ended more than 14 days ago",
    { ...standard, stopDate: now - 15 * day },
    "ACTIVE",
    10,
    not("Execution redrivable period exceeded"),
  ],
  ["one of a machine that is being deleted", standard, "DELETING", 10, deleting],
  ["one of a machine that is gone", standard, undefined, 10, deleting],
  ["one with room for two events", standard, "ACTIVE", 24_998, redrivable],
  ["one without room in its history", standard, "ACTIVE", 24_999, tooLong],
  [
    "one that began more than a year ago",
    { ...standard, ...overdue },
    "ACTIVE",
    10,
    not("Execution has exceeded the max execution time"),
  ],
  ["a child of a Map Run", child, "ACTIVE", 10, byMapRun],
  ["a child without room in its history", child, "ACTIVE", 24_999, tooLong],
  [
    "an Express child, which is started anew",
    { ...expressChild, ...overdue },
    "ACTIVE",
    24_999,
    byMapRun,
  ],
])("the redrive status of %s", async (_, record, status, last, expected) => {
  expect(await redrivability(contextOf(status, last), record)).toEqual(expected);
});
