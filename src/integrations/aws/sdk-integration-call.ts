import type { JsonObject } from "../../expression/json.ts";
import type { TaskControl, TaskOutcome, TaskRequest } from "../../ports/task-handler.ts";
import type { IntegrationOptions } from "../integration-options.ts";
import { invalidParameters } from "../invalid-parameters.ts";
import { exceptionName } from "../sdk-metadata.ts";
import { notInstalled, resultTooLong } from "./call-failures.ts";
import { memberNotNull } from "./member-not-null.ts";
import { sdkStyle, type ValueStyle } from "./member-names.ts";
import { callSdk } from "./sdk-call.ts";
import type { SdkClients, SdkService } from "./sdk-clients.ts";
import { sdkV2Cause } from "./sdk-error.ts";

/** The operation's result, or how the task ends without one. */
export type SdkIntegrationAnswer =
  { readonly output: JsonObject } | { readonly outcome: TaskOutcome };

/** Calls a service as the integrations do that have been built on the AWS SDK for Java, version 2. */
export async function sdkIntegrationCall(call: {
  /** As SDK integrations name it. */
  readonly service: string;
  readonly parameters: JsonObject;
  readonly request: TaskRequest;
  readonly control: TaskControl;
  readonly clients: SdkClients;
  readonly options: IntegrationOptions;
  readonly style?: ValueStyle;
}): Promise<SdkIntegrationAnswer> {
  const { request, clients, options } = call;
  const connection = await clients.connect(call.service);
  if (connection.type === "notInstalled") {
    return { outcome: notInstalled(request, connection.packageName) };
  }
  if (connection.type === "unconfigured") {
    return failed(`${connection.errorPrefix}.SdkClientException`, noCredentials);
  }
  const { service } = connection;
  const action = request.resource.kind === "service" ? request.resource.action : "";
  const answer = await callSdk({
    service,
    action,
    parameters: call.parameters,
    style: call.style ?? sdkStyle,
    signal: call.control.signal,
    ...(isJsonService(service)
      ? {
          refuseNulls: (members) => ({
            ...memberNotNull(members),
            exception: undefined,
            statusCode: 400,
            requestId: options.ids.uuid(),
          }),
        }
      : {}),
  });
  switch (answer.type) {
    case "answered":
      return { output: answer.output };
    case "refused": {
      const { exception } = answer.refusal;
      // Observed: errors that the service's model does not list have the name of the SDK's base class.
      const name =
        exception === undefined ? `${service.errorPrefix}Exception` : exceptionName(exception);
      return failed(
        `${service.errorPrefix}.${name}`,
        sdkV2Cause(answer.refusal, service.errorPrefix),
      );
    }
    case "noAnswer":
      return failed(
        `${service.errorPrefix}.SdkClientException`,
        `${answer.message} (SDK Attempt Count: 1)`,
      );
    case "invalid":
      return { outcome: invalidParameters(request.parameters, answer.problems) };
    case "tooLong":
      return { outcome: resultTooLong(request) };
    case "noSuchOperation":
      return {
        outcome: {
          type: "rejected",
          cause: `The resource '${request.resource.arn}' names no operation that the installed client of the service describes.`,
        },
      };
  }
}

/** The wording of the AWS SDK for Java, version 2. */
const noCredentials =
  "Unable to load credentials from any of the providers in the chain: the AWS SDK is not configured, and no endpoint is named by AWS_ENDPOINT_URL";

function isJsonService({ client }: SdkService): boolean {
  return client.config.protocol?.getShapeId?.().startsWith("aws.protocols#awsJson") === true;
}

function failed(error: string, cause: string): SdkIntegrationAnswer {
  return { outcome: { type: "failed", error, cause } };
}
