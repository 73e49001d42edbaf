import { writeSync } from "node:fs";
import { StoreFailure, type Store } from "../../../src/ports/store.ts";
import { openSqliteStore } from "../../../src/store/sqlite/sqlite-store.ts";
import { chunk, own, start, started, write } from "../store-fixtures.ts";

/**
 * Commits to a store, with a checkpoint in the middle, closes it, and does so again. Usage: `child.ts DIRECTORY`. Tells
 * the number of each commit that was acknowledged, and the kind of the failure that ends it, a line each.
 */
const [dataDir = ""] = process.argv.slice(2);
const commitsOfRun = 8;
/** Enough rows for the store to copy its write-ahead log into the database. */
const rowsOfLongCommit = 600;
const tell = (text: string | number) => writeSync(1, `${text}\n`);

async function commitSome(store: Store, first: number): Promise<void> {
  const owner = await own(store);
  for (let number = first; number < first + commitsOfRun; number += 1) {
    const long = (number - first) % 4 === 2 ? rowsOfLongCommit : 0;
    const more = Array.from({ length: long }, (_, index) =>
      write(`e${number}`, { chunk: chunk(index + 2) }),
    );
    const result = await owner.commit(
      [start(started(`e${number}`), { chunk: chunk(1) }), ...more],
      { messagesSent: [{ id: `m${number}`, to: "somebody", body: "x".repeat(5000) }] },
    );
    if (result !== "committed") throw new Error(result);
    tell(number);
  }
}

/** A store whose disk has failed may say so when it is closed, and is closed all the same. */
async function close(store: Store): Promise<void> {
  await store.close().catch(() => tell("close failed"));
}

async function run(): Promise<void> {
  for (const first of [1, 1 + commitsOfRun]) {
    const store = await openSqliteStore({ dataDir });
    try {
      await commitSome(store, first);
    } catch (failure) {
      if (!(failure instanceof StoreFailure)) throw failure;
      tell(failure.kind);
      const again: unknown = await store.acquire(0).catch((error: unknown) => error);
      tell(again instanceof StoreFailure ? "refused again" : "goes on");
      return close(store);
    }
    await close(store);
  }
  tell("done");
}

try {
  await run();
} catch (failure) {
  if (!(failure instanceof StoreFailure)) throw failure;
  tell(failure.kind);
}
