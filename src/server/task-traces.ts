import type { FunctionCaller } from "../ports/function-logs.ts";
import type { TraceHeaders } from "../ports/trace-headers.ts";
import type { ExecutionSpans } from "../telemetry/tracing/execution-spans.ts";
import { parseTraceHeader, spanIdOf, traceHeadersOf } from "../telemetry/tracing/trace-context.ts";

/**
 * The trace that what a task calls is told of. Where spans are told, the call's own span is the parent; where none are, a context that
 * somebody has given to the execution goes on as it came, and without one there is no trace.
 */
export function taskTraces(
  spans: Pick<ExecutionSpans, "contextOfCall"> | undefined,
): (caller: FunctionCaller) => TraceHeaders | undefined {
  if (spans !== undefined) return (caller) => traceHeadersOf(spans.contextOfCall(caller));
  return ({ executionArn, traceHeader, taskId }) => {
    const given = traceHeader === undefined ? undefined : parseTraceHeader(traceHeader);
    if (given === undefined) return undefined;
    const { parentSpanId = spanIdOf(executionArn, taskId) } = given;
    return traceHeadersOf({ ...given, parentSpanId });
  };
}
