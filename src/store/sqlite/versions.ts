import type { DatabaseSync } from "node:sqlite";
import type { Store } from "../../ports/store.ts";
import { checkLimit, decodePosition, encodePosition } from "../page-position.ts";
import { aliasRow } from "../rows/alias-row.ts";
import { columnList, orReplace } from "../rows/row-kind.ts";
import { versionRow } from "../rows/version-row.ts";
import type { Sync } from "./protocol.ts";
import { inputsOf, insertRow } from "./row-parameters.ts";
import { pageOf } from "../page-of.ts";

const columns = columnList(versionRow);

/** Reads of the versions and aliases of state machines. */
export function openVersionReads(
  database: DatabaseSync,
): Sync<Pick<Store, "version" | "versions" | "aliases">> {
  const one = database.prepare(
    `SELECT ${columns} FROM versions WHERE state_machine_arn = ? AND version = ?`,
  );
  const list = database.prepare(
    `SELECT ${columns} FROM versions WHERE state_machine_arn = ? AND version < ?
     ORDER BY version DESC LIMIT ?`,
  );
  const aliases = database.prepare(
    `SELECT ${columnList(aliasRow)} FROM aliases WHERE state_machine_arn = ? ORDER BY name`,
  );

  return {
    version(stateMachineArn, version) {
      const row = one.get(stateMachineArn, version);
      return row === undefined ? undefined : versionRow.recordOf(row);
    },
    versions(stateMachineArn, page) {
      checkLimit(page.limit);
      const below = page.after === undefined ? Infinity : decodePosition(page.after).key;
      const rows = list.all(stateMachineArn, below, page.limit + 1);
      return pageOf(rows, page.limit, versionRow.recordOf, (last) =>
        encodePosition({ key: Number(last["version"]), id: 0 }),
      );
    },
    aliases: (stateMachineArn) => aliases.all(stateMachineArn).map(aliasRow.recordOf),
  };
}

/** Writes of versions and aliases; a version is put with its state machine. */
export function openVersionWrites(
  database: DatabaseSync,
): Sync<Pick<Store, "deleteVersion" | "putAlias" | "deleteAlias">> {
  const removeVersion = database.prepare(
    "DELETE FROM versions WHERE state_machine_arn = ? AND version = ?",
  );
  const put = database.prepare(`${insertRow(aliasRow)} ${orReplace(aliasRow)}`);
  const removeAlias = database.prepare(
    "DELETE FROM aliases WHERE state_machine_arn = ? AND name = ?",
  );

  return {
    deleteVersion(stateMachineArn, version) {
      removeVersion.run(stateMachineArn, version);
    },
    putAlias(record) {
      put.run(...inputsOf(aliasRow, record));
    },
    deleteAlias(stateMachineArn, name) {
      removeAlias.run(stateMachineArn, name);
    },
  };
}
