import { expect, test } from "vitest";
import type { ExecutionRecord, ExecutionWrite } from "../../ports/store.ts";
import { mergeWrites } from "./merge-writes.ts";

const closed = { status: "FAILED", stopDate: 9 } as const;
const redriven = { redriveCount: 1, redriveDate: 20 };
const asleep = { parked: { wakeAt: 5 } };

function start(status: ExecutionRecord["status"] = "RUNNING"): ExecutionWrite {
  const record = {
    executionArn: "a",
    stateMachineArn: "m",
    revisionId: "r",
    name: "n",
    status,
    startDate: 1,
  };
  return { executionArn: "a", start: record };
}

function merged(...writes: readonly Omit<ExecutionWrite, "executionArn">[]) {
  return mergeWrites(writes.map((write) => ({ executionArn: "a", ...write })));
}

test.each([
  ["chunks only", [{}], "there", undefined],
  ["waking", [{ parked: null }], "there", { parked: false }],
  ["sleeping, whatever came before", [{}, asleep], "running", { parked: true, wakeAt: 5 }],
  [
    "sleeping without a time",
    [asleep, { parked: { wakeAt: undefined } }],
    "running",
    { parked: true },
  ],
  ["sleeping and an end", [asleep, { closed }], "running", { ...closed, parked: false }],
  ["a redrive", [{ redriven }], "ended", { status: "RUNNING", parked: false, redriven }],
  [
    "a redrive and an end",
    [{ redriven }, { closed }],
    "ended",
    { ...closed, parked: false, redriven },
  ],
  [
    "an end and a redrive",
    [{ closed }, { redriven }],
    "running",
    { status: "RUNNING", parked: false, redriven },
  ],
] as const)("%s", (_, writes, needed, change) => {
  const [only, ...others] = merged(...writes) ?? [];
  expect(others).toEqual([]);
  expect(only?.needed).toBe(needed);
  expect(only?.change).toEqual(change);
});

test("a start needs nothing to be there, and what follows is put with it", () => {
  const [only] = mergeWrites([start(), { executionArn: "a", closed }]) ?? [];
  expect(only).toMatchObject({ needed: "absent", change: { ...closed, parked: false } });
});

test.each([
  ["two ends", [{ closed }, { closed }]],
  ["sleeping after an end", [{ closed }, asleep]],
  ["a redrive of what runs", [asleep, { redriven }]],
  ["an end that runs", [{ closed: { status: "RUNNING", stopDate: 1 } }]],
] as const)("%s contradict each other", (_, writes) => {
  expect(merged(...writes)).toBeUndefined();
});

test("a start after anything else contradicts it", () => {
  expect(mergeWrites([{ executionArn: "a" }, start()])).toBeUndefined();
  expect(mergeWrites([start(), start()])).toBeUndefined();
  expect(mergeWrites([start("FAILED"), { executionArn: "a", closed }])).toBeUndefined();
});

test("of a task's comings and goings the last counts, and whether it had gone before", () => {
  const task = (taskId: number) => ({ activityArn: "q", executionArn: "a", taskId });
  const [only] =
    merged(
      { activityTasksAdded: [task(1), task(2), task(3)], activityTasksRemoved: [1] },
      { activityTasksAdded: [task(2), task(1)], activityTasksRemoved: [3, 4] },
    ) ?? [];
  expect([...(only?.tasks ?? [])]).toEqual([
    [1, { activityArn: "q", place: 3, again: true }],
    [2, { activityArn: "q", place: 1, again: false }],
    [3, "removed"],
    [4, "removed"],
  ]);
});
