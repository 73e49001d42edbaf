import { setImmediate as turn } from "node:timers/promises";
import type { JournalChunk, Store } from "../../ports/store.ts";
import { blockLength, packChunks } from "../packed-journal.ts";
import { checkLimit } from "../page-position.ts";
import type { Row } from "../rows/row-kind.ts";
import type { Database } from "./database.ts";
import type { HeldPartitions } from "./held-partitions.ts";
import { chunkColumns, chunksOf } from "./journal.ts";
import { sqlState } from "./postgres-failure.ts";
import { statement } from "./statement.ts";

/**
 * Our choices: what one call reads at most, in chunks and in bytes of their texts, but for the last chunk. The journals of a
 * hundred executions of ten tasks.
 */
const mostChunks = 4_000;
const mostBytes = 512 * 1024;

// Only in partitions that still are this process's: two nodes would do the same work.
const find = statement(
  "packing_find",
  `SELECT c.part, c.id::text AS id, c.redrives
   FROM unnest($1::integer[], $2::bigint[]) AS u(part, epoch)
   JOIN @partitions p ON p.part = u.part AND p.epoch = u.epoch AND p.owned
   CROSS JOIN LATERAL (
     SELECT e.part, e.id, coalesce(e.redrive_count, 0) AS redrives FROM @executions e
     WHERE e.part = p.part AND e.stop_date IS NOT NULL AND NOT e.packed AND e.stop_date < $3
     ORDER BY e.stop_date LIMIT $4
   ) AS c LIMIT $4`,
);
const read = statement(
  "packing_read",
  `SELECT s.n, s.ordinal::text AS ordinal, s.first_event_id, s.last_event_id, s.data, s.packed,
     octet_length(s.data) AS bytes
   FROM (
     SELECT w.n, c.*, sum(octet_length(c.data)) OVER (ORDER BY w.n, c.ordinal) - octet_length(c.data) AS before
     FROM unnest($1::integer[], $2::bigint[]) WITH ORDINALITY AS w(part, id, n)
     CROSS JOIN LATERAL (
       SELECT j.ordinal, ${chunkColumns} FROM @journal j WHERE j.part = w.part AND j.execution = w.id
       ORDER BY j.ordinal LIMIT $3
     ) AS c
   ) AS s
   WHERE s.before < $4 ORDER BY s.n, s.ordinal LIMIT $3`,
);
// Nothing is done for an execution that was redriven since, or that another node has packed, for which `marked` waits. If chunks
// are not there that were read, the statement ends itself by dividing by zero.
const write = statement(
  "packing_write",
  `WITH marked AS (
     UPDATE @executions e SET packed = u.whole
     FROM unnest($1::integer[], $2::bigint[], $3::integer[], $4::boolean[], $5::bigint[], $6::bigint[])
       AS u(part, id, redrives, whole, until, chunks)
     WHERE e.part = u.part AND e.id = u.id AND e.status <> 0 AND NOT e.packed
       AND coalesce(e.redrive_count, 0) = u.redrives
     RETURNING e.part, e.id, u.until, u.chunks
   ), removed AS (
     DELETE FROM @journal j USING marked m
     WHERE j.part = m.part AND j.execution = m.id AND j.ordinal <= m.until RETURNING j.part
   ), added AS (
     INSERT INTO @packed_journals (part, execution, ordinal, first_event_id, last_event_id, chunks, data)
     SELECT m.part, m.id, b.ordinal, b.first_event_id, b.last_event_id, b.chunks, decode(b.data, 'base64')
     FROM marked m JOIN unnest($7::integer[], $8::bigint[], $9::bigint[], $10::integer[], $11::integer[],
         $12::integer[], $13::text[]) AS b(part, execution, ordinal, first_event_id, last_event_id, chunks, data)
       ON b.part = m.part AND b.execution = m.id
   )
   SELECT 1 / (CASE WHEN (SELECT count(*) FROM removed) = (SELECT coalesce(sum(m.chunks), 0) FROM marked m)
     THEN 1 ELSE 0 END) AS consistent`,
);

/** A row of `@packed_journals`. */
interface Block {
  readonly ordinal: string;
  readonly firstEventId: number;
  readonly lastEventId: number;
  readonly chunks: number;
  readonly data: string;
}

