import type { Operation } from "../operation.ts";
import { completeTask } from "../task-results.ts";

export const sendTaskHeartbeat: Operation<"SendTaskHeartbeat"> = (input, context) =>
  completeTask(context, input.taskToken, () => ({ type: "heartbeat" }));
