import { randomBytes } from "node:crypto";
import type { CommitBatch, ExecutionWrite, JournalChunk, JournalRange } from "../../ports/store.ts";
import {
  checkChunkOrder,
  type ChunkHeader,
  type ReadChunk,
  readChunkHeader,
  writeChunkHeader,
} from "./chunk-header.ts";
import type { UnsealedText } from "./seal-texts.ts";
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
    const texts: UnsealedText[] = [];
    for (const { executionArn, chunk, start, closed, parked } of writes) {
      const previous = start === undefined ? last.get(executionArn) : 0;
      // It leaves memory: when it is back, its journal will have been read.
      if (closed !== undefined || (parked !== undefined && parked !== null))
        last.delete(executionArn);
      else if (chunk !== undefined) last.set(executionArn, sequence);
      else if (start !== undefined) last.set(executionArn, 0);
      if (chunk === undefined) continue;
      const header = { tenure, sequence, ...(previous !== undefined && { previous }) };
      texts.push(unsealed(executionArn, chunk, header));
    }
    const sealed = this.#seals.sealAll(texts).values();
    return writes.map((write) =>
      write.chunk === undefined
        ? write
        : { ...write, chunk: { ...write.chunk, data: sealed.next().value ?? "" } },
    );
  }

  /** Nothing is known any more of who writes in the partition. */
  forget(partition: number): void {
    this.#lastCommits.delete(partition);
  }

  seal(executionArn: string, chunk: JournalChunk, header: ChunkHeader): JournalChunk {
    const [data = ""] = this.#seals.sealAll([unsealed(executionArn, chunk, header)]);
    return { ...chunk, data };
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

function unsealed(executionArn: string, chunk: JournalChunk, header: ChunkHeader): UnsealedText {
  return {
    text: chunk.data,
    place: JSON.stringify(placeOf(executionArn, chunk).key),
    header: writeChunkHeader(header),
  };
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
