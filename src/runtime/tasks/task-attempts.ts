import type { BranchId, TaskId } from "../../machine/ids.ts";
import type { JournalEvent } from "../../machine/journal/journal-event.ts";

/**
 * Counts, for each state of one execution, how often its task has been scheduled: what mocked responses are numbered by.
 *
 * One count for each state name and execution, which retries, Map iterations and loops all advance, is what Step
 * Functions Local 2.0.0 keeps. Observed by others, not by us. It is folded from the journal, so that it survives a
 * restart.
 */
export interface TaskAttempts {
  note(events: readonly JournalEvent[]): void;
  /** From 0; 0 for a task that was never scheduled. */
  of(taskId: TaskId): number;
}

export function createTaskAttempts(): TaskAttempts {
  const entered = new Map<BranchId, string>();
  const counts = new Map<string, number>();
  const attempts = new Map<TaskId, number>();
  return {
    note(events) {
      for (const event of events) {
        switch (event.type) {
          case "TaskStateEntered":
            entered.set(event.branch, event.details.name);
            break;
          case "TaskScheduled":
          case "LambdaFunctionScheduled":
          case "ActivityScheduled": {
            // A task's id is that of the event that scheduled it.
            const name = entered.get(event.branch) ?? "";
            const count = counts.get(name) ?? 0;
            attempts.set(event.id, count);
            counts.set(name, count + 1);
            break;
          }
          default:
            break;
        }
      }
    },
    of: (taskId) => attempts.get(taskId) ?? 0,
  };
}
