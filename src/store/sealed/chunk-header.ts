import type { JournalChunk } from "../../ports/store.ts";
import { SealViolation } from "./sealed-text.ts";

/** What was copied into a store says so instead of who had a partition. Its sequences count all chunks of the store, one journal after the other. */
export const restoredTenure = "0";

/** What a chunk of a journal says of the commit that wrote it: `TENURE-SEQUENCE-PREVIOUS`, in base 36. */
export interface ChunkHeader {
  /** One owner of the partition: no two have the same, not even in two stores of which one is a copy. */
  readonly tenure: string;
  readonly sequence: number;
  /**
   * The commit of the same tenure with the chunk before; 0: it is the execution's first. Absent: the writer does not know which
   * is, since it has taken the execution up from the store.
   */
  readonly previous?: number;
}

export function writeChunkHeader({ tenure, sequence, previous }: ChunkHeader): string {
  return `${tenure}-${sequence.toString(36)}${previous === undefined ? "" : `-${previous.toString(36)}`}`;
}

/** A header as {@link writeChunkHeader} made it: it is bound to its text, and nobody else could. */
export function readChunkHeader(text: string): ChunkHeader {
  const [tenure = "", sequence = "", previous] = text.split("-");
  return {
    tenure,
    sequence: Number.parseInt(sequence, 36),
    ...(previous !== undefined && { previous: Number.parseInt(previous, 36) }),
  };
}

export interface ReadChunk {
  readonly chunk: Pick<JournalChunk, "firstEventId" | "lastEventId">;
  /** Absent: it was plain. */
  readonly header?: ChunkHeader;
}

/** Which part of a journal was read. */
export interface ReadPart {
  /** By ids: chunks of private events alone may be left out. */
  readonly isRange: boolean;
  /** It begins with the journal's first chunk. */
  readonly isWhole: boolean;
}

/**
 * Refuses chunks that are not the ones, or not in the order, in which they were written. `read` are neighbours, the oldest first. A
 * chunk that knows its predecessor comes behind it. One that does not, since its writer had taken the execution up, goes on with the
 * ids, and with a tenure that was not there before.
 */
export function checkChunkOrder(name: string, read: readonly ReadChunk[], part: ReadPart): void {
  const ended = new Set<string>();
  let before: ReadChunk | undefined;
  let lastId = 0;
  for (const each of read) {
    const tenure = before?.header?.tenure;
    if (tenure !== undefined && tenure !== each.header?.tenure) ended.add(tenure);
    if (each.header !== undefined && !isInPlace(each.header, before, { ...part, ended })) {
      throw outOfOrder(name, each);
    }
    const { firstEventId, lastEventId } = each.chunk;
    if (firstEventId !== 0) {
      const goesOn =
        before === undefined
          ? !part.isWhole || firstEventId === 1
          : lastId === 0 || firstEventId === lastId + 1;
      if (each.header?.previous === undefined && !goesOn) throw outOfOrder(name, each);
      lastId = lastEventId;
    }
    before = each;
  }
}

function isInPlace(
  { tenure, sequence, previous }: ChunkHeader,
  before: ReadChunk | undefined,
  { isRange, isWhole, ended }: ReadPart & { readonly ended: ReadonlySet<string> },
): boolean {
  if (ended.has(tenure)) return false;
  const last = before?.header;
  if (last?.tenure === tenure && sequence < last.sequence) return false;
  if (tenure === restoredTenure && last?.tenure === tenure && !isRange) {
    return sequence === last.sequence + 1;
  }
  if (previous === undefined) return true;
  if (previous === 0) return before === undefined;
  if (before === undefined) return !isWhole;
  return isRange || (last?.tenure === tenure && last.sequence === previous);
}

function outOfOrder(name: string, { chunk }: ReadChunk): SealViolation {
  const where = chunk.firstEventId === 0 ? "" : ` before event ${chunk.firstEventId}`;
  return new SealViolation(
    `${name} is not as it was written: something${where} is missing, or not in its place`,
  );
}
