import { randomBytes } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";
import { StoreFailure } from "../../ports/store.ts";
import { inTransaction } from "./connection.ts";
import { initial } from "./migrations/0001-initial.ts";
import { mapRuns } from "./migrations/0003-map-runs.ts";
import { packedJournals } from "./migrations/0004-packed-journals.ts";
import { notes } from "./migrations/0005-notes.ts";
import { documents } from "./migrations/0006-documents.ts";
import { versions } from "./migrations/0002-versions.ts";

/** One step of the schema. A migration that was released is never edited: a store somewhere has been through it. */
export interface Migration {
  readonly version: number;
  readonly sql: string;
}

/** Every migration, in order; their versions count from 1. */
export const migrations: readonly Migration[] = [
  initial,
  versions,
  mapRuns,
  packedJournals,
  notes,
  documents,
];

/**
 * Brings a database to the newest schema and gives a new one its secret. One that a newer version has made is refused
 * before anything is written.
 */
export function migrate(database: DatabaseSync, dataDir: string): void {
  const newest = migrations.length;
  const present = schemaVersion(database);
  if (present > newest) {
    throw new StoreFailure(
      "newer",
      `The store in ${dataDir} was made by a newer version of Stepwell: its schema is ${present}, and this version ` +
        `knows schemas up to ${newest}. Use the newer version, or another data directory.`,
    );
  }
  if (present === newest) return;
  inTransaction(database, () => {
    for (const migration of migrations.slice(present)) database.exec(migration.sql);
    const put = database.prepare("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)");
    if (present === 0) put.run("secret", randomBytes(32).toString("base64"));
    put.run("schema_version", String(newest));
  });
}

/** The version of the schema; 0 if there is nothing. */
export function schemaVersion(database: DatabaseSync): number {
  const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
  if (tables.length === 0) return 0;
  if (!tables.some((table) => table["name"] === "meta")) notOurs();
  const row = database.prepare("SELECT value FROM meta WHERE key = 'schema_version'").get();
  const version = Number(row?.["value"]);
  return Number.isInteger(version) && version > 0 ? version : notOurs();
}

function notOurs(): never {
  throw new StoreFailure("unavailable", "The database file was not made by Stepwell.");
}
