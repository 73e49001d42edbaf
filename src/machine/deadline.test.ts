import { describe, expect, test } from "vitest";
import { emptyObject } from "../expression/payload.ts";
import { branchDeadline, executionDeadline, nextDeadline } from "./deadline.ts";
import { evolve } from "./evolve.ts";
import type { JournalEvent } from "./journal/journal-event.ts";
import { awsLimits } from "./limits.ts";
import type { Machine } from "./machine.ts";
import { newBranch, newSnapshot, type Waiting, type WaitingForTask } from "./snapshot.ts";

const start = 1_000_000;

const started: JournalEvent = {
  type: "ExecutionStarted",
  id: 1,
  previousEventId: 0,
  at: start,
  branch: 0,
  payload: emptyObject,
  details: { roleArn: "" },
  internal: undefined,
};

function machine(type: "STANDARD" | "EXPRESS", TimeoutSeconds?: number): Machine {
  const definition = TimeoutSeconds === undefined ? {} : { TimeoutSeconds };
  return { type, definition, limits: awsLimits } as Machine;
}

function snapshot(...waits: Waiting[]) {
  const made = evolve(newSnapshot(), started);
  made.branches.clear();
  for (const [id, waiting] of waits.entries()) {
    made.branches.set(id, branchThat(waiting, id));
  }
  return made;
}

function branchThat(waiting: Waiting | undefined, id = 0) {
  const branch = newBranch(id, undefined, 0, emptyObject, 0);
  branch.waiting = waiting;
  return branch;
}

function task(fields: Partial<WaitingForTask>): WaitingForTask {
  return {
    type: "task",
    taskId: 3,
    kind: "service",
    timeoutSeconds: undefined,
    heartbeatSeconds: undefined,
    credentialsRoleArn: undefined,
    parameters: emptyObject,
    scheduledAt: start,
    aliveAt: undefined,
    started: true,
    callback: true,
    submission: undefined,
    ...fields,
  };
}

describe("the deadline of an execution", () => {
  test("is a year, five minutes, or what the definition says below that", () => {
    const at = (of: Machine) => executionDeadline(of, snapshot()) - start;
    expect(at(machine("STANDARD"))).toBe(31_536_000_000);
    expect(at(machine("EXPRESS"))).toBe(300_000);
    expect(at(machine("STANDARD", 7))).toBe(7_000);
    expect(at(machine("STANDARD", 99_999_999))).toBe(31_536_000_000);
    expect(at(machine("EXPRESS", 301))).toBe(300_000);
  });
});

describe("the deadline of a branch", () => {
  test("is the end of its wait or of its retry's delay", () => {
    expect(branchDeadline(branchThat({ type: "wait", until: 5 }))).toBe(5);
    expect(branchDeadline(branchThat({ type: "retry", until: 6 }))).toBe(6);
  });

  test("is at once if it waits for nothing", () => {
    expect(branchDeadline(branchThat(undefined))).toBe(0);
  });

  test("is never for a task without limits, and for a state that waits for its branches", () => {
    expect(branchDeadline(branchThat(task({})))).toBe(Number.POSITIVE_INFINITY);
    const parallel: Waiting = { type: "parallel", remaining: 1, results: [] };
    expect(branchDeadline(branchThat(parallel))).toBe(Number.POSITIVE_INFINITY);
  });

  test("is the earlier of a task's time-out and its heartbeat", () => {
    const both = { timeoutSeconds: 10, heartbeatSeconds: 4 };
    const at = (fields: Partial<WaitingForTask>) =>
      branchDeadline(branchThat(task(fields))) - start;
    expect(at({ ...both, aliveAt: start + 1_000 })).toBe(5_000);
    expect(at({ ...both, aliveAt: start + 8_000 })).toBe(10_000);
  });

  test("has no heartbeat before the task is in somebody's hands", () => {
    const waiting = task({ heartbeatSeconds: 4 });
    expect(branchDeadline(branchThat(waiting))).toBe(Number.POSITIVE_INFINITY);
  });
});

describe("when an execution must be woken", () => {
  const standard = machine("STANDARD", 60);

  test("is the earliest deadline of its branches", () => {
    const waits: Waiting[] = [
      { type: "wait", until: start + 9_000 },
      { type: "retry", until: start + 2_000 },
    ];
    expect(nextDeadline(standard, snapshot(...waits))).toBe(start + 2_000);
  });

  test("is its own deadline at the latest", () => {
    const far = snapshot({ type: "wait", until: start + 61_000 });
    expect(nextDeadline(standard, far)).toBe(start + 60_000);
  });

  test("is never once it has ended", () => {
    const ended = snapshot();
    ended.status = "FAILED";
    expect(nextDeadline(standard, ended)).toBeUndefined();
  });
});
