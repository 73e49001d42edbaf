import { scopeOfArn } from "../../machine/arns.ts";
import type { TaskControl, TaskOutcome, TaskRequest } from "../../ports/task-handler.ts";
import type { LambdaService } from "../lambda/lambda-service.ts";
import { requestDocument } from "./request-document.ts";
import type { FunctionStandIn } from "./stand-in.ts";
import { failedWith, succeededWith } from "./stand-in-answer.ts";

/** The function's result is the task's, and the error that it throws the task's error. */
export async function callFunction(
  standIn: FunctionStandIn,
  lambda: Pick<LambdaService, "invoke">,
  request: TaskRequest,
  control: TaskControl,
): Promise<TaskOutcome> {
  const answer = await lambda.invoke({
    scope: scopeOfArn(request.executionArn),
    functionName: standIn.function,
    payload: requestDocument(request),
    payloadIsJson: true,
    invocationType: "RequestResponse",
    signal: control.signal,
  });
  if (answer.type === "refused") {
    return { type: "failed", error: answer.error, cause: answer.cause };
  }
  return answer.functionError === undefined
    ? succeededWith(answer.payload)
    : failedWith(answer.payload, answer.payload);
}
