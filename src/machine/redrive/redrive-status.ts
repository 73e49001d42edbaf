import type { EpochMs } from "../ids.ts";
import type { SnapshotStatus } from "../snapshot.ts";

export interface RedriveStatus {
  readonly status: "REDRIVABLE" | "NOT_REDRIVABLE";
  /** Why not, in AWS's words. */
  readonly reason?: string;
}

/** Documented: how long after its end an execution can be redriven. */
const redrivablePeriodMs = 14 * 24 * 60 * 60 * 1000;

/** Whether an execution could be run again from where it failed. Documented: RedriveExecution. */
export function redriveStatus(
  status: SnapshotStatus,
  stopDate: EpochMs | undefined,
  now: EpochMs,
): RedriveStatus {
  if (status === "RUNNING" || status === "SUCCEEDED") {
    return {
      status: "NOT_REDRIVABLE",
      reason: `Execution is ${status} and cannot be redriven`,
    };
  }
  if (now - (stopDate ?? now) > redrivablePeriodMs) {
    return { status: "NOT_REDRIVABLE", reason: "Execution redrivable period exceeded" };
  }
  return { status: "REDRIVABLE" };
}
