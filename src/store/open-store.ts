import type { Store } from "../ports/store.ts";
import { createMemoryStore } from "./memory/memory-store.ts";
import type { PostgresStore, PostgresStoreOptions } from "./postgres/postgres-store.ts";
import { openSqliteStore, type SqliteStoreOptions } from "./sqlite/sqlite-store.ts";

/** Where a store keeps what it is given. */
export type StoreOptions =
  | { readonly kind: "memory" }
  | ({ readonly kind: "sqlite" } & SqliteStoreOptions)
  | ({ readonly kind: "postgres" } & PostgresStoreOptions);

/** Opens the store that the options name. */
export async function openStore(
  options: { readonly kind: "postgres" } & PostgresStoreOptions,
): Promise<PostgresStore>;
export async function openStore(options: StoreOptions): Promise<Store>;
export async function openStore(options: StoreOptions): Promise<Store> {
  switch (options.kind) {
    case "memory":
      return createMemoryStore();
    case "sqlite":
      return openSqliteStore(options);
    case "postgres": {
      // The client is loaded by those who need it.
      const { openPostgresStore } = await import("./postgres/postgres-store.ts");
      return openPostgresStore(options);
    }
  }
}
