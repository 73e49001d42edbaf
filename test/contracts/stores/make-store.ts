import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { migrations } from "../../../src/store/sqlite/schema.ts";
import { openSqliteStore } from "../../../src/store/sqlite/sqlite-store.ts";
import { stepClock } from "../../runtime/step-clock.ts";
import { beginKept, engineOfKept, executionArn } from "./kept-work.ts";

// Keeps a store as this version leaves it, for the versions after it: `schema-N.db.gz`, to be made once before a release
// that has a new schema, and never again.
//
//   node test/contracts/stores/make-store.ts

const file = join(import.meta.dirname, `schema-${migrations.length}.db.gz`);
if (existsSync(file)) {
  console.error(`${file} is there already.`);
  process.exit(1);
}

const dataDir = mkdtempSync(join(tmpdir(), "stepwell-kept-"));
const clock = stepClock();
const store = await openSqliteStore({ dataDir });
const engine = await engineOfKept(store, clock, "fail");

/** Lets real time pass until something is so. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await isSo()); tries += 1) {
    if (tries === 1_000) throw new Error(`it never comes to this: ${isSo.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
const statusOf = async (machine: string) =>
  (await engine.describeExecution(executionArn(machine)))?.record.status;
const hasHappened = async (machine: string, type: string, times: number): Promise<boolean> => {
  const history = await engine.history(executionArn(machine), { limit: 100, reverse: false });
  return history?.events.filter((event) => event.type === type).length === times;
};

await beginKept(store, engine, clock);
await until(async () => (await statusOf("Closes")) === "SUCCEEDED");
await until(async () => (await statusOf("Fails")) === "FAILED");
// Some items of both Maps end, the others wait for hours.
for (let second = 0; second < 30; second += 1) {
  clock.advance(1_000);
  await new Promise((resolve) => setTimeout(resolve, 20));
}
await until(() => hasHappened("Halves", "MapIterationSucceeded", 3));
await until(async () => {
  const page = { limit: 9 };
  const [run] = (await store.mapRuns(executionArn("Distributes"), page)).items;
  const filter = { mapRunArn: run?.mapRunArn ?? "", status: "SUCCEEDED" } as const;
  return (await store.mapRunChildren(filter, page)).items.length === 2;
});
await engine.shutdown(1_000);
await store.close();
const kept = gzipSync(readFileSync(join(dataDir, "stepwell.db")), { level: 9 });
writeFileSync(file, kept);
rmSync(dataDir, { recursive: true });
console.log(`${file}: ${kept.length} bytes`);
