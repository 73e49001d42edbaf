import type { DatabaseSync } from "node:sqlite";
import type { RevisionRecord, Store } from "../../ports/store.ts";
import { checkLimit } from "../page-position.ts";
import { revisionRow as shared } from "../rows/revision-row.ts";
import { columnList, orReplace, type KeyedRowKind } from "../rows/row-kind.ts";
import { stateMachineRow } from "../rows/state-machine-row.ts";
import { versionRow } from "../rows/version-row.ts";
import { inTransaction } from "./connection.ts";
import type { Sync } from "./protocol.ts";
import { inputsOf, insertRow } from "./row-parameters.ts";
import { endOfPrefix, pageOf } from "../page-of.ts";

type StateMachineReads = Sync<Pick<Store, "stateMachine" | "stateMachines" | "revision">>;
type StateMachineWrites = Sync<Pick<Store, "putStateMachine" | "deleteStateMachine">>;

/** Revisions as rows here: what is read of `initial` is 1 or 0. */
export const revisionRow: KeyedRowKind<RevisionRecord> = {
  ...shared,
  recordOf: (row) => shared.recordOf({ ...row, initial: row["initial"] === 1 }),
};

const columns = columnList(stateMachineRow);

export function openStateMachineReads(database: DatabaseSync): StateMachineReads {
  const one = database.prepare(`SELECT ${columns} FROM state_machines WHERE arn = ?`);
  const list = database.prepare(
    `SELECT ${columns} FROM state_machines WHERE arn > ? AND arn >= ? AND arn < ? ORDER BY arn LIMIT ?`,
  );
  const revision = database.prepare(
    `SELECT ${columnList(revisionRow)} FROM revisions WHERE state_machine_arn = ? AND revision_id = ?`,
  );

  return {
    stateMachine(stateMachineArn) {
      const row = one.get(stateMachineArn);
      return row === undefined ? undefined : stateMachineRow.recordOf(row);
    },
    stateMachines(arnPrefix, page) {
      checkLimit(page.limit);
      const end = endOfPrefix(arnPrefix);
      const rows = list.all(page.after ?? "", arnPrefix, end, page.limit + 1);
      return pageOf(rows, page.limit, stateMachineRow.recordOf, (last) => last["arn"] as string);
    },
    revision(stateMachineArn, revisionId) {
      const row = revision.get(stateMachineArn, revisionId);
      return row === undefined ? undefined : revisionRow.recordOf(row);
    },
  };
}

export function openStateMachineWrites(database: DatabaseSync): StateMachineWrites {
  const put = database.prepare(`${insertRow(stateMachineRow)} ${orReplace(stateMachineRow)}`);
  const addRevision = database.prepare(insertRow(revisionRow));
  const addVersion = database.prepare(insertRow(versionRow));
  const removals = [
    "DELETE FROM state_machines WHERE arn = ?",
    "DELETE FROM versions WHERE state_machine_arn = ?",
    "DELETE FROM aliases WHERE state_machine_arn = ?",
    "DELETE FROM notes WHERE state_machine_arn = ?",
  ].map((sql) => database.prepare(sql));
  const dropRevisions = database.prepare(dropRevisionsWithoutUse("?1"));

  return {
    putStateMachine(record, revision, version) {
      inTransaction(database, () => {
        put.run(...inputsOf(stateMachineRow, record));
        if (revision !== undefined) addRevision.run(...inputsOf(revisionRow, revision));
        if (version !== undefined) addVersion.run(...inputsOf(versionRow, version));
      });
    },
    deleteStateMachine(stateMachineArn) {
      inTransaction(database, () => {
        for (const removal of removals) removal.run(stateMachineArn);
        dropRevisions.run(stateMachineArn);
      });
    },
  };
}

/**
 * The statement that drops the revisions of state machines, given as an SQL list, once they are deleted and no
 * execution of theirs is left: revisions outlive their state machine until the last execution that may name them is gone.
 */
export function dropRevisionsWithoutUse(stateMachineArns: string): string {
  return `DELETE FROM revisions WHERE state_machine_arn IN (${stateMachineArns})
    AND NOT EXISTS (SELECT 1 FROM state_machines s WHERE s.arn = state_machine_arn)
    AND NOT EXISTS (SELECT 1 FROM executions e JOIN machine_numbers m ON m.number = e.machine
                    WHERE m.arn = state_machine_arn)`;
}
