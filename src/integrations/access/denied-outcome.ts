import { scopeOfArn } from "../../machine/arns.ts";
import type { Ids } from "../../ports/ids.ts";
import type { TaskOutcome, TaskRequest } from "../../ports/task-handler.ts";
import type { SdkClients } from "../aws/sdk-clients.ts";
import type { SdkRefusal } from "../aws/sdk-error.ts";
import { callOutcome } from "../described/call-outcome.ts";
import type { Wording } from "../described/description.ts";
import { descriptions } from "../descriptions/descriptions.ts";

export interface DenialOptions {
  readonly clients: Pick<SdkClients, "connect">;
  readonly ids: Ids;
}

/** *Observed*: `Lambda.AWSLambdaException`, for a function's ARN and for `lambda:invoke`. */
const lambdaWording: Wording = {
  sdk: 1,
  errorPrefix: "Lambda",
  serviceName: "AWSLambda",
  baseException: "AWSLambdaException",
  headers: [],
};

type Denial = Pick<SdkRefusal, "code" | "exception" | "statusCode">;

/** *Observed* for the services of the JSON protocol. */
const usualDenial: Denial = {
  code: "AccessDeniedException",
  exception: undefined,
  statusCode: 400,
};

/** Services that refuse in another way, as SDK integrations name them. *Observed* for Lambda, *documented* for the others. */
const denials: { readonly [service: string]: Denial } = {
  lambda: { ...usualDenial, statusCode: 403 },
  s3: { code: "AccessDenied", exception: undefined, statusCode: 403 },
  sns: { code: "AuthorizationError", exception: "AuthorizationErrorException", statusCode: 403 },
  sqs: { code: "AccessDenied", exception: undefined, statusCode: 403 },
};

/** How a task ends whose call the service refuses, because its role may not make it: in that service's words. */
export async function deniedOutcome(
  request: TaskRequest,
  message: string,
  { clients, ids }: DenialOptions,
): Promise<TaskOutcome> {
  const own = deniedByItself(request.resource, message);
  if (own !== undefined) return own;
  const { service, wording } = called(request.resource);
  const { region } = scopeOfArn(request.executionArn);
  const denial = Object.hasOwn(denials, service) ? denials[service] : undefined;
  // A service that has no client is not called at all; its error then has the name that the definition has.
  const connection = wording.sdk === 1 ? undefined : await clients.connect(service, region);
  const errorPrefix =
    connection?.type === "connected"
      ? connection.service.errorPrefix
      : connection?.type === "unconfigured"
        ? connection.errorPrefix
        : service;
  const refusal = { ...(denial ?? usualDenial), message, requestId: ids.uuid() };
  const read = callOutcome({ type: "refused", refusal, errorPrefix }, wording, request);
  if (!("outcome" in read)) throw new Error("a refusal has no result");
  return read.outcome;
}

/**
 * *Documented*: an error of API Gateway has its status and its body. *Our choice* for HTTP tasks, of which nothing was recorded, and for what is Stepwell's own: the
 * error of a task whose role may not do what it says.
 */
function deniedByItself(
  resource: TaskRequest["resource"],
  message: string,
): TaskOutcome | undefined {
  if (resource.kind !== "service") return undefined;
  if (resource.resourceType === "http" || resource.resourceType === "stepwell") {
    return { type: "failed", error: "States.Permissions", cause: message };
  }
  if (resource.resourceType !== "apigateway") return undefined;
  return { type: "failed", error: "ApiGateway.403", cause: JSON.stringify({ Message: message }) };
}

function called(resource: TaskRequest["resource"]): {
  readonly service: string;
  readonly wording: Wording;
} {
  if (resource.kind === "lambda" || resource.resourceType === "lambda") {
    return { service: "lambda", wording: lambdaWording };
  }
  const { resourceType, action } = resource;
  const description = descriptions.find(({ service }) => service === resourceType);
  if (description !== undefined && description.calls !== "this engine") {
    const { client = description.calls.client } = description.actions[action] ?? {};
    return { service: client, wording: description.wording };
  }
  return { service: resourceType.replace("aws-sdk:", "").toLowerCase(), wording: { sdk: 2 } };
}
