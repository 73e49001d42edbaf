import { expect, test } from "vitest";
import { newSnapshot, type ExecutionSnapshot } from "../../machine/snapshot.ts";
import type { ExecutionRecord } from "../../ports/store.ts";
import { ClosedExecutions } from "./closed-executions.ts";

function recordOf(executionArn: string): ExecutionRecord {
  return {
    executionArn,
    stateMachineArn: "machine",
    revisionId: "revision",
    name: executionArn,
    status: "RUNNING",
    startDate: 0,
  };
}

function ended(): ExecutionSnapshot {
  return { ...newSnapshot(), status: "SUCCEEDED", stoppedAt: 7 };
}

test("the newest thousand ends are known, and not all there ever were", () => {
  const closed = new ClosedExecutions();
  const arns = Array.from({ length: 10_000 }, (_, index) => `execution-${index}`);
  for (const arn of arns) closed.add(recordOf(arn), ended());
  const known = arns.filter((arn) => closed.recent(arn) !== undefined);
  expect(known.length).toBeLessThanOrEqual(2_000);
  expect(known.slice(-1_000)).toEqual(arns.slice(-1_000));
});

test("an end is forgotten however long ago it was", () => {
  const closed = new ClosedExecutions();
  for (let index = 0; index < 1_500; index++) {
    closed.add(recordOf(`execution-${index}`), ended());
  }
  for (const arn of ["execution-600", "execution-1499"]) {
    expect(closed.recent(arn)?.record).toMatchObject({ status: "SUCCEEDED", stopDate: 7 });
    closed.forget(arn);
    expect(closed.recent(arn)).toBeUndefined();
  }
});

test("the end that a starter waited for is his answer and is not kept", async () => {
  const closed = new ClosedExecutions();
  const end = closed.next("execution");
  const snapshot = ended();
  closed.add(recordOf("execution"), snapshot);
  expect(await end).toBe(snapshot);
  expect(closed.recent("execution")).toBeUndefined();
});
