import type { IndexedExecution } from "../index/execution-index.ts";
import { isFailure, quantile } from "../index/summaries.ts";
import type { WorkflowSeriesView } from "../view-types.ts";

/** Our choice: points of a line, as many as a chart of half a page shows apart. */
const points = 60;

/**
 * What happened to a workflow over time. A point stands for the time before it: what started and ended in it, how long
 * that which ended had taken (`null`: nothing ended), and what ran at its end.
 */
export function workflowSeries(
  executions: readonly IndexedExecution[],
  now: number,
  windowMs: number,
): WorkflowSeriesView {
  const everyMs = Math.max(1, Math.round(windowMs / points));
  const from = now - points * everyMs;
  const counts = () => Array.from({ length: points }, () => 0);
  const [started, succeeded, failed, running] = [counts(), counts(), counts(), counts()];
  const durations = Array.from({ length: points }, (): number[] => []);
  // What is at `now` itself belongs to the last point.
  const pointOf = (at: number) => Math.min(points - 1, Math.floor((at - from) / everyMs));
  const add = (line: number[], point: number) => {
    if (point >= 0) line[point] = (line[point] ?? 0) + 1;
  };
  for (const execution of executions) {
    const { startDate, stopDate, status } = execution;
    add(started, pointOf(startDate));
    if (stopDate !== undefined) {
      const point = pointOf(stopDate);
      if (status === "SUCCEEDED") add(succeeded, point);
      else if (isFailure(execution)) add(failed, point);
      durations[point]?.push(stopDate - startDate);
    }
    const last = stopDate === undefined ? points - 1 : pointOf(stopDate) - 1;
    for (let point = Math.max(0, pointOf(startDate)); point <= last; point++) add(running, point);
  }
  for (const each of durations) each.sort((a, b) => a - b);
  return {
    now,
    everyMs,
    times: Array.from({ length: points }, (_, index) => from + (index + 1) * everyMs),
    started,
    succeeded,
    failed,
    running,
    p50: durations.map((each) => quantile(each, 0.5) ?? null),
    p95: durations.map((each) => quantile(each, 0.95) ?? null),
    p99: durations.map((each) => quantile(each, 0.99) ?? null),
    of: "newest",
  };
}
