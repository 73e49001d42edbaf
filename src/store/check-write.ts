import type { ExecutionWrite } from "../ports/store.ts";

/**
 * Refuses a write that contradicts itself. What it says about executions that are stored already is checked where
 * they are: an unknown execution, a second start and a second end fail there in the same way.
 */
export function checkWrite(write: ExecutionWrite): void {
  const { executionArn, start, closed, parked } = write;
  if (start !== undefined && start.executionArn !== executionArn) {
    refuse(executionArn, `its start is of ${start.executionArn}`);
  }
  if (closed !== undefined) {
    if (closed.status === "RUNNING") refuse(executionArn, "it closes as RUNNING");
    if (start !== undefined && start.status !== "RUNNING") refuse(executionArn, "it closes twice");
  }
  if (parked && (closed !== undefined || (start !== undefined && start.status !== "RUNNING"))) {
    refuse(executionArn, "it is parked but does not run");
  }
  for (const task of write.activityTasksAdded ?? []) {
    if (task.executionArn !== executionArn) {
      refuse(executionArn, `its activity task is of ${task.executionArn}`);
    }
  }
}

/** Ends a commit that would write nonsense: the caller's mistake, and nothing of the batch is written. */
export function refuse(executionArn: string, reason: string): never {
  throw new Error(`the store refuses a write of ${executionArn}: ${reason}`);
}
