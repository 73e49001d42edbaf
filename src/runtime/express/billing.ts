/** What a synchronous Express execution is billed for. */
export interface Billing {
  readonly durationMs: number;
  readonly memoryMB: number;
}

/** Documented: time is billed in steps of 100 ms and memory in steps of 64 MB. */
const stepMs = 100;
const stepMB = 64;

/** Our estimate of what an execution takes before it holds any document. Observed: small ones are billed 64 MB. */
const baseBytes = 32 * 1024 * 1024;
/** Our estimate: a document as text, and as what was parsed from it. */
const bytesPerCharacter = 2;

/**
 * Billed duration and memory.
 *
 * AWS says of memory only that it comes from the size of the definition, the use of Map and Parallel, and the documents.
 * Our estimate: a base, and the definition and all documents of the history twice. It is a figure to compare one
 * design of a workflow with another, not a bill.
 */
export function billing(measured: {
  readonly durationMs: number;
  readonly definitionCharacters: number;
  readonly documentCharacters: number;
}): Billing {
  const characters = measured.definitionCharacters + measured.documentCharacters;
  const megabytes = (baseBytes + characters * bytesPerCharacter) / (1024 * 1024);
  return {
    durationMs: Math.max(1, Math.ceil(measured.durationMs / stepMs)) * stepMs,
    memoryMB: Math.ceil(megabytes / stepMB) * stepMB,
  };
}
