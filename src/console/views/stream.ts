import type { ExecutionChange } from "./execution.ts";
import type { ExecutionRow } from "./executions.ts";

/** How a stream begins: an event of its own (`start`), before all frames. */
export interface StreamStart {
  readonly build: string;
  /** Where rows are told from; absent: from where the stream before had come to, as was asked for. */
  readonly at?: string;
}

/** A frame of the stream. */
export type StreamFrame =
  /** The first of each stream that goes on from no other, and whenever something was lost: what is shown is to be read anew. */
  | { readonly topic: "reload" }
  /** `at`: a stream that goes on from here loses nothing. */
  | {
      readonly topic: "executions";
      readonly rows: readonly ExecutionRow[];
      readonly at?: string;
    }
  | { readonly topic: "execution"; readonly change: ExecutionChange };
