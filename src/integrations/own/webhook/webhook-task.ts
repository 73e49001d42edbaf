import type { JsonObject } from "../../../expression/json.ts";
import { Payload } from "../../../expression/payload.ts";
import type { TaskHandler, TaskOutcome, TaskRequest } from "../../../ports/task-handler.ts";
import { resultTooLong } from "../../aws/call-failures.ts";
import { noAnswerMessage } from "../../aws/sdk-error.ts";
import { addressRefusal } from "../../http/address-guard.ts";
import type { HttpClient, HttpOutcome } from "../../http/http-client.ts";
import { bodyValue, isSuccess, readBody, statusTextOf } from "../../http/http-result.ts";
import type { IntegrationOptions } from "../../integration-options.ts";
import { invalidParameters, parametersRefusal } from "../../invalid-parameters.ts";
import { taskFailed } from "../../stand-ins/stand-in-answer.ts";
import { webhookCall, webhookProblems } from "./webhook-parameters.ts";

/** *Our choice*: as HTTP tasks have. */
const timeoutMs = 60_000;

/**
 * `arn:stepwell:states:::webhook.waitForTaskToken`: a URL by which whoever has it ends the task, told to a service by one call if
 * the task names one. Addresses are checked as those of HTTP tasks are; redirects are not followed.
 *
 * *Our choices*, the errors: `Webhook.StatusCode.<n>` with the status text, and `Webhook.ConnectionException`.
 */
export function webhookTask(
  options: Pick<IntegrationOptions, "links" | "http"> & { readonly client: HttpClient },
): TaskHandler {
  const { links, http = {}, client } = options;
  return {
    handles: (resource) =>
      resource.kind === "service" &&
      resource.resourceType === "stepwell" &&
      resource.action === "webhook",
    refuseParameters: (_, parameters) =>
      parametersRefusal(parameters, webhookProblems(parameters.value)),
    async run(request, { signal }) {
      const problems = webhookProblems(request.parameters.value);
      if (problems.length > 0) return invalidParameters(request.parameters, problems);
      const { executionArn, taskId } = request;
      const callbackUrl = await links?.callbackUrl({ executionArn, taskId });
      if (callbackUrl === undefined) return taskFailed(notServed);
      const call = webhookCall(request.parameters.value as JsonObject, callbackUrl);
      if (call === undefined) return submitted({ CallbackUrl: callbackUrl });
      if (call.url.protocol === "http:" && http.allowHttp !== true) {
        return taskFailed(
          "The Url begins with http://, which this server does not call: use https://, or set http.allowHttp in the configuration.",
        );
      }
      const outcome = await client.send({ ...call, signal, timeoutMs });
      return called(outcome, callbackUrl, request);
    },
  };
}

const notServed =
  "Nobody can call back: there is no server here. Run the definition with stepwell start, or mock this state.";

function called(outcome: HttpOutcome, callbackUrl: string, request: TaskRequest): TaskOutcome {
  switch (outcome.type) {
    case "answered": {
      const { statusCode } = outcome;
      if (!isSuccess(outcome)) {
        const cause = statusTextOf(outcome);
        return { type: "failed", error: `Webhook.StatusCode.${statusCode}`, cause };
      }
      const body = readBody(outcome);
      return submitted({
        CallbackUrl: callbackUrl,
        StatusCode: statusCode,
        StatusText: statusTextOf(outcome),
        ...(body !== "unsupported" && { ResponseBody: bodyValue(body) }),
      });
    }
    case "aborted":
      return { type: "pending" };
    case "tooLong":
      return resultTooLong(request);
    case "timedOut":
      return notReached("The request timed out after 60 seconds");
    case "failed":
      return notReached(noAnswerMessage(outcome.error));
    case "addressRefused":
      return { type: "rejected", cause: addressRefusal(outcome.host) };
  }
}

function submitted(result: JsonObject): TaskOutcome {
  return { type: "succeeded", output: Payload.ofValue(result) };
}

function notReached(cause: string): TaskOutcome {
  return { type: "failed", error: "Webhook.ConnectionException", cause };
}
