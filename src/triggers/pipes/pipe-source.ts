import type { JsonObject } from "../../expression/json.ts";

/** Something that has come: what it is called, and what it is to the pipe. */
export interface SourceMessage {
  /** The same whenever it comes again. */
  readonly id: string;
  readonly event: JsonObject;
}

/** Messages that a pipe has for itself until it has said what became of them. */
export interface SourceBatch {
  readonly messages: readonly SourceMessage[];
  /** `done` will not come again; the others will. Called once, also where nothing is done. */
  settle(done: readonly SourceMessage[]): Promise<void>;
}

/** Where a pipe's messages are from. */
export interface PipeSource {
  /** How many batches may be on their way at once. */
  readonly atOnce: number;
  /** Waits for messages for some time; none where there are none. Rejects where the source cannot be reached. */
  receive(signal: AbortSignal): Promise<SourceBatch>;
  close(): Promise<void>;
}

export const emptyBatch: SourceBatch = { messages: [], settle: () => Promise.resolve() };

/** Why a pipe does not go on at present: it is shown, and tried again. */
export class PipeFailure extends Error {
  override readonly name = "PipeFailure";
}
