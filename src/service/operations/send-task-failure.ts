import type { Operation } from "../operation.ts";
import { completeTask } from "../task-results.ts";

export const sendTaskFailure: Operation<"SendTaskFailure"> = (input, context) =>
  completeTask(context, input.taskToken, () => ({
    type: "failure",
    ...(input.error !== undefined && { error: input.error }),
    ...(input.cause !== undefined && { cause: input.cause }),
  }));
