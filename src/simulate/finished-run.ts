import type { JournalEvent, JournalEventOf } from "../machine/journal/journal-event.ts";

export type LastEvent = JournalEventOf<
  "ExecutionSucceeded" | "ExecutionFailed" | "ExecutionAborted" | "ExecutionTimedOut"
>;

/** How an execution ended. */
export interface FinishedRun {
  readonly executionArn: string;
  readonly status: "SUCCEEDED" | "FAILED" | "TIMED_OUT" | "ABORTED";
  readonly last: LastEvent;
  readonly events: readonly JournalEvent[];
}

/** Whether the event ends an execution. */
export function isLast(event: JournalEvent): event is LastEvent {
  switch (event.type) {
    case "ExecutionSucceeded":
    case "ExecutionFailed":
    case "ExecutionAborted":
    case "ExecutionTimedOut":
      return true;
    default:
      return false;
  }
}

export function statusOf(last: LastEvent): FinishedRun["status"] {
  switch (last.type) {
    case "ExecutionSucceeded":
      return "SUCCEEDED";
    case "ExecutionFailed":
      return "FAILED";
    case "ExecutionAborted":
      return "ABORTED";
    case "ExecutionTimedOut":
      return "TIMED_OUT";
  }
}
