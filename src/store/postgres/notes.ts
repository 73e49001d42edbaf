import type { Store } from "../../ports/store.ts";
import { noteRow } from "../rows/note-row.ts";
import { columnList, valuesOf } from "../rows/row-kind.ts";
import { isSame } from "../is-same.ts";
import type { Database } from "./database.ts";
import { statement } from "./statement.ts";

const columns = columnList(noteRow);

const one = statement(
  "note",
  `SELECT ${columns} FROM @notes WHERE state_machine_arn = $1 AND kind = $2`,
);
const add = statement(
  "note_add",
  `INSERT INTO @notes (${columns}) SELECT $1::text, $2::text, $3::bigint, $4::text
   WHERE EXISTS (SELECT 1 FROM @state_machines WHERE arn = $1::text)
   ON CONFLICT DO NOTHING RETURNING 1 AS written`,
);
const change = statement(
  "note_change",
  `UPDATE @notes SET version = $3::bigint, body = $4::text
   WHERE state_machine_arn = $1::text AND kind = $2::text AND version = $3::bigint - 1
   RETURNING 1 AS written`,
);

export function notes(database: Database): Pick<Store, "note" | "putNote"> {
  const find: Store["note"] = async (stateMachineArn, kind) => {
    const [row] = await database.rows(one, stateMachineArn, kind);
    return row === undefined ? undefined : noteRow.recordOf(row);
  };
  return {
    note: find,
    async putNote(record) {
      const write = record.version === 1 ? add : change;
      const written = await database.rows(write, ...valuesOf(noteRow, record));
      if (written.length > 0) return true;
      // It may have been written by a try whose answer was lost.
      const stored = await find(record.stateMachineArn, record.kind);
      return stored !== undefined && isSame(stored, record);
    },
  };
}
