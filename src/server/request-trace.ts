import type { IncomingHttpHeaders } from "node:http";
import { isJsonObject } from "../expression/json.ts";
import { parseTraceHeader } from "../telemetry/tracing/trace-context.ts";

/** The operations whose executions can have a trace. */
const starting = new Set(["StartExecution", "StartSyncExecution"]);

/**
 * An input with the trace of its request, where it names none itself: `X-Amzn-Trace-Id`, which AWS takes as well, or `traceparent`. A
 * header that names no trace is passed over.
 */
export function inTraceOfRequest(
  operation: string,
  input: unknown,
  headers: IncomingHttpHeaders,
): unknown {
  if (!starting.has(operation) || !isJsonObject(input) || "traceHeader" in input) return input;
  const traceHeader = [headers["x-amzn-trace-id"], headers["traceparent"]].find(
    (header) => typeof header === "string" && parseTraceHeader(header) !== undefined,
  );
  return typeof traceHeader === "string" ? { ...input, traceHeader } : input;
}
