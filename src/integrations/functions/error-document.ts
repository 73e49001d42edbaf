import { utf8Length } from "../../expression/payload.ts";
import { type InvocationOutcome, maxResponseBytes } from "./invocation.ts";

function failed(errorType: string, errorMessage: string): InvocationOutcome {
  return { type: "failed", document: JSON.stringify({ errorType, errorMessage }) };
}

/** The function ran for longer than its time-out and was killed. *Observed*: Lambda's document. */
export function timedOut(requestId: string, timeoutSeconds: number): InvocationOutcome {
  return failed(
    "Sandbox.Timedout",
    `RequestId: ${requestId} Error: Task timed out after ${timeoutSeconds.toFixed(2)} seconds`,
  );
}

/** The process ended in the middle of the call. *Observed*: Lambda's document. */
export function exited(
  requestId: string,
  status: number | null,
  signal: string | null,
): InvocationOutcome {
  const how =
    status === 0
      ? "Runtime exited without providing a reason"
      : `Runtime exited with error: ${signal === null ? `exit status ${status}` : `signal: ${signalText(signal)}`}`;
  return failed("Runtime.ExitError", `RequestId: ${requestId} Error: ${how}`);
}

/** The function's process could not be started at all: the message says what to do. */
export function notStarted(requestId: string, message: string): InvocationOutcome {
  return failed("Runtime.InvalidEntrypoint", `RequestId: ${requestId} Error: ${message}`);
}

/** Nobody waits for the outcome any more. */
export function stopped(requestId: string): InvocationOutcome {
  return failed(
    "Sandbox.Stopped",
    `RequestId: ${requestId} Error: The call was stopped before it ended`,
  );
}

/** The payload, unless it is larger than what Lambda passes on. *Documented*: 6 MB for synchronous calls. */
export function returned(payload: string): InvocationOutcome {
  if (payload.length * 3 > maxResponseBytes && utf8Length(payload) > maxResponseBytes) {
    return failed(
      "Function.ResponseSizeTooLarge",
      `Response payload size exceeded maximum allowed payload size (${maxResponseBytes} bytes).`,
    );
  }
  return { type: "returned", payload };
}

function signalText(signal: string): string {
  const names: { readonly [signal: string]: string } = {
    SIGKILL: "killed",
    SIGTERM: "terminated",
    SIGABRT: "aborted",
    SIGSEGV: "segmentation fault",
  };
  return names[signal] ?? signal;
}
