import { partitionOf } from "../../ports/partition-of.ts";
import type { JournalChunk, JournalRange, Store } from "../../ports/store.ts";
import { unpackChunks } from "../packed-journal.ts";
import { checkLimit } from "../page-position.ts";
import { chunkRow } from "../rows/chunk-row.ts";
import { executionRecord } from "../rows/execution-row.ts";
import { columnList, type Row } from "../rows/row-kind.ts";
import type { Database } from "./database.ts";
import { arnColumns } from "./execution-arn.ts";
import { executionColumns } from "./execution-row.ts";
import { bulkWaitMs, statement } from "./statement.ts";

/** The columns that {@link chunksOf} reads: of a chunk in `@journal j`, and of a block in `@packed_journals k`. */
export const chunkColumns = `${columnList(chunkRow, "j")}, NULL::text AS packed`;
export const blockColumns =
  "k.first_event_id::bigint, k.last_event_id::bigint, NULL::text, encode(k.data, 'base64')";

/**
 * A range of a journal, as one statement: it may be packed meanwhile. At least as many chunks as are wanted, if there are so
 * many: of each block but the first, all chunks with public events are in the range.
 */
function rangeOf(direction: "ASC" | "DESC", isIn: (row: string) => string, limit: string): string {
  const ofExecution = (row: string): string =>
    `${row}.part = e.part AND ${row}.execution = e.id
     WHERE e.part = $1 AND e.arn_prefix = $2 AND e.arn_name = $3 AND ${isIn(row)}`;
  return `(SELECT j.ordinal, ${chunkColumns} FROM @executions e JOIN @journal j ON ${ofExecution("j")}
      ORDER BY j.ordinal ${direction} LIMIT ${limit})
    UNION ALL
    (SELECT k.ordinal, ${blockColumns} FROM (
       SELECT b.*, sum(b.chunks) OVER along - b.chunks - first_value(b.chunks) OVER along AS before
       FROM @executions e JOIN @packed_journals b ON ${ofExecution("b")}
       WINDOW along AS (ORDER BY b.ordinal ${direction})
     ) AS k WHERE ${limit}::bigint IS NULL OR k.before < ${limit}::bigint)
    ORDER BY ordinal ${direction}`;
}

const forward = statement(
  "journal_forward",
  rangeOf("ASC", (row) => `${row}.last_event_id >= $4`, "$5"),
);
const reverse = statement(
  "journal_reverse",
  rangeOf("DESC", (row) => `${row}.first_event_id <= $4 AND ${row}.last_event_id >= $5`, "$6"),
);
const records = statement(
  "journals_records",
  `SELECT ${executionColumns} FROM unnest($1::integer[], $2::bigint[], $3::text[]) AS u(part, prefix, name)
   JOIN @executions e ON e.part = u.part AND e.arn_prefix = u.prefix AND e.arn_name = u.name`,
  bulkWaitMs,
);
const chunks = statement(
  "journals_chunks",
  `SELECT j.part, j.execution::text AS execution, j.ordinal, ${chunkColumns}
   FROM unnest($1::integer[], $2::bigint[]) AS u(part, id)
   JOIN @journal j ON j.part = u.part AND j.execution = u.id
   UNION ALL
   SELECT k.part, k.execution::text, k.ordinal, ${blockColumns}
   FROM unnest($1::integer[], $2::bigint[]) AS u(part, id)
   JOIN @packed_journals k ON k.part = u.part AND k.execution = u.id
   ORDER BY part, execution, ordinal`,
  bulkWaitMs,
);

/** Reads of journals: a range of one, or many as a whole. */
export function journalReads(
  database: Database,
  partitions: number,
): Pick<Store, "journal" | "journals"> {
  return {
    async journal(executionArn, range) {
      const { from, reverse: backwards = false, limit } = range;
      if (limit !== undefined) checkLimit(limit);
      const { arn_prefix, arn_name } = arnColumns(executionArn);
      const key = [partitionOf(executionArn, partitions), arn_prefix, arn_name];
      // A chunk of private events only has the ids 0: it belongs to a range without an end, and to no other.
      const lowest = from === undefined ? 0 : 1;
      const bounds = backwards ? [from ?? highest, lowest] : [Math.max(lowest, from ?? 0)];
      const statement = backwards ? reverse : forward;
      const rows = await database.rows(statement, ...key, ...bounds, limit ?? null);
      return chunksIn(rows, executionArn, range);
    },
    async journals(executionArns) {
      if (executionArns.length === 0) return [];
      const wanted = [...new Set(executionArns)];
      const columns = wanted.map(arnColumns);
      const found = await database.rows(
        records,
        wanted.map((arn) => partitionOf(arn, partitions)),
        columns.map(({ arn_prefix }) => arn_prefix),
        columns.map(({ arn_name }) => arn_name),
      );
      const all = await database.rows(
        chunks,
        found.map((row) => row["part"] as number),
        found.map((row) => row["id"] as string),
      );
      const rowsOf = Map.groupBy(
        all,
        (row) => `${String(row["part"])} ${String(row["execution"])}`,
      );
      const byArn = new Map(
        found.map((row) => {
          const record = executionRecord(row);
          const rows = rowsOf.get(`${String(row["part"])} ${String(row["id"])}`) ?? [];
          const read = rows.flatMap((each) => chunksOf(each, record.executionArn));
          return [record.executionArn, { record, chunks: read }];
        }),
      );
      return executionArns.flatMap((arn) => byArn.get(arn) ?? []);
    },
  };
}

/** Above every id of an event. */
const highest = Number.MAX_SAFE_INTEGER;

/** The chunks of a range that some rows have; no more blocks are unpacked than it takes. */
function chunksIn(
  rows: readonly Row[],
  executionArn: string,
  { from, reverse: backwards = false, limit = Infinity }: JournalRange,
): JournalChunk[] {
  const isIn = ({ firstEventId, lastEventId }: JournalChunk): boolean =>
    from === undefined ||
    (lastEventId > 0 && (backwards ? firstEventId <= from : lastEventId >= from));
  const read: JournalChunk[] = [];
  for (const row of rows) {
    if (read.length >= limit) break;
    const found = chunksOf(row, executionArn).filter(isIn);
    read.push(...(backwards ? found.reverse() : found));
  }
  return read.slice(0, limit);
}

/** The chunks in a row of either table. Throws if a block is damaged. */
export function chunksOf(row: Row, executionArn: string): readonly JournalChunk[] {
  const packed = row["packed"];
  if (typeof packed === "string") {
    return unpackChunks(Buffer.from(packed, "base64"), executionArn);
  }
  return [chunkRow.recordOf(row)];
}
