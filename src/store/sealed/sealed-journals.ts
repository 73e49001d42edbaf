import { randomBytes } from "node:crypto";
import type { CommitBatch, ExecutionWrite, JournalChunk, JournalRange } from "../../ports/store.ts";
import {
  checkChunkOrder,
  type ChunkHeader,
  type ReadChunk,
  readChunkHeader,
  writeChunkHeader,
} from "./chunk-header.ts";
import type { Place, Seals } from "./seals.ts";

/** Seals the chunks that commits write, and opens journals. */
export class SealedJournals {
  readonly #seals: Seals;
  /** No other process, and none before, has it. */
  readonly #process = randomBytes(6).toString("hex");
  /** Of each partition, the commit that wrote the last chunk of each execution in memory. */
  readonly #lastCommits = new Map<number, Map<string, number>>();

  constructor(seals: Seals) {
    this.#seals = seals;
  }

  /** The writes of a commit with their chunks sealed. */
  sealWrites({ partition, epoch, sequence, writes }: CommitBatch): readonly ExecutionWrite[] {
    const tenure = `${this.#process}${epoch.toString(36)}`;
    let last = this.#lastCommits.get(partition);
    if (last === undefined) this.#lastCommits.set(partition, (last = new Map<string, number>()));
    return writes.map((write) => {
      const { executionArn, chunk, start, closed, parked } = write;
      const previous = start === undefined ? last.get(executionArn) : 0;
      const leaves = closed !== undefined || (parked !== undefined && parked !== null);
      // When it is back, its journal will have been read.
      if (leaves) last.delete(executionArn);
      else if (chunk !== undefined) last.set(executionArn, sequence);
      else if (start !== undefined) last.set(executionArn, 0);
      if (chunk === undefined) return write;
      const header = { tenure, sequence, ...(previous !== undefined && { previous }) };
      return { ...write, chunk: this.seal(executionArn, chunk, header) };
    });
  }

  /** Nothing is known any more of who writes in the partition. */
  forget(partition: number): void {
    this.#lastCommits.delete(partition);
  }

  seal(executionArn: string, chunk: JournalChunk, header: ChunkHeader): JournalChunk {
    const place = placeOf(executionArn, chunk);
    return { ...chunk, data: this.#seals.seal(chunk.data, place, writeChunkHeader(header)) };
  }

  open(executionArn: string, chunk: JournalChunk): { chunk: JournalChunk; read: ReadChunk } {
    const { text, header } = this.#seals.open(chunk.data, placeOf(executionArn, chunk));
    const opened = { ...chunk, data: text };
    return {
      chunk: opened,
      read: { chunk: opened, ...(header !== undefined && { header: readChunkHeader(header) }) },
    };
  }

  /** The chunks of a part of a journal, as the store has answered them. */
  openRange(
    executionArn: string,
    chunks: readonly JournalChunk[],
    { from, reverse = false }: JournalRange,
  ): readonly JournalChunk[] {
    const opened = chunks.map((chunk) => this.open(executionArn, chunk));
    const read = opened.map((each) => each.read);
    if (reverse) read.reverse();
    checkChunkOrder(nameOf(executionArn), read, {
      isRange: from !== undefined,
      isWhole: from === undefined && !reverse,
    });
    return opened.map(({ chunk }) => chunk);
  }
}

function placeOf(executionArn: string, { firstEventId, lastEventId }: JournalChunk): Place {
  return {
    key: ["journal", executionArn, firstEventId, lastEventId],
    name: nameOf(executionArn),
  };
}

export function nameOf(executionArn: string): string {
  return `the journal of ${executionArn}`;
}
