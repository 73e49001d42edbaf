import type { LogFields, Logger } from "../../ports/logger.ts";
import type { Redactor } from "../../ports/redactor.ts";

/** The logger, which is given no secret that is known. */
export function redactedLogger(logger: Logger, redactor: Pick<Redactor, "text">): Logger {
  const write =
    (level: keyof Logger): Logger[keyof Logger] =>
    (message, fields) =>
      logger[level](redactor.text(message), fields && redactedFields(fields, redactor));
  return {
    debug: write("debug"),
    info: write("info"),
    warn: write("warn"),
    error: write("error"),
  };
}

function redactedFields(fields: LogFields, redactor: Pick<Redactor, "text">): LogFields {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      typeof value === "string" ? redactor.text(value) : value,
    ]),
  );
}
