import { afterEach, expect, test } from "vitest";
import { quantileOf } from "../../src/console/metrics/bucket-quantile.ts";
import { MetricsRecorder } from "../../src/console/metrics/metrics-recorder.ts";
import { workflowDurations } from "../../src/console/metrics/workflow-durations.ts";
import type { IndexedExecution } from "../../src/console/index/execution-index.ts";
import type { MetricsView } from "../../src/console/view-types.ts";
import { FigureRegistry } from "../../src/runtime/figures/figure-registry.ts";

let recorders: MetricsRecorder[] = [];
afterEach(() => {
  for (const recorder of recorders.splice(0)) recorder.close();
  recorders = [];
});

/** A recorder whose samples are taken by the test, five seconds apart. */
function recorded(): {
  readonly figures: FigureRegistry;
  readonly recorder: MetricsRecorder;
  next(): void;
} {
  let now = 1_000_000;
  const figures = new FigureRegistry();
  const clock = { now: () => now } as unknown as ConstructorParameters<typeof MetricsRecorder>[1];
  const recorder = new MetricsRecorder(figures, clock);
  recorders.push(recorder);
  return {
    figures,
    recorder,
    next() {
      now += 5_000;
      recorder.sample();
    },
  };
}

/** What was recorded in the last minutes. */
function lately(recorder: MetricsRecorder, minutes: number): MetricsView {
  const { now } = recorder.view({ from: 0, to: 0 });
  return recorder.view({ from: now - minutes * 60_000 + 1, to: now });
}

const valuesOf = (recorder: MetricsRecorder, name: string, minutes = 60) =>
  lately(recorder, minutes).series[name]?.values;

test("a counter is shown as what it grew by each second", () => {
  const { figures, recorder, next } = recorded();
  const started = figures.counter("stepwell_executions_started_total", "", { type: "STANDARD" });
  const express = figures.counter("stepwell_executions_started_total", "", { type: "EXPRESS" });
  next();
  started.add(10);
  express.add(5);
  next();
  next();
  expect(valuesOf(recorder, "started")).toEqual([0, 3, 0]);
});

test("what was counted before the recorder began is not shown as a leap", () => {
  const figures = new FigureRegistry();
  figures.counter("stepwell_events_total", "").add(1_000_000);
  let now = 0;
  const recorder = new MetricsRecorder(figures, { now: () => now } as never);
  recorders.push(recorder);
  now = 5_000;
  recorder.sample();
  expect(valuesOf(recorder, "events")).toEqual([0]);
});

test("ends are told apart by their status", () => {
  const { figures, recorder, next } = recorded();
  const ended = (status: string) =>
    figures.counter("stepwell_executions_ended_total", "", { type: "STANDARD", status });
  ended("SUCCEEDED").add(5);
  ended("FAILED").add(10);
  next();
  expect(valuesOf(recorder, "succeeded")).toEqual([1]);
  expect(valuesOf(recorder, "failed")).toEqual([2]);
  expect(valuesOf(recorder, "aborted")).toEqual([0]);
});

test("a latency is that of its interval alone, and absent where nothing was measured", () => {
  const { figures, recorder, next } = recorded();
  const seconds = figures.histogram("stepwell_commit_duration_seconds", "", [0.001, 0.01, 0.1]);
  for (let count = 0; count < 100; count++) seconds.observe(0.0005);
  next();
  for (let count = 0; count < 100; count++) seconds.observe(0.05);
  next();
  next();
  const [first, second, third] = valuesOf(recorder, "commitP50") ?? [];
  expect(first).toBeLessThanOrEqual(1);
  expect(second).toBeGreaterThan(10);
  expect(third).toBeNull();
});

