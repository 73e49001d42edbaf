import { Buffer } from "node:buffer";
import type { Clock } from "../../ports/clock.ts";
import type { Ids } from "../../ports/ids.ts";
import type { Logger } from "../../ports/logger.ts";
import type { IntegrationOptions } from "../integration-options.ts";
import type { FunctionReference } from "./function-name.ts";
import type { InvocationOutcome, LocalFunction } from "../functions/invocation.ts";
import { isJsonText } from "../functions/json-text.ts";
import type { LambdaAnswer, LambdaCall } from "./lambda-call.ts";
import { localRefusal } from "./local-refusal.ts";
import { utf8Length } from "../../expression/payload.ts";

export interface LocalLambdaOptions {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly logger: Logger;
  readonly trace?: IntegrationOptions["trace"];
}

/** Calls a local function as Lambda's Invoke would. */
export async function invokeLocally(
  local: LocalFunction,
  reference: FunctionReference,
  call: LambdaCall,
  options: LocalLambdaOptions,
  version = "$LATEST",
): Promise<LambdaAnswer> {
  const requestId = options.ids.uuid();
  const event = call.payload ?? "{}";
  // What comes as text need not be JSON; what was computed is.
  if (!call.payloadIsJson && call.payload !== undefined && !isJsonText(call.payload))
    return notJson(call.payload, requestId);
  const answered = (
    statusCode: number,
    payload: string,
    logResult?: string,
  ): Extract<LambdaAnswer, { type: "answered" }> => ({
    type: "answered",
    statusCode,
    payload,
    executedVersion: version,
    ...(logResult === undefined ? {} : { logResult }),
    metadata: () =>
      metadataMembers({ requestId, version }, statusCode, payload, logResult, options.clock.now()),
  });
  if (call.invocationType === "DryRun") return answered(204, "");
  const invocation = {
    requestId,
    event,
    functionArn: reference.arn,
    ...(call.clientContext === undefined ? {} : { clientContext: call.clientContext }),
    tail: call.logType === "Tail",
    ...(call.caller && {
      owner: {
        requestId,
        executionArn: call.caller.executionArn,
        taskId: call.caller.taskId,
        traceHeader: call.caller.traceHeader,
      },
      trace: options.trace?.(call.caller),
    }),
  };
  if (call.invocationType === "Event") {
    void local
      .invoke({ ...invocation, signal: new AbortController().signal })
      .then((outcome) => logAsynchronousFailure(outcome, reference, options.logger));
    return answered(202, "");
  }
  const outcome = await local.invoke({ ...invocation, signal: call.signal });
  const log = outcome.log === undefined ? undefined : Buffer.from(outcome.log).toString("base64");
  return outcome.type === "returned"
    ? answered(200, outcome.payload, log)
    : { ...answered(200, outcome.document, log), functionError: "Unhandled" };
}

function logAsynchronousFailure(
  outcome: InvocationOutcome,
  reference: FunctionReference,
  logger: Logger,
): void {
  if (outcome.type === "failed") {
    logger.warn("An asynchronously invoked function failed", {
      function: reference.name,
      error: outcome.document,
    });
  }
}

/**
 * *Observed*: the headers of Lambda's answers, in the order of the recordings. Written out, because a task's result is
 * on the hot path: put together by `sdkMetadataMembers` it costs as much as the call itself (6 µs).
 */
function metadataMembers(
  { requestId, version }: { readonly requestId: string; readonly version: string },
  statusCode: number,
  payload: string,
  logResult: string | undefined,
  now: number,
): string {
  const length = utf8Length(payload);
  const date = new Date(now).toUTCString();
  const seconds = Math.floor(now / 1000).toString(16);
  const trace = `Root=1-${seconds}-${requestId.replaceAll("-", "").slice(0, 24)};Sampled=0`;
  const logList = logResult === undefined ? "" : `"X-Amz-Log-Result":["${logResult}"],`;
  const log = logResult === undefined ? "" : `"X-Amz-Log-Result":"${logResult}",`;
  return (
    `"SdkHttpMetadata":{"AllHttpHeaders":{${logList}"X-Amz-Executed-Version":["${version}"],` +
    `"x-amzn-Remapped-Content-Length":["0"],"Connection":["keep-alive"],"x-amzn-RequestId":["${requestId}"],` +
    `"Content-Length":["${length}"],"Date":["${date}"],"X-Amzn-Trace-Id":["${trace}"],` +
    `"Content-Type":["application/json"]},"HttpHeaders":{"Connection":"keep-alive","Content-Length":"${length}",` +
    `"Content-Type":"application/json","Date":"${date}","X-Amz-Executed-Version":"${version}",${log}` +
    `"x-amzn-Remapped-Content-Length":"0","x-amzn-RequestId":"${requestId}","X-Amzn-Trace-Id":"${trace}"},` +
    `"HttpStatusCode":${statusCode}},"SdkResponseMetadata":{"RequestId":"${requestId}"}`
  );
}

/** *Observed* wording of Lambda; where in the text the parser stopped is left out. */
function notJson(payload: string, requestId: string): LambdaAnswer {
  const token = /^\s*([^\s,:[\]{}"]*)/.exec(payload)?.[1] ?? "";
  const message = `Could not parse request body into json: Could not parse payload into json: Unrecognized token '${token}': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')`;
  return localRefusal(
    { statusCode: 400, code: "InvalidRequestContentException", message },
    requestId,
  );
}
