import type { FunctionLogSink } from "../integrations/functions/invocation.ts";
import type { LogFields, Logger } from "../ports/logger.ts";
import { spanIdOf } from "../telemetry/tracing/trace-context.ts";

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
      executionArn: owner?.executionArn,
      requestId: owner?.requestId,
    });
  }
};

/** A line about an execution names its span: that is the same in whichever trace the execution is. */
function writeLine(level: string, message: string, fields: LogFields = {}): void {
  const { executionArn } = fields;
  const spanId = typeof executionArn === "string" ? spanIdOf(executionArn) : undefined;
  const time = new Date().toISOString();
  process.stderr.write(`${JSON.stringify({ ...fields, spanId, time, level, message })}\n`);
}
