import { randomUUID } from "node:crypto";
import type { PostgresStore } from "../../src/store/postgres/postgres-store.ts";
import { openStore } from "../../src/store/open-store.ts";

type Options = Omit<Parameters<typeof openStore>[0] & { readonly kind: "postgres" }, "kind">;

/** Stores on one server, each in a schema of its own. */
export function postgresStores(url: string) {
  const opened = new WeakMap<object, Options>();

  async function open(options: Partial<Options> = {}): Promise<PostgresStore> {
    const all = { url, schema: `s_${randomUUID().replaceAll("-", "")}`, ...options };
    const store = await openStore({ kind: "postgres", ...all });
    opened.set(store, all);
    return store;
  }

  return {
    open,
    /** Opens what is open already once more, as another node does. */
    join: (store: object) => open(opened.get(store)),
    schemaOf: (store: object): string => opened.get(store)?.schema ?? "",
  };
}
