import { createWriteStream } from "node:fs";
import type { FunctionLogSink } from "./invocation.ts";

export interface FunctionLogs {
  readonly append: FunctionLogSink;
  /** What the function printed last. */
  read(functionName: string): string;
  close(): void;
}

/** Our choice: how much of a function's output is kept in memory. */
const keptCharacters = 65_536;

/**
 * Keeps what functions print: the last of each in memory, all of it in `file` where one is given (append-only, a line
 * with time, function and stream before each piece), and passes it on to `sink`.
 */
export function createFunctionLogs(options: {
  readonly now: () => number;
  readonly file?: string;
  readonly sink?: FunctionLogSink;
}): FunctionLogs {
  const kept = new Map<string, string>();
  const stream =
    options.file === undefined ? undefined : createWriteStream(options.file, { flags: "a" });
  // A log that cannot be written must not stop the engine; what is kept in memory still shows it.
  stream?.on("error", () => {});
  return {
    append(functionName, name, text) {
      const all = (kept.get(functionName) ?? "") + text;
      kept.set(functionName, all.length > 2 * keptCharacters ? all.slice(-keptCharacters) : all);
      stream?.write(
        `${new Date(options.now()).toISOString()} ${functionName} ${name}\n${text}${text.endsWith("\n") ? "" : "\n"}`,
      );
      options.sink?.(functionName, name, text);
    },
    read: (functionName) => kept.get(functionName) ?? "",
    close: () => stream?.end(),
  };
}
