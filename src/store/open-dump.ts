import type { StoreDump } from "../ports/store-dump.ts";
import { migratePostgres, openPostgresDump } from "./postgres/dump.ts";
import { migrateDataDirectory, openSqliteDump } from "./sqlite/dump.ts";

/** Where a store is that outlives its process. */
export type StoreLocation =
  | { readonly kind: "sqlite"; readonly dataDir: string }
  | {
      readonly kind: "postgres";
      readonly url: string;
      /** Of a store that is made. */
      readonly partitions?: number;
    };

/**
 * Opens a store as records. `read`: it must be there, with the schema of this version. `write`: it is made, or brought up
 * to date.
 */
export function openDump(location: StoreLocation, use: "read" | "write"): Promise<StoreDump> {
  return location.kind === "sqlite"
    ? openSqliteDump({ ...location, use })
    : openPostgresDump({ ...location, use });
}

/** What bringing a store up to date came to. */
export interface SchemaChange {
  /** What it is, for people: without a password. */
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/** Brings the schema of a store that is there to this version, as a server does when it starts. */
export function migrateStore(location: StoreLocation): Promise<SchemaChange> {
  return location.kind === "sqlite"
    ? migrateDataDirectory(location.dataDir)
    : migratePostgres(location.url);
}
