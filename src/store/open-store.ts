import type { Store } from "../ports/store.ts";
import { createMemoryStore } from "./memory/memory-store.ts";
import { openSqliteStore, type SqliteStoreOptions } from "./sqlite/sqlite-store.ts";

/** Where a store keeps what it is given. */
export type StoreOptions =
  { readonly kind: "memory" } | ({ readonly kind: "sqlite" } & SqliteStoreOptions);

/** Opens the store that the options name. */
export async function openStore(options: StoreOptions): Promise<Store> {
  switch (options.kind) {
    case "memory":
      return createMemoryStore();
    case "sqlite":
      return openSqliteStore(options);
  }
}
