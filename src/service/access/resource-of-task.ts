import { machineArnOfExecution } from "../../machine/arns.ts";
import type { ServiceContext } from "../operation.ts";

/**
 * What an answer to a task is given to: the activity whose worker gives it, else the state machine of the execution
 * (*observed*). `*` for a token that this server did not make.
 */
export async function resourceOfTask(
  { engine }: Pick<ServiceContext, "engine">,
  taskToken: string,
): Promise<string> {
  const task = engine.taskOf(taskToken);
  if (task === undefined) return "*";
  const { executionArn, taskId } = task;
  // A task's id is that of the event that scheduled it.
  const found = await engine.history(executionArn, { from: taskId, limit: 1, reverse: false });
  const scheduled = found?.events[0];
  return scheduled?.type === "ActivityScheduled" && scheduled.id === taskId
    ? scheduled.details.resource
    : machineArnOfExecution(executionArn);
}
