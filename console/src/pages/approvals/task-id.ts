import type { ApprovalView } from "../../../../src/console/view-types.ts";

/** How the address names a task: `10@arn:…`. */
export function taskIdOf({ taskId, executionArn }: ApprovalView): string {
  return `${taskId}@${executionArn}`;
}

/** The execution that such a name is of. */
export function executionOf(task: string): string | undefined {
  const arn = task.slice(task.indexOf("@") + 1);
  return arn.startsWith("arn:") ? arn : undefined;
}
