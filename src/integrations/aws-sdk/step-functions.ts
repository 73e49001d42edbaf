import { isJsonObject } from "../../expression/json.ts";
import { Payload } from "../../expression/payload.ts";
import { taskPrincipal } from "../../ports/caller.ts";
import type { TaskHandler } from "../../ports/task-handler.ts";
import { sdkStyle } from "../aws/member-names.ts";
import { callOutcome } from "../described/call-outcome.ts";
import type { IntegrationOptions } from "../integration-options.ts";
import { invalidParameters } from "../invalid-parameters.ts";
import { engineCall } from "../step-functions/engine-call.ts";

/** Members that the API takes as JSON text; a task may give the value instead. *Observed* for `Input`. */
const style = { ...sdkStyle, documents: ["Input", "Output", "Definition"] };

/**
 * `arn:aws:states:::aws-sdk:sfn:<action>`: any operation of this service's own API, called within the engine.
 * Parameters and results are PascalCase, times are ISO 8601.
 */
export function stepFunctionsOfSdk(options: IntegrationOptions): TaskHandler {
  const call = engineCall(options);
  return {
    handles: (resource) =>
      resource.kind === "service" &&
      resource.resourceType === "aws-sdk:sfn" &&
      (resource.pattern === "requestResponse" || resource.pattern === "waitForTaskToken"),
    async run(request, control) {
      const { resource, parameters } = request;
      if (resource.kind !== "service" || !isJsonObject(parameters.value)) {
        return invalidParameters(parameters, ["The parameters must be an object"]);
      }
      const answer = await call({
        operation: resource.action,
        parameters: parameters.value,
        style,
        signal: control.signal,
        principal: taskPrincipal(request),
      });
      const read = callOutcome(answer, { sdk: 2 }, request);
      if ("outcome" in read) return read.outcome;
      return { type: "succeeded", output: Payload.ofValue(read.output) };
    },
  };
}