test("operations have their calls, errors and durations in the time that is shown", () => {
  const { figures, recorder, next } = recorded();
  const label = { operation: "DescribeExecution" };
  const ok = figures.counter("stepwell_calls_total", "", { ...label, code: "OK" });
  const missing = figures.counter("stepwell_calls_total", "", { ...label, code: "Missing" });
  const took = figures.histogram("stepwell_call_duration_seconds", "", [0.01, 0.1], label);
  ok.add(8);
  missing.add(2);
  for (let count = 0; count < 10; count++) took.observe(0.005);
  next();
  expect(lately(recorder, 60).calls).toMatchObject([
    { name: "DescribeExecution", count: 10, errors: 2, p50: expect.any(Number) },
  ]);
  for (let count = 0; count < 12; count++) next();
  expect(lately(recorder, 1).calls).toEqual([]);
});

test("operations that wait do not count to the latency of the API", () => {
  const { figures, recorder, next } = recorded();
  const label = { operation: "GetActivityTask" };
  figures.counter("stepwell_calls_total", "", { ...label, code: "OK" }).add();
  figures.histogram("stepwell_call_duration_seconds", "", [60], label).observe(59);
  next();
  expect(valuesOf(recorder, "callP99")).toEqual([null]);
  expect(lately(recorder, 60).calls).toMatchObject([{ isWaiting: true }]);
});

test("an hour is kept, and no more", () => {
  const { recorder, next } = recorded();
  for (let count = 0; count < 800; count++) next();
  expect(lately(recorder, 120).times).toHaveLength(720);
  expect(lately(recorder, 5).times).toHaveLength(60);
});

test("without figures the process itself is measured, and nothing else is made up", () => {
  const recorder = new MetricsRecorder(undefined, { now: () => 0 } as never);
  recorders.push(recorder);
  recorder.sample();
  expect(valuesOf(recorder, "memory")?.[0]).toBeGreaterThan(0);
  expect(valuesOf(recorder, "open")).toEqual([null]);
});

test("a quantile lies within its bucket, and above the last bound it is that bound", () => {
  const bounds = [1, 2, Infinity];
  expect(quantileOf({ bounds, counts: [0, 10, 0], count: 10 }, 0.5)).toBe(1.5);
  expect(quantileOf({ bounds, counts: [0, 0, 10], count: 10 }, 0.5)).toBe(2);
  expect(quantileOf({ bounds, counts: [0, 0, 0], count: 0 }, 0.5)).toBeUndefined();
});

test("a window shows what was sampled within it", () => {
  const { recorder, next } = recorded();
  for (let sample = 0; sample < 6; sample++) next();
  const { times } = lately(recorder, 60);
  const [from = 0, to = 0] = [times[1], times[3]];
  const view = recorder.view({ from, to });
  expect(view.times).toEqual(times.slice(1, 4));
  expect(view.series["started"]?.values).toHaveLength(3);
});

const ended = (workflow: string, ms: number, more: Partial<IndexedExecution> = {}) => ({
  executionArn: "arn:e",
  stateMachineArn: `arn:${workflow}`,
  name: "e",
  stateMachineName: workflow,
  type: "STANDARD" as const,
  status: "SUCCEEDED" as const,
  startDate: 1_000,
  stopDate: 1_000 + ms,
  redriveCount: 0,
  ...more,
});

test("durations are those of the executions that ended within the window, by workflow", () => {
  const executions = [
    ...Array.from({ length: 100 }, (_, index) => ended("long", index + 1)),
    ended("short", 5, { status: "FAILED" }),
    ended("short", 10_000),
    { ...ended("running", 0), status: "RUNNING" as const, stopDate: undefined as never },
  ];
  const rows = workflowDurations(executions, { from: 1_000, to: 2_000 });
  expect(rows.map(({ name, ended, failed }) => ({ name, ended, failed }))).toEqual([
    { name: "long", ended: 100, failed: 0 },
    { name: "short", ended: 1, failed: 1 },
  ]);
  expect(rows[0]).toMatchObject({ p50: 51, p90: 91, p95: 96, p99: 100 });
});
