import { isJsonObject } from "../../expression/json.ts";
import { Payload } from "../../expression/payload.ts";
import { scopeOfArn } from "../../machine/arns.ts";
import type { TaskHandler } from "../../ports/task-handler.ts";
import { awsCall } from "../aws/aws-call.ts";
import { sdkStyle } from "../aws/member-names.ts";
import type { SdkClients } from "../aws/sdk-clients.ts";
import { taskRole } from "../aws/task-role.ts";
import { callOutcome } from "../described/call-outcome.ts";
import type { IntegrationOptions } from "../integration-options.ts";
import { invalidParameters } from "../invalid-parameters.ts";

const prefix = "aws-sdk:";

/**
 * `arn:aws:states:::aws-sdk:<service>:<action>`, also with `.waitForTaskToken`: any operation of any service that has a
 * client in the AWS SDK for JavaScript. The client has to be installed; what the operation takes and answers is read
 * from it.
 */
export function anyServiceOfSdk(clients: SdkClients, options: IntegrationOptions): TaskHandler {
  return {
    handles: (resource) =>
      resource.kind === "service" &&
      resource.resourceType.startsWith(prefix) &&
      (resource.pattern === "requestResponse" || resource.pattern === "waitForTaskToken"),
    async run(request, control) {
      const { resource, parameters } = request;
      if (resource.kind !== "service" || !isJsonObject(parameters.value)) {
        return invalidParameters(parameters, ["The parameters must be an object"]);
      }
      const service = awsCall(
        resource.resourceType.slice(prefix.length).toLowerCase(),
        clients,
        options,
      );
      const { region } = scopeOfArn(request.executionArn);
      const answer = await service(
        region,
        taskRole(request, options.aws),
      )({
        operation: resource.action,
        parameters: parameters.value,
        style: sdkStyle,
        signal: control.signal,
      });
      const read = callOutcome(answer, { sdk: 2 }, request);
      if ("outcome" in read) return read.outcome;
      return { type: "succeeded", output: Payload.ofValue(read.output) };
    },
  };
}
