import { scopeOfArn } from "../../machine/arns.ts";
import { statesNamespace } from "../../telemetry/counting/metric-series.ts";
import { percentile, type Statistics } from "../../telemetry/counting/tally.ts";
import type { Telemetry } from "../../telemetry/telemetry.ts";
import type { IndexedExecution } from "../index/execution-index.ts";
import type { WorkflowSeriesView } from "../view-types.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** Our choice: points of a line, as many as a chart of half a page shows apart. */
const points = 60;
/** Our choice: what is longer than this is read by the hour. */
const longestByMinuteMs = 24 * hourMs;

const names = [
  "ExecutionsStarted",
  "ExecutionsSucceeded",
  "ExecutionsFailed",
  "ExecutionsTimedOut",
  "ExecutionsAborted",
  "ExecutionTime",
] as const;

/**
 * What happened to a workflow over time, as it was counted: of any number of executions, and of those before a restart. What runs is not
 * counted by minutes: it is that of the executions that are remembered.
 */
export async function countedSeries(
  counted: Pick<Telemetry, "points">,
  stateMachineArn: string,
  executions: readonly IndexedExecution[],
  { now, windowMs }: { readonly now: number; readonly windowMs: number },
): Promise<WorkflowSeriesView> {
  const step = windowMs > longestByMinuteMs ? hourMs : minuteMs;
  const everyMs = Math.max(1, Math.ceil(windowMs / points / step)) * step;
  // Periods begin where CloudWatch's do; the newest one goes on.
  const to = (Math.floor(now / everyMs) + 1) * everyMs;
  const length = Math.ceil(windowMs / everyMs);
  const from = to - length * everyMs;
  const { region } = scopeOfArn(stateMachineArn);
  const dimensions = { StateMachineArn: stateMachineArn };
  const found = await counted.points(
    names.map((name) => ({
      metric: { region, namespace: statesNamespace, name, dimensions },
      from,
      to,
      periodMs: everyMs,
    })),
  );
  const starts = Array.from({ length }, (_, index) => from + index * everyMs);
  const lineOf = <T>(name: (typeof names)[number], read: (of: Statistics | undefined) => T): T[] =>
    starts.map((at) => read(found[names.indexOf(name)]?.get(at)));
  const sums = (name: (typeof names)[number]): number[] => lineOf(name, (of) => of?.sum ?? 0);
  const share = (part: number): (number | null)[] =>
    lineOf("ExecutionTime", (of) => (of === undefined ? null : percentile(of, part)));
  const [timedOut, aborted] = [sums("ExecutionsTimedOut"), sums("ExecutionsAborted")];
  const times = starts.map((at) => Math.min(at + everyMs, now));
  return {
    now,
    everyMs,
    times,
    started: sums("ExecutionsStarted"),
    succeeded: sums("ExecutionsSucceeded"),
    failed: sums("ExecutionsFailed").map(
      (count, index) => count + (timedOut[index] ?? 0) + (aborted[index] ?? 0),
    ),
    running: times.map(
      (at) =>
        executions.filter(({ startDate, stopDate = Number.POSITIVE_INFINITY }) => {
          return startDate <= at && stopDate > at;
        }).length,
    ),
    p50: share(0.5),
    p95: share(0.95),
    p99: share(0.99),
    of: "metrics",
  };
}
