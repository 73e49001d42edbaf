import { Payload } from "../../expression/payload.ts";
import type { TaskOutcome, TaskRequest } from "../../ports/task-handler.ts";
import { resultTooLong } from "../aws/call-failures.ts";
import { noAnswerMessage } from "../aws/sdk-error.ts";
import { addressRefusal } from "./address-guard.ts";
import type { HttpOutcome } from "./http-client.ts";
import {
  bodyValue,
  headerLists,
  httpResult,
  isSuccess,
  readBody,
  statusTextOf,
} from "./http-result.ts";
import type { SecretMask } from "../redaction/secret-mask.ts";

/** What stands before the names of the errors of an integration that calls an API over HTTP. */
export type HttpErrorPrefix = "ApiGateway" | "EKS";

/**
 * An HTTP answer as `apigateway:invoke` and `eks:call` show it.
 *
 * *Observed* for API Gateway, also that headers are in alphabetical order whatever their case is, and *documented*: its errors
 * are named by their status, with the body as the cause. *Our choice* for EKS, whose `EKS.409` others have published.
 */
export function serviceResult(
  outcome: HttpOutcome,
  prefix: HttpErrorPrefix,
  request: TaskRequest,
  mask: SecretMask,
): TaskOutcome {
  if (outcome.type !== "answered") return noResult(outcome, prefix, request, mask);
  const { statusCode } = outcome;
  const statusText = mask.text(statusTextOf(outcome));
  const read = readBody(outcome);
  if (!isSuccess(outcome)) {
    const text = read === "unsupported" ? "" : mask.text(read.text);
    const cause = text === "" ? statusText : text;
    return { type: "failed", error: `${prefix}.${statusCode}`, cause };
  }
  if (read === "unsupported") {
    return { type: "rejected", cause: "The response cannot be read as text" };
  }
  const sorted = mask
    .headers(outcome.headers)
    .toSorted(([a], [b]) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1));
  const body = mask.value(bodyValue(read));
  const headers = headerLists(sorted);
  return {
    type: "succeeded",
    output: Payload.ofValue(httpResult({ headers, body, statusCode, statusText })),
  };
}

/** *Our choice* of names: those that the AWS SDK's own failures have elsewhere. */
function noResult(
  outcome: Exclude<HttpOutcome, { type: "answered" }>,
  prefix: HttpErrorPrefix,
  request: TaskRequest,
  mask: SecretMask,
): TaskOutcome {
  const failed = (cause: string): TaskOutcome => ({
    type: "failed",
    error: `${prefix}.SdkClientException`,
    cause,
  });
  switch (outcome.type) {
    case "aborted":
      return { type: "pending" };
    case "tooLong":
      return resultTooLong(request);
    case "timedOut":
      return failed("Unable to execute HTTP request: Read timed out");
    case "failed":
      return failed(mask.text(noAnswerMessage(outcome.error)));
    case "addressRefused":
      return {
        type: "rejected",
        cause: addressRefusal(outcome.host),
      };
  }
}
