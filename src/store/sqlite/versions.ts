import type { DatabaseSync } from "node:sqlite";
import type { AliasRecord, Store, VersionRecord } from "../../ports/store.ts";
import { checkLimit, decodePosition, encodePosition } from "../page-position.ts";
import type { Row } from "./execution-row.ts";
import type { Sync } from "./protocol.ts";
import { pageOf } from "../page-of.ts";

/** Reads of the versions and aliases of state machines. */
export function openVersionReads(
  database: DatabaseSync,
): Sync<Pick<Store, "version" | "versions" | "aliases">> {
  const one = database.prepare(
    "SELECT * FROM versions WHERE state_machine_arn = ? AND version = ?",
  );
  const list = database.prepare(
    `SELECT * FROM versions WHERE state_machine_arn = ? AND version < ?
     ORDER BY version DESC LIMIT ?`,
  );
  const aliases = database.prepare(
    "SELECT * FROM aliases WHERE state_machine_arn = ? ORDER BY name",
  );

  return {
    version(stateMachineArn, version) {
      const row = one.get(stateMachineArn, version);
      return row === undefined ? undefined : versionRecord(row);
    },
    versions(stateMachineArn, page) {
      checkLimit(page.limit);
      const below = page.after === undefined ? Infinity : decodePosition(page.after).key;
      const rows = list.all(stateMachineArn, below, page.limit + 1);
      return pageOf(rows, page.limit, versionRecord, (last) =>
        encodePosition({ key: Number(last["version"]), id: 0 }),
      );
    },
    aliases: (stateMachineArn) => aliases.all(stateMachineArn).map(aliasRecord),
  };
}

/** Writes of versions and aliases; a version is put with its state machine. */
export function openVersionWrites(
  database: DatabaseSync,
): Sync<Pick<Store, "deleteVersion" | "putAlias" | "deleteAlias">> {
  const removeVersion = database.prepare(
    "DELETE FROM versions WHERE state_machine_arn = ? AND version = ?",
  );
  const put = database.prepare(
    `INSERT INTO aliases (state_machine_arn, name, description, routes, created_at, updated_at)
     VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (state_machine_arn, name) DO UPDATE SET description = excluded.description,
       routes = excluded.routes, created_at = excluded.created_at, updated_at = excluded.updated_at`,
  );
  const removeAlias = database.prepare(
    "DELETE FROM aliases WHERE state_machine_arn = ? AND name = ?",
  );

  return {
    deleteVersion(stateMachineArn, version) {
      removeVersion.run(stateMachineArn, version);
    },
    putAlias({ stateMachineArn, name, description, routes, createdAt, updatedAt }) {
      const text = JSON.stringify(routes);
      put.run(stateMachineArn, name, description ?? null, text, createdAt, updatedAt);
    },
    deleteAlias(stateMachineArn, name) {
      removeAlias.run(stateMachineArn, name);
    },
  };
}

/** The record of a row of `versions`. */
export function versionRecord(row: Row): VersionRecord {
  return {
    stateMachineArn: row["state_machine_arn"] as string,
    version: row["version"] as number,
    revisionId: row["revision_id"] as string,
    createdAt: row["created_at"] as number,
    ...described(row),
  };
}

/** The record of a row of `aliases`. */
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
