import { returned, stopped, timedOut } from "./error-document.ts";
import type { Invocation, InvocationOutcome, LocalFunction } from "./invocation.ts";
import { asJson, jsonObject } from "./json-text.ts";

/** Our choice: how much of an answer goes into the error it stands for. */
const messageCharacters = 1_000;

/**
 * A URL as a function: the event is posted as JSON, the answer's body is the result.
 *
 * It may answer as Lambda's own Invoke does, with `X-Amz-Function-Error` and an error document. *Our choice*: a failing
 * status has the error names that every generated `Retry` lists: 429 is `Lambda.TooManyRequestsException`, 5xx
 * `Lambda.ServiceException`, no answer `Lambda.SdkClientException`; others are `Http.StatusCode.<n>`.
 */
export function createUrlFunction(options: {
  readonly url: string;
  readonly timeoutSeconds: number;
}): LocalFunction {
  const closing = new AbortController();
  let running = 0;
  return {
    async invoke(invocation: Invocation): Promise<InvocationOutcome> {
      const { requestId, signal, trace } = invocation;
      const timeout = AbortSignal.timeout(options.timeoutSeconds * 1000);
      running++;
      try {
        const response = await fetch(options.url, {
          method: "POST",
          headers: {
            "content-type": "application/json",
            "lambda-runtime-aws-request-id": requestId,
            "lambda-runtime-invoked-function-arn": invocation.functionArn,
            ...(trace && {
              "lambda-runtime-trace-id": trace.traceHeader,
              "x-amzn-trace-id": trace.traceHeader,
              traceparent: trace.traceparent,
            }),
          },
          body: invocation.event,
          signal: AbortSignal.any([signal, timeout, closing.signal]),
        });
        const body = await response.text();
        if (response.headers.has("x-amz-function-error"))
          return { type: "failed", document: asJson(body) };
        if (response.ok) return returned(asJson(body));
        return failure(response.status, response.statusText, body);
      } catch (error) {
        if (signal.aborted || closing.signal.aborted) return stopped(requestId);
        if (timeout.aborted) return timedOut(requestId, options.timeoutSeconds);
        return document(
          "Lambda.SdkClientException",
          `${options.url} could not be called: ${reason(error)}`,
        );
      } finally {
        running--;
      }
    },
    get busy() {
      return running > 0;
    },
    retire() {},
    close() {
      closing.abort();
    },
  };
}

function failure(status: number, statusText: string, body: string): InvocationOutcome {
  const own = jsonObject(body);
  if (own !== undefined && Object.hasOwn(own, "errorType"))
    return { type: "failed", document: body.trim() };
  const errorType =
    status === 429
      ? "Lambda.TooManyRequestsException"
      : status >= 500
        ? "Lambda.ServiceException"
        : `Http.StatusCode.${status}`;
  const message = body.trim().slice(0, messageCharacters);
  return document(errorType, message === "" ? `${status} ${statusText}`.trim() : message);
}

function document(errorType: string, errorMessage: string): InvocationOutcome {
  return { type: "failed", document: JSON.stringify({ errorType, errorMessage }) };
}

/** `fetch` fails with "fetch failed"; what happened is in the cause. */
function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
