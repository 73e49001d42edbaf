import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import type { Store } from "../../src/ports/store.ts";
import { createMemoryStore, type CommitFault } from "../../src/store/memory/memory-store.ts";
import { openStore } from "../../src/store/open-store.ts";
import { sealed } from "./sealed-stores.ts";
import { storeContract } from "./store-contract.ts";

storeContract("sealed memory", {
  open: async () => sealed(createMemoryStore()),
  openPartitioned: async (partitions) => sealed(createMemoryStore({ partitions })),
  async openLosingAnswer(outcome) {
    const faults: CommitFault[] = [`unknown, ${outcome}`];
    return sealed(createMemoryStore({ beforeCommit: () => faults.pop() }));
  },
});

const directories = new Map<Store, string>();

async function openSqlite(dataDir: string): Promise<Store> {
  const store = await sealed(await openStore({ kind: "sqlite", dataDir }));
  directories.set(store, dataDir);
  return store;
}

storeContract("sealed sqlite", {
  open: async () => openSqlite(await mkdtemp(join(tmpdir(), "stepwell-sealed-"))),
  async reopen(store) {
    await store.close();
    return openSqlite(directories.get(store) ?? "");
  },
});

afterAll(async () => {
  const made = new Set(directories.values());
  await Promise.all([...made].map((path) => rm(path, { recursive: true })));
});
