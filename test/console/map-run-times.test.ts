import { expect, test } from "vitest";
import { MapRunItems } from "../../src/console/map-runs/map-run-items.ts";
import { mapRunTimes } from "../../src/console/map-runs/map-run-times.ts";
import { mapRunChildPage, mapRunMask } from "../../src/console/map-runs/map-run-views.ts";
import type { ExecutionRecord, ExecutionStatus } from "../../src/ports/store.ts";

/** Children by when they began and ended; an end of 0: they run. */
function items(
  children: readonly (readonly [started: number, stopped: number, status?: ExecutionStatus])[],
): MapRunItems {
  const made = new MapRunItems(0);
  for (const [index, [startDate, stopped, status]] of children.entries()) {
    const record: ExecutionRecord = {
      executionArn: `arn${index}`,
      stateMachineArn: "machine",
      revisionId: "r",
      name: "n",
      status: "RUNNING",
      startDate,
      mapRun: { mapRunArn: "run", index, itemCount: 1 },
    };
    made.note(record, status ?? (stopped === 0 ? "RUNNING" : "SUCCEEDED"), stopped);
  }
  return made;
}

test("every child that ended by itself is in one bar, the outliers in one of their own", () => {
  const children = Array.from({ length: 100 }, (_, index) => [0, 100 + index] as const);
  const times = mapRunTimes(items([...children, [0, 9_000, "FAILED"], [0, 50, "ABORTED"]]), 10_000);
  expect(times.durations.reduce((sum, { count }) => sum + count, 0)).toBe(101);
  expect(times.durations.at(-1)).toEqual({ from: times.outliersFrom, count: 1, failed: 1 });
  expect(times.durations.length).toBeLessThanOrEqual(26);
  for (const [at, { from }] of times.durations.entries()) {
    if (at > 0) expect(times.durations[at - 1]?.to).toBe(from);
  }
  expect(times).toMatchObject({ p50: 150, p95: 195 });
});

test("where nothing is far from the rest there is no bar for it", () => {
  const { durations, outliersFrom } = mapRunTimes(
    items([
      [0, 5],
      [0, 5],
      [0, 6],
    ]),
    10,
  );
  expect(outliersFrom).toBeUndefined();
  expect(durations.map(({ from, count }) => [from, count])).toEqual([
    [5, 2],
    [6, 1],
  ]);
});

test("of nothing there are no times", () => {
  expect(mapRunTimes(items([]), 0)).toEqual({ durations: [], slowest: [], throughput: [] });
});

test("the slowest ten come first, those that still run by their time until now", () => {
  const children = Array.from({ length: 20 }, (_, index) => [0, 10 + index] as const);
  const { slowest } = mapRunTimes(items([...children, [100, 0]]), 1_000);
  expect(slowest).toHaveLength(10);
  expect(slowest[0]).toEqual({ index: 20, took: 900, status: "running" });
  expect(slowest[1]).toEqual({ index: 19, took: 29, status: "succeeded" });
});

test("what began and what ended is counted within equal times since the start", () => {
  const { throughput } = mapRunTimes(
    items([
      [5_000, 5_500],
      [5_100, 7_200],
      [6_900, 0],
    ]),
    8_000,
  );
  expect(throughput.map(({ started, ended }) => [started, ended])).toEqual([
    [2, 1],
    [1, 0],
    [0, 1],
    [0, 0],
  ]);
  expect(throughput[0]).toMatchObject({ from: 5_000, to: 6_000 });
  const long = mapRunTimes(
    items([
      [0, 1],
      [3_600_000, 3_600_001],
    ]),
    0,
  ).throughput;
  expect(long.length).toBeLessThanOrEqual(62);
  expect(long.reduce((sum, { ended }) => sum + ended, 0)).toBe(2);
});

test("a bar's children are those of its durations, in the list and in the grid", () => {
  const made = items([
    [0, 10],
    [0, 20],
    [0, 30],
    [0, 20, "ABORTED"],
    [0, 0],
  ]);
  const filter = { least: 20, below: 30 };
  const { rows, total } = mapRunChildPage(made, { ...filter, offset: 0, limit: 10 });
  expect([rows.map(({ index }) => index), total]).toEqual([[1], 1]);
  const { packed } = mapRunMask(made, { least: 20 });
  expect([...Buffer.from(packed, "base64")]).toEqual([0x10, 0x01, 0x00]);
  expect(mapRunChildPage(made, { index: 2, offset: 0, limit: 1 }).rows).toMatchObject([
    { index: 2 },
  ]);
});
