import { expect, test } from "vitest";
import type { VisitView } from "../../../../../../src/console/view-types.ts";
import type { HistoryEvent } from "../../../../api/client.ts";
import { visitSample, visitToPin } from "./visit-sample.ts";

const event = (id: number, type: string, details: object = {}): HistoryEvent => ({
  id,
  previousEventId: id - 1,
  timestamp: id,
  type,
  [`${type.charAt(0).toLowerCase()}${type.slice(1)}EventDetails`]: details,
});

const events = [
  event(1, "ExecutionStarted", { input: '{"order":7}', roleArn: "arn:role" }),
  event(2, "StateEntered", { name: "Prepare", input: '{"order":7}' }),
  event(3, "StateExited", { assignedVariables: { total: "12.5", name: '"Ann"' } }),
  event(4, "StateEntered", { name: "Charge", input: '{"order":7,"paid":false}' }),
  event(5, "TaskScheduled"),
  event(6, "TaskSucceeded", { output: '{"receipt":"r1"}' }),
];

const visit = (id: number, name: string, more: Partial<VisitView> = {}): VisitView => ({
  id,
  parent: 0,
  lane: 0,
  key: `/${name}`,
  name,
  type: "Task",
  status: "succeeded",
  enteredAt: id,
  attempts: [],
  within: 0,
  ...more,
});

const visits = [
  visit(2, "Prepare", { exitEventId: 3, assigned: ["total", "name"] }),
  visit(4, "Charge", {
    attempts: [{ id: 5, scheduledAt: 5, status: "succeeded", endEventId: 6 }],
  }),
];

const run = {
  executionArn: "arn:execution",
  name: "run-1",
  stateMachineArn: "arn:machine",
  stateMachineName: "orders",
};

const read = ({ from, limit }: { readonly from: number; readonly limit: number }) =>
  Promise.resolve({ events: events.slice(from - 1, from - 1 + limit), more: false });

test("a visit's sample has what its expressions read: input, variables, result and context", async () => {
  const sample = await visitSample(run, visits[1] as VisitView, visits, read);
  expect(sample).toMatchObject({
    input: { order: 7, paid: false },
    variables: { total: 12.5, name: "Ann" },
    result: { receipt: "r1" },
    context: {
      Execution: { Id: "arn:execution", Input: { order: 7 }, RoleArn: "arn:role" },
      State: { Name: "Charge", EnteredTime: "1970-01-01T00:00:04.000Z", RetryCount: 0 },
    },
  });
  expect(sample.errorOutput).toBeUndefined();
});

test("a visit that failed has the error that a Catcher would read, and no result", async () => {
  const failed = visit(4, "Charge", {
    status: "failed",
    attempts: [{ id: 5, scheduledAt: 5, status: "failed", error: "Declined", cause: "no money" }],
  });
  const sample = await visitSample(run, failed, [visits[0] as VisitView, failed], read);
  expect(sample.errorOutput).toEqual({ Error: "Declined", Cause: "no money" });
  expect(sample.result).toBeUndefined();
});

test("of several visits the newest that failed is looked at first", () => {
  const failed = visit(6, "Charge", { status: "failed" });
  expect(visitToPin([visit(2, "Charge"), failed, visit(8, "Charge")])).toBe(failed);
  expect(visitToPin([visit(2, "Charge"), visit(8, "Charge")])?.id).toBe(8);
  expect(visitToPin([])).toBeUndefined();
});
