import { rmSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { StoreFailure, type Store } from "../../src/ports/store.ts";
import { openSqliteStore } from "../../src/store/sqlite/sqlite-store.ts";
import { chunk, own, start, started, write } from "./store-fixtures.ts";

/**
 * A process of its own that uses a store until something happens to it. Usage: `store-child.ts MODE DIRECTORY`. What was
 * answered is told on standard output, a line each, as soon as it was.
 */
const [mode = "", directory = ""] = process.argv.slice(2);
const tell = (text: string | number) => writeSync(1, `${text}\n`);

/** Starts executions `e1`, `e2`, … and adds to each when the next starts; tells their numbers, from `from`. */
async function commitForever(store: Store, from: number): Promise<never> {
  const owner = await own(store);
  for (let count = from; ; count += 1) {
    const before = count === from ? [] : [write(`e${count - 1}`, { chunk: chunk(2) })];
    const more = { messagesSent: [{ id: `m${count}`, to: "somebody", body: "x".repeat(2000) }] };
    const result = await owner.commit(
      [...before, start(started(`e${count}`), { chunk: chunk(1) })],
      more,
    );
    if (result !== "committed") throw new Error(result);
    tell(count);
  }
}

/** Tells how a store ends whose disk does. */
async function commitUntilFailure(store: Store, from: number): Promise<void> {
  const failure: unknown = await commitForever(store, from).catch((error: unknown) => error);
  if (!(failure instanceof StoreFailure)) throw failure;
  tell(failure.kind);
  const again: unknown = await store.acquire(0).catch((error: unknown) => error);
  tell(again === failure || String(again) === String(failure) ? "refused again" : "went on");
  await store.close();
}

const dataDir = join(directory, "data");
switch (mode) {
  case "until killed":
    await commitForever(await openSqliteStore({ dataDir }), 1);
    break;
  case "until failure":
    await commitUntilFailure(await openSqliteStore({ dataDir }), 1);
    break;
  // The directory is a small disk, of which some is free after the first time.
  case "full disk": {
    const ballast = join(directory, "ballast");
    writeFileSync(ballast, Buffer.alloc(1_000_000, 1));
    await commitUntilFailure(await openSqliteStore({ dataDir }), 1);
    rmSync(ballast);
    const store = await openSqliteStore({ dataDir });
    const messages = await store.messages(0, 100_000);
    tell(`kept ${messages.length}`);
    await store.close();
    await commitUntilFailure(await openSqliteStore({ dataDir }), messages.length + 1);
    break;
  }
  default:
    throw new Error(`no mode '${mode}'`);
}
