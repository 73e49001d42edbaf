import type { Decision } from "../../machine/decide.ts";
import type { TaskId } from "../../machine/ids.ts";
import type { Changes } from "../partition/committer.ts";
import type { Event } from "../partition/event.ts";

/** Notes how the store's queues of activity tasks change with the events that change them. */
export function noteActivityTasks(
  changes: Changes,
  { commands, events }: Decision,
  event: Event,
  isMocked: (taskId: TaskId) => boolean,
): void {
  const { executionArn } = changes;
  for (const command of commands) {
    if (command.type === "ScheduleActivity") {
      const { activityArn, taskId } = command;
      if (isMocked(taskId)) continue;
      changes.activityTasksAdded ??= [];
      changes.activityTasksAdded.push({ activityArn, executionArn, taskId });
    } else if (command.type === "CancelTask" && command.resource.kind === "activity") {
      changes.activityTasksRemoved ??= [];
      changes.activityTasksRemoved.push(command.taskId);
    }
  }
  if ("taskId" in event && event.type !== "TaskHeartbeat" && event.type !== "TaskSubmitted") {
    if (!events.some(({ type }) => type.startsWith("Activity"))) return;
    changes.activityTasksRemoved ??= [];
    changes.activityTasksRemoved.push(event.taskId);
  }
}
