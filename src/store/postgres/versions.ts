import type { AliasRecord, Store, VersionRecord } from "../../ports/store.ts";
import { pageOf } from "../page-of.ts";
import { checkLimit, decodePosition, encodePosition } from "../page-position.ts";
import type { Database } from "./database.ts";
import { statement } from "./statement.ts";
import type { Row } from "./values.ts";

const columns = "state_machine_arn, version, revision_id, created_at, description";
const aliasColumns = "state_machine_arn, name, description, routes, created_at, updated_at";

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
  `SELECT ${aliasColumns} FROM @aliases WHERE state_machine_arn = $1 ORDER BY name`,
);
const putAlias = statement(
  "alias_put",
  `INSERT INTO @aliases (${aliasColumns}) VALUES ($1, $2, $3, $4, $5, $6)
   ON CONFLICT (state_machine_arn, name) DO UPDATE SET description = excluded.description,
     routes = excluded.routes, created_at = excluded.created_at, updated_at = excluded.updated_at`,
);
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
      return row === undefined ? undefined : versionRecord(row);
    },
    async versions(stateMachineArn, { limit, after }) {
      checkLimit(limit);
      const below = after === undefined ? Number.MAX_SAFE_INTEGER : decodePosition(after).key;
      const rows = await database.rows(list, stateMachineArn, below, limit + 1);
      return pageOf(rows, limit, versionRecord, (last) =>
        encodePosition({ key: last["version"] as number, id: 0 }),
      );
    },
    async aliases(stateMachineArn) {
      return (await database.rows(aliases, stateMachineArn)).map(aliasRecord);
    },
    async deleteVersion(stateMachineArn, version) {
      await database.rows(removeVersion, stateMachineArn, version);
    },
    async putAlias({ stateMachineArn, name, description = null, routes, createdAt, updatedAt }) {
      const text = JSON.stringify(routes);
      await database.rows(putAlias, stateMachineArn, name, description, text, createdAt, updatedAt);
    },
    async deleteAlias(stateMachineArn, name) {
      await database.rows(removeAlias, stateMachineArn, name);
    },
  };
}

/** The record of a row of `@versions`. */
export function versionRecord(row: Row): VersionRecord {
  return {
    stateMachineArn: row["state_machine_arn"] as string,
    version: row["version"] as number,
    revisionId: row["revision_id"] as string,
    createdAt: row["created_at"] as number,
    ...described(row),
  };
}

/** The record of a row of `@aliases`. */
export function aliasRecord(row: Row): AliasRecord {
  return {
    stateMachineArn: row["state_machine_arn"] as string,
    name: row["name"] as string,
    ...described(row),
    routes: JSON.parse(row["routes"] as string) as AliasRecord["routes"],
    createdAt: row["created_at"] as number,
    updatedAt: row["updated_at"] as number,
  };
}

function described(row: Row): { readonly description?: string } {
  const description = row["description"] as string | null;
  return description === null ? {} : { description };
}
