import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { openDump } from "../../src/store/open-dump.ts";
import { openPostgresDump } from "../../src/store/postgres/dump.ts";
import { openPostgresStore } from "../../src/store/postgres/postgres-store.ts";
import { openSqliteStore } from "../../src/store/sqlite/sqlite-store.ts";
import { sharedPostgres } from "./shared-postgres.ts";
import { storeDumpContract } from "./store-dump-contract.ts";

const folders: string[] = [];
const server = await sharedPostgres();

storeDumpContract("sqlite", async () => {
  const folder = await mkdtemp(join(tmpdir(), "stepwell-dump-"));
  folders.push(folder);
  const dataDir = join(folder, "data");
  return {
    store: () => openSqliteStore({ dataDir }),
    dump: (use) => openDump({ kind: "sqlite", dataDir }, use),
  };
});

if (typeof server !== "string") {
  let schemas = 0;
  storeDumpContract("postgres", async () => {
    const options = { url: server.url, schema: `dump_${++schemas}`, partitions: 5 };
    return {
      store: () => openPostgresStore(options),
      dump: (use) => openPostgresDump({ ...options, use }),
    };
  });
}

afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));
