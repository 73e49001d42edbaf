import type { Logger } from "../../ports/logger.ts";
import type { Redactor } from "../../ports/redactor.ts";
import { createRotatingFile } from "../logs/rotating-file.ts";
import type { FunctionLogSink } from "./invocation.ts";
import { InvocationLogs } from "./invocation-logs.ts";

export interface FunctionLogs {
  readonly append: FunctionLogSink;
  /** What the function printed last. */
  read(functionName: string): string;
  /** The same by the attempt that called. */
  readonly invocations: InvocationLogs;
  /** Resolves when everything is in the file. */
  close(): Promise<void>;
}

/** Our choice: how much of a function's output is kept in memory. */
const keptCharacters = 65_536;

/**
 * Keeps what functions print: the last of each in memory, all of it in `file` where one is given (rotated by size, a line
 * with time, function and stream before each piece), and passes it on to `sink`.
 */
export function createFunctionLogs(options: {
  readonly now: () => number;
  readonly logger: Logger;
  readonly file?: string;
  /** A file that is this large makes room for a new one. */
  readonly rotateBytes?: number;
  readonly sink?: FunctionLogSink;
  /** Takes secrets out of each piece, as it comes from the pipe. */
  readonly redactor?: Pick<Redactor, "text"> | undefined;
}): FunctionLogs {
  const { redactor } = options;
  const kept = new Map<string, string>();
  const invocations = new InvocationLogs(options.now);
  const file =
    options.file === undefined
      ? undefined
      : createRotatingFile({
          path: options.file,
          logger: options.logger,
          name: "The functions' log",
          ...(options.rotateBytes === undefined ? {} : { rotateBytes: options.rotateBytes }),
        });
  return {
    append(functionName, name, printed, owner) {
      const text = redactor === undefined ? printed : redactor.text(printed);
      const all = (kept.get(functionName) ?? "") + text;
      kept.set(functionName, all.length > 2 * keptCharacters ? all.slice(-keptCharacters) : all);
      file?.append(
        `${new Date(options.now()).toISOString()} ${functionName} ${name}\n${text}${text.endsWith("\n") ? "" : "\n"}`,
      );
      if (owner !== undefined) invocations.append(name, text, owner);
      options.sink?.(functionName, name, text, owner);
    },
    invocations,
    read: (functionName) => kept.get(functionName) ?? "",
    close: async () => file?.close(),
  };
}
