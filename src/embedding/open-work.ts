import type { JournalEvent } from "../machine/journal/journal-event.ts";
import type { ExecutionRecord } from "../ports/store.ts";
import { isLast } from "../simulate/finished-run.ts";

/** What is under way in a test's server, to know whether time may be skipped. */
export interface OpenWork {
  note(record: ExecutionRecord, events: readonly JournalEvent[]): void;
  /** Executions that have not ended. Without any, nothing but housekeeping waits, and that for ever. */
  executions(): number;
  /** Activities' tasks that wait for a worker, or that one has. */
  activityTasks(): number;
}

export function createOpenWork(): OpenWork {
  const running = new Set<string>();
  /** Lines of control, by execution and branch, that are in an activity's task. */
  const inActivities = new Set<string>();

  function noteEvent(executionArn: string, event: JournalEvent): void {
    const lane = `${executionArn} ${event.branch}`;
    if (event.type === "ActivityScheduled") inActivities.add(lane);
    else if (event.type !== "ActivityStarted" && event.type !== "TaskHeartbeat") {
      inActivities.delete(lane);
    }
    if (event.type === "ExecutionRedriven" || event.type === "ExecutionStarted") {
      running.add(executionArn);
    }
    if (!isLast(event)) return;
    running.delete(executionArn);
    for (const open of inActivities) {
      if (open.startsWith(`${executionArn} `)) inActivities.delete(open);
    }
  }

  return {
    note({ executionArn }, events) {
      for (const event of events) noteEvent(executionArn, event);
    },
    executions: () => running.size,
    activityTasks: () => inActivities.size,
  };
}
