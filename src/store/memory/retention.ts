import type { EpochMs } from "../../machine/ids.ts";
import { checkLimit } from "../page-position.ts";
import { delist, type HeldExecution, type HeldExecutions } from "./executions.ts";

/** Takes out the executions that closed before a time, oldest end first, and gives them. */
export function removeClosed(
  executions: HeldExecutions,
  before: EpochMs,
  limit: number,
): readonly HeldExecution[] {
  checkLimit(limit);
  const end = executions.closed.firstIndex((each) => (each.record.stopDate ?? 0) >= before);
  const removed = executions.closed.items.slice(0, Math.min(end, limit));
  const arns = new Set(removed.map((each) => each.record.executionArn));
  for (const execution of removed) {
    delist(executions, execution);
    executions.byArn.delete(execution.record.executionArn);
  }
  for (const [key, task] of executions.activityTasks) {
    if (arns.has(task.executionArn)) executions.activityTasks.delete(key);
  }
  return removed;
}
