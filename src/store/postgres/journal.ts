import { partitionOf } from "../../ports/partition-of.ts";
import type { JournalChunk, Store } from "../../ports/store.ts";
import { checkLimit } from "../page-position.ts";
import type { Database } from "./database.ts";
import { executionColumns, executionRecord } from "./execution-row.ts";
import { bulkWaitMs, statement } from "./statement.ts";
import type { Row } from "./values.ts";

const columns = "j.first_event_id, j.last_event_id, j.data";
const ofExecution = `FROM @executions e JOIN @journal j ON j.part = e.part AND j.execution = e.id
  WHERE e.part = $1 AND e.arn = $2`;

const forward = statement(
  "journal_forward",
  `SELECT ${columns} ${ofExecution} AND j.last_event_id >= $3 ORDER BY j.ordinal LIMIT $4`,
);
const reverse = statement(
  "journal_reverse",
  `SELECT ${columns} ${ofExecution} AND j.first_event_id <= $3 AND j.last_event_id >= $4
   ORDER BY j.ordinal DESC LIMIT $5`,
);
const records = statement(
  "journals_records",
  `SELECT ${executionColumns} FROM unnest($1::integer[], $2::text[]) AS u(part, arn)
   JOIN @executions e ON e.part = u.part AND e.arn = u.arn`,
  bulkWaitMs,
);
const chunks = statement(
  "journals_chunks",
  `SELECT j.part, j.execution::text AS execution, ${columns}
   FROM unnest($1::integer[], $2::bigint[]) AS u(part, id)
   JOIN @journal j ON j.part = u.part AND j.execution = u.id ORDER BY j.part, j.execution, j.ordinal`,
  bulkWaitMs,
);

/** Reads of journals: a range of one, or many as a whole. */
export function journalReads(
  database: Database,
  partitions: number,
): Pick<Store, "journal" | "journals"> {
  return {
    async journal(executionArn, { from, reverse: backwards = false, limit = null }) {
      if (limit !== null) checkLimit(limit);
      const part = partitionOf(executionArn, partitions);
      // A chunk of private events only has the ids 0: it belongs to a range without an end, and to no other.
      const lowest = from === undefined ? 0 : 1;
      const rows = backwards
        ? await database.rows(
            reverse,
            part,
            executionArn,
            from ?? Number.MAX_SAFE_INTEGER,
            lowest,
            limit,
          )
        : await database.rows(forward, part, executionArn, Math.max(lowest, from ?? 0), limit);
      return rows.map(chunk);
    },
    async journals(executionArns) {
      if (executionArns.length === 0) return [];
      const wanted = [...new Set(executionArns)];
      const parts = wanted.map((arn) => partitionOf(arn, partitions));
      const found = await database.rows(records, parts, wanted);
      const ids = found.map((row) => row["id"] as string);
      const all = await database.rows(
        chunks,
        found.map((row) => row["part"] as number),
        ids,
      );
      const chunksOf = Map.groupBy(
        all,
        (row) => `${String(row["part"])} ${String(row["execution"])}`,
      );
      const byArn = new Map(
        found.map((row) => [
          row["arn"] as string,
          {
            record: executionRecord(row),
            chunks: (chunksOf.get(`${String(row["part"])} ${String(row["id"])}`) ?? []).map(chunk),
          },
        ]),
      );
      return executionArns.flatMap((arn) => byArn.get(arn) ?? []);
    },
  };
}

function chunk(row: Row): JournalChunk {
  return {
    firstEventId: row["first_event_id"] as number,
    lastEventId: row["last_event_id"] as number,
    data: row["data"] as string,
  };
}
