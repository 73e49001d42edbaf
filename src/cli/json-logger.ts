import type { FunctionLogSink } from "../integrations/functions/invocation.ts";
import type { LogFields, Logger } from "../ports/logger.ts";
import { spanIdOf, traceIdOf } from "../telemetry/tracing/trace-context.ts";

/** Log lines for programs, on stderr: a JSON object each. `verbose` adds those that only help to find a mistake in Stepwell. */
export function jsonLogger(verbose: boolean): Logger {
  return {
    debug: (message, fields) => {
      if (verbose) writeLine("debug", message, fields);
    },
    info: (message, fields) => writeLine("info", message, fields),
    warn: (message, fields) => writeLine("warn", message, fields),
    error: (message, fields) => writeLine("error", message, fields),
  };
}

/** What functions print, each line an object with the execution that called. */
export const functionLogObjects: FunctionLogSink = (name, stream, text, owner) => {
  for (const line of text.replace(/\n$/, "").split("\n")) {
    writeLine("info", line, {
      function: name,
      stream,
      requestId: owner?.requestId,
      ...(owner && {
        executionArn: owner.executionArn,
        traceHeader: owner.traceHeader,
        taskId: owner.taskId,
      }),
    });
  }
};

/** A line about an execution names its span, one about a task that of its call, and, where it is known, the trace that both are in. */
function writeLine(level: string, message: string, fields: LogFields = {}): void {
  const time = new Date().toISOString();
  const { traceHeader: _, ...shown } = fields;
  const traced = placeInTrace(fields);
  process.stderr.write(`${JSON.stringify({ ...shown, ...traced, time, level, message })}\n`);
}

/** A line that does not say what its execution was started with may not claim a trace. */
function placeInTrace(fields: LogFields): LogFields {
  const { executionArn, taskId, traceHeader } = fields;
  if (typeof executionArn !== "string") return {};
  return {
    ...("traceHeader" in fields && {
      traceId: traceIdOf(executionArn, traceHeader === undefined ? undefined : String(traceHeader)),
    }),
    spanId: spanIdOf(executionArn, typeof taskId === "number" ? taskId : undefined),
  };
}
