import type { EpochMs, TaskId } from "../machine/ids.ts";

/** The attempt of a task that a function was called for: what it prints belongs there. */
export interface FunctionCaller {
  readonly executionArn: string;
  readonly taskId: TaskId;
  /** What the execution was started with: X-Ray's form, or W3C's `traceparent`. */
  readonly traceHeader?: string | undefined;
}

/** Lines that a function printed at a time: how they came out of its process. */
export interface PrintedText {
  /** Counts all that was printed, of every function: what is asked for next comes after it. */
  readonly id: number;
  /** When the engine read it, which is shortly after it was printed. */
  readonly at: EpochMs;
  readonly stream: "stdout" | "stderr";
  readonly text: string;
}

/** What one call of a function printed, as far as it is kept. */
export interface InvocationLog {
  readonly printed: readonly PrintedText[];
  /** It printed more than is kept of one call: the first of it is gone. */
  readonly isCut: boolean;
}

/** Where a function's code runs: as a process of this server, behind a URL, or in AWS or its stand-in. */
export type FunctionPlace = "local" | "url" | "elsewhere";

/** What the functions that run here print, by the attempt that called them. */
export interface FunctionLogReader {
  /** `functionName` as a definition names it; the execution says in which Region and account it is meant. */
  placeOf(
    functionName: string,
    executionArn: string,
  ): { readonly name: string; readonly place: FunctionPlace };
  /** What was printed after `after`; nothing is known of a call that printed nothing. */
  printedBy(caller: FunctionCaller, after: number): InvocationLog;
  /** The end of what a function has printed here, whoever called it; empty where nothing is kept. */
  printedLast(name: string): string;
  /** What was printed before this time may be gone. */
  readonly keptSince: EpochMs;
}
