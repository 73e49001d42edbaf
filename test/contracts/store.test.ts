import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, test } from "vitest";
import type { Store } from "../../src/ports/store.ts";
import { createMemoryStore, type CommitFault } from "../../src/store/memory/memory-store.ts";
import { openStore } from "../../src/store/open-store.ts";
import { commitMark, startPostgresProxy } from "./postgres-proxy.ts";
import { postgresStores } from "./postgres-stores.ts";
import { sharedPostgres } from "./shared-postgres.ts";
import { storeContract } from "./store-contract.ts";

storeContract("memory", {
  open: () => openStore({ kind: "memory" }),
  openPartitioned: async (partitions) => createMemoryStore({ partitions }),
  async openLosingAnswer(outcome) {
    const faults: CommitFault[] = [`unknown, ${outcome}`];
    return createMemoryStore({ beforeCommit: () => faults.pop() });
  },
});

const directories = new Map<Store, string>();

async function openSqlite(dataDir: string): Promise<Store> {
  const store = await openStore({ kind: "sqlite", dataDir });
  directories.set(store, dataDir);
  return store;
}

storeContract("sqlite", {
  open: async () => openSqlite(await mkdtemp(join(tmpdir(), "stepwell-store-"))),
  async reopen(store) {
    await store.close();
    return openSqlite(directories.get(store) ?? "");
  },
});

afterAll(async () => {
  const made = new Set(directories.values());
  await Promise.all([...made].map((path) => rm(path, { recursive: true })));
});

const server = await sharedPostgres();
if (typeof server === "string") {
  test.skip(`the postgres store: ${server}`);
} else {
  const proxy = await startPostgresProxy(server.url);
  const stores = postgresStores(server.url);

  storeContract("postgres", {
    // The suite has all of its executions in the first partition.
    open: () => stores.open({ partitions: 1 }),
    async reopen(store) {
      await store.close();
      return stores.join(store);
    },
    openPartitioned: (partitions) => stores.open({ partitions }),
    async openLosingAnswer(outcome) {
      const store = await stores.open({ partitions: 1, url: proxy.url });
      proxy.faultNext(outcome === "written" ? "lose the answer" : "lose the statement", commitMark);
      return store;
    },
  });

  afterAll(() => proxy.close());
}
