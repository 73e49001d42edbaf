import { isJsonObject, type JsonObject, setMember } from "../../expression/json.ts";
import { Payload } from "../../expression/payload.ts";
import type { TaskControl, TaskOutcome, TaskRequest } from "../../ports/task-handler.ts";
import type { IntegrationOptions } from "../integration-options.ts";
import { invalidParameters } from "../invalid-parameters.ts";
import { exceptionName, sdkErrorCause, sdkMetadataMembers } from "../sdk-metadata.ts";
import { notInstalled, resultTooLong } from "./call-failures.ts";
import { optimizedStyle } from "./member-names.ts";
import { type ParameterTable, parameterProblems } from "./parameter-table.ts";
import { callSdk, type SdkAnswer } from "./sdk-call.ts";
import type { SdkClients } from "./sdk-clients.ts";
import type { SdkRefusal } from "./sdk-error.ts";

/** An optimized integration that calls a service as the AWS SDK for Java, version 1, does. */
export interface OptimizedIntegration {
  /** The service as SDK integrations name it. */
  readonly service: string;
  /** Before the names of its errors: `DynamoDB`. */
  readonly errorPrefix: string;
  /** In its errors' causes: `AmazonDynamoDBv2`. */
  readonly serviceName: string;
  /** The error that is not modelled: `AmazonDynamoDBException`. */
  readonly baseException: string;
  /** *Observed* headers of its answers, in their order and spelling. */
  readonly headers: readonly string[];
  /** Members that take any JSON, which is sent as text. */
  readonly documents: readonly string[];
  /** What the service answers where required members are null. */
  readonly refuseNulls?: (members: readonly string[]) => Pick<SdkRefusal, "message" | "code">;
}

/** Performs one call; the result has the service's answer and what HTTP said of it. *Observed*. */
export async function callOptimized(
  integration: OptimizedIntegration,
  table: ParameterTable,
  request: TaskRequest,
  control: TaskControl,
  { clients, options }: { readonly clients: SdkClients; readonly options: IntegrationOptions },
): Promise<TaskOutcome> {
  const { parameters } = request;
  const problems = parameterProblems(table, parameters.value);
  if (problems.length > 0 || !isJsonObject(parameters.value)) {
    return invalidParameters(parameters, problems);
  }
  const connection = await clients.connect(integration.service);
  if (connection.type === "notInstalled") return notInstalled(request, connection.packageName);
  if (connection.type === "unconfigured") {
    return failed(integration, "SdkClientException", noCredentials);
  }
  const { refuseNulls } = integration;
  const answer = await callSdk({
    service: connection.service,
    action: request.resource.kind === "service" ? request.resource.action : "",
    parameters: parameters.value,
    style: optimizedStyle(integration.documents),
    signal: control.signal,
    ...(refuseNulls === undefined
      ? {}
      : {
          refuseNulls: (members) => ({
            ...refuseNulls(members),
            exception: undefined,
            statusCode: 400,
            requestId: options.ids.uuid(),
          }),
        }),
  });
  switch (answer.type) {
    case "answered":
      return {
        type: "succeeded",
        output: Payload.ofText(JSON.stringify(result(integration, answer))),
      };
    case "refused":
      return refused(integration, answer.refusal);
    case "noAnswer":
      return failed(integration, "SdkClientException", answer.message);
    case "invalid":
      return invalidParameters(parameters, answer.problems);
    case "tooLong":
      return resultTooLong(request);
    case "noSuchOperation":
      throw new Error(`the client of ${integration.service} does not describe its operations`);
  }
}

/** The wording of the AWS SDK for Java, version 1. */
const noCredentials =
  "Unable to load AWS credentials from any provider in the chain: the AWS SDK is not configured, and no endpoint is named by AWS_ENDPOINT_URL";

/** *Observed*: errors that the service's model does not list have the name of the SDK's base class. */
function refused(integration: OptimizedIntegration, refusal: SdkRefusal): TaskOutcome {
  const { exception } = refusal;
  return failed(
    integration,
    exception === undefined ? integration.baseException : exceptionName(exception),
    sdkErrorCause({ ...refusal, service: integration.serviceName }),
  );
}

function failed(integration: OptimizedIntegration, error: string, cause: string): TaskOutcome {
  return { type: "failed", error: `${integration.errorPrefix}.${error}`, cause };
}

/** *Observed*: the metadata stand between the members, all in alphabetical order. */
function result(
  integration: OptimizedIntegration,
  answer: Extract<SdkAnswer, { type: "answered" }>,
): JsonObject {
  const { requestId, statusCode, headers } = answer;
  const shown = integration.headers.flatMap((name) => {
    const value = headers[name.toLowerCase()];
    return value === undefined ? [] : [[name, value] as const];
  });
  const metadata = JSON.parse(
    `{${sdkMetadataMembers({ requestId, statusCode, headers: shown })}}`,
  ) as JsonObject;
  const members = Object.entries({ ...answer.output, ...metadata });
  const sorted: Record<string, JsonObject[string]> = {};
  for (const [name, value] of members.toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    setMember(sorted, name, value);
  }
  return sorted;
}
