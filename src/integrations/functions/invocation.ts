import type { FunctionCaller } from "../../ports/function-logs.ts";
import type { TraceHeaders } from "../../ports/trace-headers.ts";

/** One call of a function, whatever it is written in. */
export interface Invocation {
  readonly requestId: string;
  /** The event, as JSON text. */
  readonly event: string;
  readonly functionArn: string;
  /** JSON text of `ClientContext`, where the caller gave one. */
  readonly clientContext?: string;
  /** Whether the caller wants the last of the call's log back (`LogType: Tail`). */
  readonly tail: boolean;
  readonly signal: AbortSignal;
  /** The trace that it belongs to; absent: none is known. */
  readonly trace?: TraceHeaders | undefined;
  /** Who called it; absent: nobody who would look at what it prints. */
  readonly owner?: InvocationOwner;
}

/** An attempt of a task and the call that it made. It is kept for a while after the call, and so has none of its documents. */
export interface InvocationOwner extends FunctionCaller {
  readonly requestId: string;
}

export type InvocationOutcome =
  /** What the function returned: JSON text, unless it is a program or URL that answers with something else. */
  | { readonly type: "returned"; readonly payload: string; readonly log?: string }
  /** The function failed: Lambda's error document (`errorType`, `errorMessage` …) as the runtime wrote it. */
  | { readonly type: "failed"; readonly document: string; readonly log?: string };

/** A function that can be called here: code in a folder, a program, or a URL. */
export interface LocalFunction {
  invoke(invocation: Invocation): Promise<InvocationOutcome>;
  /** Takes no more calls; what runs may finish, then its processes end. */
  retire(): void;
  /** Whether calls or processes are left that {@link close} would end. */
  readonly busy: boolean;
  /** Ends its processes at once. */
  close(): void;
}

/** Receives what functions print, and whose it is where that is known. */
export type FunctionLogSink = (
  functionName: string,
  stream: "stdout" | "stderr",
  text: string,
  owner?: InvocationOwner,
) => void;

/** Documented: Lambda, maximum size of a synchronous response, 6 MB; the figure is that of its error message. */
export const maxResponseBytes = 6_291_556;

/** Documented: Lambda's longest time-out. Our choice as the default, since a function here has no configuration. */
export const defaultTimeoutSeconds = 900;
