import type { MapRunCounts } from "../../ports/map-run-store.ts";
import type { ExecutionStatus } from "../../ports/store.ts";

export type CountName = "running" | "succeeded" | "failed" | "timedOut" | "aborted" | "total";
export type Counts = { [N in CountName]: number };

export function noCounts(): Counts {
  return { running: 0, succeeded: 0, failed: 0, timedOut: 0, aborted: 0, total: 0 };
}

/** The count that an execution with this status is in. */
export function countOf(status: ExecutionStatus): CountName {
  switch (status) {
    case "SUCCEEDED":
      return "succeeded";
    case "FAILED":
      return "failed";
    case "TIMED_OUT":
      return "timedOut";
    case "ABORTED":
      return "aborted";
    case "RUNNING":
      return "running";
  }
}

/** The counts as DescribeMapRun has them. `pendingRedrive`: those that failed and wait to begin again. */
export function shownCounts(counts: Counts, total: number, pendingRedrive: number): MapRunCounts {
  const { running, succeeded, failed, timedOut, aborted } = counts;
  const ended = succeeded + failed + timedOut + aborted;
  return {
    pending: Math.max(0, total - running - ended - pendingRedrive),
    running,
    succeeded,
    failed,
    timedOut,
    aborted,
    total,
    resultsWritten: ended,
    failuresNotRedrivable: 0,
    pendingRedrive,
  };
}
