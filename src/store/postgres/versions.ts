import type { Store } from "../../ports/store.ts";
import { pageOf } from "../page-of.ts";
import { checkLimit, decodePosition, encodePosition } from "../page-position.ts";
import { aliasRow } from "../rows/alias-row.ts";
import { columnList, valuesOf } from "../rows/row-kind.ts";
import { versionRow } from "../rows/version-row.ts";
import type { Database } from "./database.ts";
import { insertOrReplace } from "./row-parameters.ts";
import { statement } from "./statement.ts";

const columns = columnList(versionRow);

const one = statement(
  "version",
  `SELECT ${columns} FROM @versions WHERE state_machine_arn = $1 AND version = $2`,
);
const list = statement(
  "versions",
  `SELECT ${columns} FROM @versions WHERE state_machine_arn = $1 AND version < $2
   ORDER BY version DESC LIMIT $3`,
);
const removeVersion = statement(
  "version_delete",
  "DELETE FROM @versions WHERE state_machine_arn = $1 AND version = $2",
);
const aliases = statement(
  "aliases",
  `SELECT ${columnList(aliasRow)} FROM @aliases WHERE state_machine_arn = $1 ORDER BY name`,
);
const putAlias = statement("alias_put", insertOrReplace(aliasRow));
const removeAlias = statement(
  "alias_delete",
  "DELETE FROM @aliases WHERE state_machine_arn = $1 AND name = $2",
);

/** Versions and aliases of state machines; a version is put with its state machine. */
export function versionsAndAliases(
  database: Database,
): Pick<Store, "version" | "versions" | "aliases" | "deleteVersion" | "putAlias" | "deleteAlias"> {
  return {
    async version(stateMachineArn, version) {
      const [row] = await database.rows(one, stateMachineArn, version);
      return row === undefined ? undefined : versionRow.recordOf(row);
    },
    async versions(stateMachineArn, { limit, after }) {
      checkLimit(limit);
      const below = after === undefined ? Number.MAX_SAFE_INTEGER : decodePosition(after).key;
      const rows = await database.rows(list, stateMachineArn, below, limit + 1);
      return pageOf(rows, limit, versionRow.recordOf, (last) =>
        encodePosition({ key: last["version"] as number, id: 0 }),
      );
    },
    async aliases(stateMachineArn) {
      return (await database.rows(aliases, stateMachineArn)).map(aliasRow.recordOf);
    },
    async deleteVersion(stateMachineArn, version) {
      await database.rows(removeVersion, stateMachineArn, version);
    },
    async putAlias(record) {
      await database.rows(putAlias, ...valuesOf(aliasRow, record));
    },
    async deleteAlias(stateMachineArn, name) {
      await database.rows(removeAlias, stateMachineArn, name);
    },
  };
}
