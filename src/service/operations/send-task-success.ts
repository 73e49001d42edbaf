import type { Operation } from "../operation.ts";
import { taskOutput } from "../payload-input.ts";
import { completeTask } from "../task-results.ts";

export const sendTaskSuccess: Operation<"SendTaskSuccess"> = (input, context) =>
  completeTask(context, input.taskToken, () => ({
    type: "success",
    output: taskOutput(input.output),
  }));
