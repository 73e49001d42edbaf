import type { LogFields, Logger } from "../ports/logger.ts";
import { styled, type Style } from "./terminal.ts";

/** Log lines for people, on stderr. `verbose` adds those that only help to find a mistake in Stepwell. */
export function consoleLogger(verbose: boolean): Logger {
  const write = (level: string, style: Style, message: string, fields: LogFields = {}): void => {
    const details = Object.entries(fields)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => ` ${name}=${String(value)}`);
    process.stderr.write(
      `${styled(process.stderr, style, `${level}:`)} ${message}${details.join("")}\n`,
    );
  };
  return {
    debug: (message, fields) => {
      if (verbose) write("debug", "dim", message, fields);
    },
    info: (message, fields) => write("info", "dim", message, fields),
    warn: (message, fields) => write("warning", "yellow", message, fields),
    error: (message, fields) => write("error", "red", message, fields),
  };
}

/** What functions print, each line with the function's name before it, on stderr. */
export function functionLogLines(name: string, _stream: "stdout" | "stderr", text: string): void {
  const label = styled(process.stderr, "cyan", `[${name}]`);
  for (const line of text.replace(/\n$/, "").split("\n")) {
    process.stderr.write(`${label} ${line}\n`);
  }
}