/** An execution and what is packed of it now. */
interface Packed {
  readonly part: number;
  readonly id: string;
  readonly redrives: number;
  /** Whether that is all that there is to pack. */
  readonly isWhole: boolean;
  readonly chunks: number;
  readonly blocks: readonly Block[];
}

/** Packs the journals of closed executions in the partitions that this process has. */
export function packing(
  database: Database,
  held: HeldPartitions,
): Required<Pick<Store, "packClosed">> {
  return {
    async packClosed(before, limit) {
      checkLimit(limit);
      const mine = held.entries();
      const parts = mine.map(([part]) => part);
      const epochs = mine.map(([, epoch]) => epoch);
      const found = await database.rows(find, parts, epochs, before, limit);
      if (found.length === 0) return 0;
      const rows = await database.rows(
        read,
        found.map((row) => row["part"] as number),
        found.map((row) => row["id"] as string),
        mostChunks,
        mostBytes,
      );
      const packed = await packEach(found, rows);
      return (await store(packed)) ? packed.length : 0;
    },
  };

  /** False: others have been at it meanwhile, and nothing was written. */
  async function store(packed: readonly Packed[]): Promise<boolean> {
    const blocks = packed.flatMap(({ part, id, blocks: made }) =>
      made.map((block) => ({ part, id, ...block })),
    );
    try {
      await database.rows(
        write,
        packed.map(({ part }) => part),
        packed.map(({ id }) => id),
        packed.map(({ redrives }) => redrives),
        packed.map(({ isWhole }) => isWhole),
        packed.map(({ blocks: made }) => made.at(-1)?.ordinal ?? "-1"),
        packed.map(({ chunks }) => chunks),
        blocks.map(({ part }) => part),
        blocks.map(({ id }) => id),
        blocks.map(({ ordinal }) => ordinal),
        blocks.map(({ firstEventId }) => firstEventId),
        blocks.map(({ lastEventId }) => lastEventId),
        blocks.map(({ chunks }) => chunks),
        blocks.map(({ data }) => data),
      );
      return true;
    } catch (error) {
      if (!contradictions.has(sqlState(error) ?? "")) throw error;
      return false;
    }
  }
}

/** A unique violation (a block that is there), and the statement's own division by zero. */
const contradictions = new Set(["23505", "22012"]);

/** Packs what was read of the executions that were found. Between two blocks others have their turn. */
async function packEach(found: readonly Row[], rows: readonly Row[]): Promise<Packed[]> {
  const bytes = rows.reduce((sum, row) => sum + (row["bytes"] as number), 0);
  const isCut = rows.length === mostChunks || bytes >= mostBytes;
  const lastRead = isCut ? ((rows.at(-1)?.["n"] as number | undefined) ?? 0) : found.length;
  const byNumber = Map.groupBy(rows, (row) => row["n"] as number);
  const packed: Packed[] = [];
  let sinceTurn = 0;
  for (const [index, execution] of found.slice(0, lastRead).entries()) {
    const own = byNumber.get(index + 1) ?? [];
    const blocks: Block[] = [];
    for (const group of groupsOf(own)) {
      if (sinceTurn >= blockLength) {
        await turn();
        sinceTurn = 0;
      }
      sinceTurn += group.reduce((sum, row) => sum + (row["data"] as string).length, 0);
      blocks.push(blockOf(group));
    }
    packed.push({
      part: execution["part"] as number,
      id: execution["id"] as string,
      redrives: execution["redrives"] as number,
      isWhole: !isCut || index + 1 < lastRead,
      chunks: own.length,
      blocks,
    });
  }
  return packed;
}

/** Chunks that form a block each. */
function* groupsOf(rows: readonly Row[]): Iterable<readonly Row[]> {
  let group: Row[] = [];
  let length = 0;
  for (const row of rows) {
    const more = (row["data"] as string).length;
    if (group.length > 0 && length + more > blockLength) {
      yield group;
      group = [];
      length = 0;
    }
    group.push(row);
    length += more;
  }
  if (group.length > 0) yield group;
}

function blockOf(group: readonly Row[]): Block {
  const chunks: JournalChunk[] = group.flatMap((row) => chunksOf(row, ""));
  const { firstEventId, lastEventId, data } = packChunks(chunks);
  return {
    ordinal: group.at(-1)?.["ordinal"] as string,
    firstEventId,
    lastEventId,
    chunks: chunks.filter((chunk) => chunk.lastEventId > 0).length,
    data: Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString("base64"),
  };
}
