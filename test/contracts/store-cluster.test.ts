import { setTimeout as sleep } from "node:timers/promises";
import { test } from "vitest";
import { createMemoryStore } from "../../src/store/memory/memory-store.ts";
import { clusterContract } from "./cluster-contract.ts";
import { postgresStores } from "./postgres-stores.ts";
import { sharedPostgres } from "./shared-postgres.ts";

// One clock for all of them does no harm: it goes forward only.
let now = 1_000_000;

clusterContract("memory", {
  open: async (partitions) => createMemoryStore({ partitions, now: () => now }),
  longLeaseMs: 10_000,
  shortLeaseMs: 300,
  async pass(_store, ms) {
    now += ms;
  },
});

const server = await sharedPostgres();
if (typeof server === "string") {
  test.skip(`the postgres store among nodes: ${server}`);
} else {
  const stores = postgresStores(server.url);

  clusterContract("postgres", {
    open: (partitions) => stores.open({ partitions }),
    join: stores.join,
    longLeaseMs: 60_000,
    shortLeaseMs: 300,
    async pass(store, ms) {
      // The server's clock is the one that counts, and nothing sets it.
      const { now: start } = await store.clusterView();
      while ((await store.clusterView()).now <= start + ms) await sleep(10);
    },
  });
}
