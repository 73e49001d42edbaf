import type { LogFields, Logger } from "../ports/logger.ts";

const levels = ["debug", "info", "warn", "error"] as const;

export type LogLevel = (typeof levels)[number];

/** Log lines of the server on standard error: level, message, and its fields as `name=value`. */
export function stderrLogger(lowest: LogLevel): Logger {
  const from = levels.indexOf(lowest);
  const log = (level: LogLevel) => (message: string, fields?: LogFields) => {
    if (levels.indexOf(level) < from) return;
    const shown = Object.entries(fields ?? {})
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => ` ${name}=${String(value)}`);
    process.stderr.write(`${level} ${message}${shown.join("")}\n`);
  };
  return { debug: log("debug"), info: log("info"), warn: log("warn"), error: log("error") };
}
