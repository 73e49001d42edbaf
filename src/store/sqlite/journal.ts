import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { JournalChunk, Store } from "../../ports/store.ts";
import { unpackChunks } from "../packed-journal.ts";
import { checkLimit } from "../page-position.ts";
import { chunkRow } from "../rows/chunk-row.ts";
import { executionRecord } from "../rows/execution-row.ts";
import { columnList, type Row } from "../rows/row-kind.ts";
import { atOneMoment } from "./connection.ts";
import { executionColumns } from "./execution-row.ts";
import type { Sync } from "./protocol.ts";

/** Reads of journals: a range of one, or many as a whole. Packed chunks of an execution come before the others. */
export function openJournalReads(
  database: DatabaseSync,
): Sync<Pick<Store, "journal" | "journals">> {
  const record = database.prepare(
    `SELECT ${executionColumns} FROM executions e JOIN machine_numbers m ON m.number = e.machine
     WHERE e.execution_arn = ?`,
  );
  const findId = database.prepare("SELECT id FROM executions WHERE execution_arn = ?");
  const [packed, plain] = [openTable(database, "packed_journals"), openTable(database, "journal")];

  function* allChunks(executionArn: string, id: number): Iterable<JournalChunk> {
    for (const block of packed.whole.iterate(id)) yield* chunksOf(block, executionArn);
    yield* plain.whole.all(id).map(chunkRow.recordOf);
  }

  return {
    journal(executionArn, { from, reverse = false, limit = Infinity }) {
      if (limit !== Infinity) checkLimit(limit);
      // A chunk of private events only has the ids 0: it belongs to a range without an end, and to no other.
      const lowest = from === undefined ? 0 : 1;
      const isIn = (chunk: JournalChunk): boolean =>
        reverse
          ? chunk.firstEventId <= (from ?? Infinity) && chunk.lastEventId >= lowest
          : chunk.lastEventId >= Math.max(lowest, from ?? 0);
      const rows = (table: Table, id: number): Iterable<Row> =>
        reverse
          ? table.reverse.iterate(id, from ?? Infinity, lowest)
          : table.forward.iterate(id, Math.max(lowest, from ?? 0));

      function* chunks(id: number): Iterable<JournalChunk> {
        if (reverse) for (const row of rows(plain, id)) yield chunkRow.recordOf(row);
        for (const block of rows(packed, id)) {
          const found = chunksOf(block, executionArn).filter(isIn);
          yield* reverse ? found.reverse() : found;
        }
        if (!reverse) for (const row of rows(plain, id)) yield chunkRow.recordOf(row);
      }

      return atOneMoment(database, () => {
        const id = findId.get(executionArn)?.["id"];
        if (typeof id !== "number") return [];
        const read: JournalChunk[] = [];
        for (const chunk of chunks(id)) {
          read.push(chunk);
          if (read.length === limit) break;
        }
        return read;
      });
    },
    journals(executionArns) {
      return atOneMoment(database, () =>
        executionArns.flatMap((executionArn) => {
          const row = record.get(executionArn);
          if (row === undefined) return [];
          const chunks = [...allChunks(executionArn, Number(row["id"]))];
          return [{ record: executionRecord(row), chunks }];
        }),
      );
    },
  };
}

/** Statements over one of the two tables that hold journals: rows of it have ids of events in both. */
interface Table {
  readonly whole: StatementSync;
  readonly forward: StatementSync;
  readonly reverse: StatementSync;
}

function openTable(database: DatabaseSync, table: "journal" | "packed_journals"): Table {
  const select = `SELECT ${columnList(chunkRow)} FROM ${table} WHERE execution = ?`;
  return {
    whole: database.prepare(`${select} ORDER BY position`),
    forward: database.prepare(`${select} AND last_event_id >= ? ORDER BY position`),
    reverse: database.prepare(
      `${select} AND first_event_id <= ? AND last_event_id >= ? ORDER BY position DESC`,
    ),
  };
}

/** The chunks in a row of `packed_journals`. */
export function chunksOf(block: Row, executionArn: string): JournalChunk[] {
  return unpackChunks(block["data"] as Uint8Array, executionArn);
}
