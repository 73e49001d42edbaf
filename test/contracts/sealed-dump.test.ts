import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { openDump } from "../../src/store/open-dump.ts";
import { openSqliteStore } from "../../src/store/sqlite/sqlite-store.ts";
import { sealed, sealedDump } from "./sealed-stores.ts";
import { storeDumpContract } from "./store-dump-contract.ts";

const folders: string[] = [];

storeDumpContract("sealed sqlite", async () => {
  const folder = await mkdtemp(join(tmpdir(), "stepwell-sealed-dump-"));
  folders.push(folder);
  const dataDir = join(folder, "data");
  return {
    store: async () => sealed(await openSqliteStore({ dataDir })),
    dump: async (use) => sealedDump(await openDump({ kind: "sqlite", dataDir }, use)),
  };
});

afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));
