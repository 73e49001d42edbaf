import type { DatabaseSync } from "node:sqlite";
import type { Store } from "../../ports/store.ts";
import { columnList } from "../rows/row-kind.ts";
import { noteRow } from "../rows/note-row.ts";
import { isSame } from "../is-same.ts";
import type { Sync } from "./protocol.ts";
import { inputsOf } from "./row-parameters.ts";

const columns = columnList(noteRow);
const select = `SELECT ${columns} FROM notes WHERE state_machine_arn = ? AND kind = ?`;

export function openNoteReads(database: DatabaseSync): Sync<Pick<Store, "note">> {
  const one = database.prepare(select);
  return {
    note(stateMachineArn, kind) {
      const row = one.get(stateMachineArn, kind);
      return row === undefined ? undefined : noteRow.recordOf(row);
    },
  };
}

export function openNoteWrites(database: DatabaseSync): Sync<Pick<Store, "putNote">> {
  const one = database.prepare(select);
  const add = database.prepare(
    `INSERT INTO notes (${columns}) SELECT ?1, ?2, ?3, ?4
     WHERE EXISTS (SELECT 1 FROM state_machines WHERE arn = ?1) ON CONFLICT DO NOTHING`,
  );
  const change = database.prepare(
    `UPDATE notes SET version = ?3, body = ?4
     WHERE state_machine_arn = ?1 AND kind = ?2 AND version = ?3 - 1`,
  );
  return {
    putNote(record) {
      const write = record.version === 1 ? add : change;
      if (Number(write.run(...inputsOf(noteRow, record)).changes) > 0) return true;
      const row = one.get(record.stateMachineArn, record.kind);
      return row !== undefined && isSame(noteRow.recordOf(row), record);
    },
  };
}
