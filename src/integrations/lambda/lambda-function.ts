import { Payload } from "../../expression/payload.ts";
import { scopeOfArn } from "../../machine/arns.ts";
import type { TaskHandler } from "../../ports/task-handler.ts";
import { taskRole } from "../aws/task-role.ts";
import type { IntegrationOptions } from "../integration-options.ts";
import { functionFailure } from "./lambda-failure.ts";
import type { LambdaService } from "./lambda-service.ts";

/** A Task whose `Resource` is a function: its input is the event, its result is what the function returns. */
export function lambdaFunction(
  lambda: LambdaService,
  { aws }: Pick<IntegrationOptions, "aws">,
): TaskHandler {
  return {
    handles: (resource) => resource.kind === "lambda",
    async run(request, control) {
      const answer = await lambda.invoke({
        scope: scopeOfArn(request.executionArn),
        caller: request,
        role: taskRole(request, aws),
        functionName: request.resource.arn,
        payload: request.parameters.text,
        payloadIsJson: true,
        invocationType: "RequestResponse",
        signal: control.signal,
      });
      if (answer.type === "refused")
        return { type: "failed", error: answer.error, cause: answer.cause };
      // *Observed*: here the cause has no blanks between its members, unlike that of `lambda:invoke`.
      if (answer.functionError !== undefined) return functionFailure(answer.payload, "as it came");
      return {
        type: "succeeded",
        output: Payload.ofText(answer.payload === "" ? "null" : answer.payload),
      };
    },
  };
}
