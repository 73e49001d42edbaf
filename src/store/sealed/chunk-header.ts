import type { JournalChunk } from "../../ports/store.ts";
import { SealViolation } from "./sealed-text.ts";

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

/**
 * Refuses chunks that are not the ones, or not in the order, in which they were written. `read` are neighbours, the oldest first;
 * those of private events alone may be left out where it is a range by ids. `isWhole`: it begins with the first of the journal.
 */
export function checkChunkOrder(
  name: string,
  read: readonly ReadChunk[],
  { isRange, isWhole }: { readonly isRange: boolean; readonly isWhole: boolean },
): void {
  const ended = new Set<string>();
  let before: ReadChunk | undefined;
  let lastId = 0;
  for (const each of read) {
    const { firstEventId, lastEventId } = each.chunk;
    if (firstEventId !== 0) {
      if (firstEventId !== lastId + 1 && (lastId !== 0 || isWhole))
        throw outOfOrder(name, firstEventId);
      lastId = lastEventId;
    }
    if (each.header !== undefined)
      checkFollows(name, { ...each, header: each.header }, before, { isRange, isWhole, ended });
    before = each;
  }
}

function checkFollows(
  name: string,
  { chunk, header }: ReadChunk & { readonly header: ChunkHeader },
  before: ReadChunk | undefined,
  { isRange, isWhole, ended }: { isRange: boolean; isWhole: boolean; ended: Set<string> },
): void {
  const { tenure, sequence, previous } = header;
  const last = before?.header;
  if (last !== undefined && last.tenure !== tenure) ended.add(last.tenure);
  const rises = last?.tenure === tenure ? sequence > last.sequence : !ended.has(tenure);
  if (!rises) throw outOfOrder(name, chunk.firstEventId);
  if (previous === undefined) return;
  if (previous === 0 ? before !== undefined : before === undefined && isWhole) {
    throw outOfOrder(name, chunk.firstEventId);
  }
  if (isRange || before === undefined || previous === 0) return;
  if (last?.tenure !== tenure || last.sequence !== previous)
    throw outOfOrder(name, chunk.firstEventId);
}

function outOfOrder(name: string, firstEventId: number): SealViolation {
  const where = firstEventId === 0 ? "" : ` before event ${firstEventId}`;
  return new SealViolation(
    `${name} is not as it was written: something${where} is missing, or not in its place`,
  );
}
