import type { DatabaseSync } from "node:sqlite";
import type { JournalChunk, Store } from "../../ports/store.ts";
import { checkLimit } from "../page-position.ts";
import { executionColumns, executionRecord, type Row } from "./execution-row.ts";
import type { Sync } from "./protocol.ts";

/** Reads of journals: a range of one, or many as a whole. */
export function openJournalReads(
  database: DatabaseSync,
): Sync<Pick<Store, "journal" | "journals">> {
  const columns = "first_event_id, last_event_id, data";
  const record = database.prepare(
    `SELECT ${executionColumns} FROM executions e JOIN machine_numbers m ON m.number = e.machine
     WHERE e.execution_arn = ?`,
  );
  const findId = database.prepare("SELECT id FROM executions WHERE execution_arn = ?");
  const whole = database.prepare(
    `SELECT ${columns} FROM journal WHERE execution = ? ORDER BY position`,
  );
  const forward = database.prepare(
    `SELECT ${columns} FROM journal WHERE execution = ? AND last_event_id >= ?
     ORDER BY position LIMIT ?`,
  );
  const reverse = database.prepare(
    `SELECT ${columns} FROM journal WHERE execution = ? AND first_event_id <= ? AND last_event_id >= ?
     ORDER BY position DESC LIMIT ?`,
  );

  return {
    journal(executionArn, { from, reverse: backwards = false, limit = -1 }) {
      if (limit !== -1) checkLimit(limit);
      const id = findId.get(executionArn)?.["id"];
      if (typeof id !== "number") return [];
      // A chunk of private events only has the ids 0: it belongs to a range without an end, and to no other.
      const lowest = from === undefined ? 0 : 1;
      const rows = backwards
        ? reverse.all(id, from ?? Infinity, lowest, limit)
        : forward.all(id, Math.max(lowest, from ?? 0), limit);
      return rows.map(chunk);
    },
    journals(executionArns) {
      return executionArns.flatMap((executionArn) => {
        const row = record.get(executionArn);
        if (row === undefined) return [];
        return [{ record: executionRecord(row), chunks: whole.all(Number(row["id"])).map(chunk) }];
      });
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
