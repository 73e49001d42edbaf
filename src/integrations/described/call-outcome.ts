import { type JsonObject, setMember } from "../../expression/json.ts";
import type { TaskOutcome, TaskRequest } from "../../ports/task-handler.ts";
import { clientTooOld, notInstalled, resultTooLong, roleNotAssumed } from "../aws/call-failures.ts";
import { type SdkRefusal, sdkV2Cause } from "../aws/sdk-error.ts";
import { invalidParameters } from "../invalid-parameters.ts";
import { exceptionName, sdkErrorCause, sdkMetadataMembers } from "../sdk-metadata.ts";
import type { Wording } from "./description.ts";
import type { ServiceAnswer } from "./service-call.ts";

/** The result of a call, or how the task ends without one. */
export type CallOutcome = { readonly output: JsonObject } | { readonly outcome: TaskOutcome };

/** A service's answer in the words of the integration that called it. */
export function callOutcome(
  answer: ServiceAnswer,
  wording: Wording,
  request: TaskRequest,
): CallOutcome {
  switch (answer.type) {
    case "answered":
      return { output: wording.sdk === 1 ? withMetadata(answer, wording.headers) : answer.output };
    case "refused":
      return { outcome: refused(answer.refusal, wording, answer.errorPrefix) };
    case "noAnswer":
      return { outcome: clientFailed(answer.message, wording, answer.errorPrefix) };
    case "unconfigured":
      return {
        outcome: failed(prefixOf(wording, answer.errorPrefix), {
          error: "SdkClientException",
          cause: `${noCredentials[wording.sdk]}: the AWS SDK is not configured, and no endpoint is named by AWS_ENDPOINT_URL`,
        }),
      };
    case "invalid":
      return { outcome: invalidParameters(request.parameters, answer.problems) };
    case "tooLong":
      return { outcome: resultTooLong(request) };
    case "notInstalled":
      return { outcome: notInstalled(request, answer.packageName) };
    case "clientTooOld":
      return { outcome: clientTooOld(request) };
    case "notAssumed":
      return { outcome: roleNotAssumed(answer.cause) };
    case "noSuchOperation":
      return {
        outcome: {
          type: "rejected",
          cause: `The resource '${request.resource.arn}' names no operation that the installed client of the service describes.`,
        },
      };
  }
}

/** How the two versions of the AWS SDK for Java begin. */
const noCredentials = {
  1: "Unable to load AWS credentials from any provider in the chain",
  2: "Unable to load credentials from any of the providers in the chain",
};

/** *Observed*: errors that the service's model does not list have the name of the SDK's base class. */
function refused(refusal: SdkRefusal, wording: Wording, errorPrefix: string): TaskOutcome {
  const prefix = prefixOf(wording, errorPrefix);
  const base = wording.sdk === 1 ? wording.baseException : `${prefix}Exception`;
  return failed(prefix, {
    error: refusal.exception === undefined ? base : exceptionName(refusal.exception),
    cause:
      wording.sdk === 1
        ? sdkErrorCause({ ...refusal, service: wording.serviceName })
        : sdkV2Cause(refusal, errorPrefix),
  });
}

function clientFailed(message: string, wording: Wording, errorPrefix: string): TaskOutcome {
  const cause = wording.sdk === 1 ? message : `${message} (SDK Attempt Count: 1)`;
  return failed(prefixOf(wording, errorPrefix), { error: "SdkClientException", cause });
}

function prefixOf(wording: Wording, errorPrefix: string): string {
  return wording.errorPrefix ?? errorPrefix;
}

function failed(
  prefix: string,
  { error, cause }: { readonly error: string; readonly cause: string },
): TaskOutcome {
  return { type: "failed", error: `${prefix}.${error}`, cause };
}

/** *Observed*: the metadata stand between the members, all in alphabetical order. */
function withMetadata(
  answer: Extract<ServiceAnswer, { type: "answered" }>,
  headers: readonly string[],
): JsonObject {
  const { requestId, statusCode } = answer;
  const shown = headers.flatMap((name) => {
    const value = answer.headers[name.toLowerCase()];
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
