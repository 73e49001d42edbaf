import type { ExecutionLog } from "../../ports/execution-log.ts";
import { createRotatingFile, type RotatingFileOptions } from "./rotating-file.ts";

/** Appends the records to a file, one on each line; rotated by size, as every log is. */
export function createJsonLinesFile(options: Omit<RotatingFileOptions, "name">): ExecutionLog {
  const file = createRotatingFile({ ...options, name: "The executions' log" });
  return {
    write(entries) {
      for (const { text } of entries) file.append(`${text}\n`);
    },
    close: () => file.close(),
  };
}
