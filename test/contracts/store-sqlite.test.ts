import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { StoreFailure, type Store } from "../../src/ports/store.ts";
import { initial } from "../../src/store/sqlite/migrations/0001-initial.ts";
import { migrations } from "../../src/store/sqlite/schema.ts";
import { openSqliteStore } from "../../src/store/sqlite/sqlite-store.ts";
import {
  chunk,
  executionArn,
  machineArn,
  own,
  start,
  started,
  stateMachine,
  version,
  write,
} from "./store-fixtures.ts";

const child = join(import.meta.dirname, "store-child.ts");
const quiet = "--disable-warning=ExperimentalWarning";

let directory: string;
let dataDir: string;
const stores: Store[] = [];
const children: ChildProcess[] = [];

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "stepwell-sqlite-"));
  dataDir = join(directory, "data");
});

afterEach(async () => {
  await Promise.all(stores.splice(0).map((store) => store.close()));
  for (const each of children.splice(0)) each.kill("SIGKILL");
  rmSync(directory, { recursive: true });
});

async function open(options: { maxBytes?: number } = {}): Promise<Store> {
  const store = await openSqliteStore({ dataDir, ...options });
  stores.push(store);
  return store;
}

async function failureOf(work: Promise<unknown>): Promise<StoreFailure> {
  const error: unknown = await work.catch((reason: unknown) => reason);
  if (error instanceof StoreFailure) return error;
  throw new Error("it did not fail as a store does", { cause: error });
}

/** That executions `e1` to `e{count}` are there with all that was answered of them, and perhaps one more. */
async function expectAllKept(store: Store, count: number): Promise<void> {
  const names = Array.from({ length: count + 2 }, (_, index) => `e${index + 1}`);
  const found = await store.journals(names.map((name) => executionArn(name)));
  expect([count, count + 1]).toContain(found.length);
  expect(found.slice(0, -1).every(({ chunks }) => chunks.length === 2)).toBe(true);
  expect(found.at(-1)?.chunks).toEqual([chunk(1)]);
  const messages = await store.messages(0, count + 2);
  expect(messages.map(({ id }) => id)).toEqual(found.map((_, index) => `m${index + 1}`));
}

test("a store of the first schema is brought up to date and keeps what it had", async () => {
  mkdirSync(dataDir);
  const old = new DatabaseSync(join(dataDir, "stepwell.db"));
  old.exec(initial.sql);
  old.exec(`INSERT INTO meta VALUES ('schema_version', '1'), ('secret', 'kept')`);
  old.exec(`INSERT INTO state_machines (arn, name, type, status, created_at, revision_id, tags)
            VALUES ('${machineArn("a")}', 'a', 'STANDARD', 'ACTIVE', 500, 'revision-1', '{}')`);
  old.exec(`INSERT INTO machine_numbers VALUES (7, '${machineArn("a")}')`);
  old.exec(`INSERT INTO executions VALUES (1, '${executionArn("e1", "a")}', 7, 'revision-1', 'e1', 0, 1000,
            NULL, 0, NULL, '{"stateMachineVersionArn":"${machineArn("a")}:1"}')`);
  old.close();
  const store = await open();
  expect(await store.secret()).toBe("kept");
  expect(await store.stateMachine(machineArn("a"))).toEqual(stateMachine("a"));
  const changed = stateMachine("a", { lastVersion: 1 });
  await store.putStateMachine(changed, undefined, version("a", 1));
  expect(await store.stateMachine(machineArn("a"))).toEqual(changed);
  expect((await store.versions(machineArn("a"), { limit: 2 })).items).toEqual([version("a", 1)]);
  const filter = {
    stateMachineArn: machineArn("a"),
    stateMachineVersionArn: `${machineArn("a")}:1`,
  };
  const { items } = await store.executions(filter, { limit: 2 });
  expect(items.map(({ name }) => name)).toEqual(["e1"]);
});

test("a store from before packing keeps its journals, and packs them", async () => {
  mkdirSync(dataDir);
  const old = new DatabaseSync(join(dataDir, "stepwell.db"));
  for (const { sql } of migrations.slice(0, 3)) old.exec(sql);
  old.exec(`INSERT INTO meta VALUES ('schema_version', '3'), ('secret', 'kept')`);
  old.exec(`INSERT INTO machine_numbers VALUES (7, '${machineArn()}')`);
  const insert = old.prepare(
    `INSERT INTO executions (id, execution_arn, machine, revision_id, name, status, start_date, stop_date, parked)
     VALUES (?, ?, 7, 'revision-1', ?, 1, 1000, 2000, 0)`,
  );
  const append = old.prepare(
    "INSERT INTO journal (execution, first_event_id, last_event_id, data) VALUES (?, ?, ?, ?)",
  );
  const names = Array.from({ length: 300 }, (_, index) => `e${index + 1}`);
  for (const part of [chunk(1, 3), chunk(4)]) {
    for (const [index, name] of names.entries()) {
      if (part.firstEventId === 1) insert.run(index + 1, executionArn(name), name);
      append.run(index + 1, part.firstEventId, part.lastEventId, part.data);
    }
  }
  old.close();
  const store = await open();
  expect(await store.execution(executionArn("e9"))).toMatchObject({ name: "e9", stopDate: 2000 });
  let packed = 0;
  for (let more = 1; more > 0; packed += more) more = (await store.packClosed?.(2001, 50)) ?? 0;
  expect(packed).toBe(300);
  const read = await store.journals(names.map((name) => executionArn(name)));
  expect(read.map(({ chunks }) => chunks)).toEqual(names.map(() => [chunk(1, 3), chunk(4)]));
  await store.close();
  const database = new DatabaseSync(join(dataDir, "stepwell.db"));
  expect(database.prepare("SELECT count(*) AS rows FROM journal").get()).toEqual({ rows: 0 });
  expect(database.prepare("SELECT count(*) AS rows FROM packed_journals").get()).toEqual({
    rows: 300,
  });
  database.close();
});

test("a packed journal that is damaged is named, and keeps nobody else from theirs", async () => {
  const before = await open();
  const closed = { status: "FAILED", stopDate: 2000 } as const;
  const owner = await own(before);
  for (const name of ["good", "bad"]) {
    await owner.commit([start(started(name), { chunk: chunk(1), closed })]);
  }
  expect(await before.packClosed?.(3000, 10)).toBe(2);
  await before.close();
  const database = new DatabaseSync(join(dataDir, "stepwell.db"));
  const { data } = database
    .prepare("SELECT data FROM packed_journals WHERE execution = 2")
    .get() as {
    data: Uint8Array;
  };
  data[20] = (data[20] ?? 0) ^ 1;
  database.prepare("UPDATE packed_journals SET data = ? WHERE execution = 2").run(data);
  database.close();

  const store = await open();
  const [good, bad] = [executionArn("good"), executionArn("bad")];
  for (const read of [() => store.journal(bad, {}), () => store.journals([good, bad])]) {
    const failure: unknown = await read().catch((reason: unknown) => reason);
    expect(failure).not.toBeInstanceOf(StoreFailure);
    expect(String(failure)).toMatch(/execution:orders:bad is damaged: its checksum is wrong/);
  }
  expect(await store.journal(good, {})).toEqual([chunk(1)]);
  expect(await store.execution(bad)).toMatchObject({ status: "FAILED" });
  expect(await (await own(store)).commit([start(started("new"))])).toBe("committed");
});

describe("the lock of a data directory", () => {
  test("refuses a second store in the same process, and names directory and process", async () => {
    const first = await open();
    const failure = await failureOf(openSqliteStore({ dataDir }));
    expect(failure.kind).toBe("locked");
    expect(failure.message).toContain(dataDir);
    expect(failure.message).toContain(`pid ${process.pid}`);
    await first.close();
    await (await open()).secret();
  });

  test("is of a directory, whatever it is called by", async () => {
    await open();
    const failure = await failureOf(openSqliteStore({ dataDir: join(dataDir, "..", "data") }));
    expect(failure.kind).toBe("locked");
  });
});

test("a process killed in the middle of commits loses nothing that was answered, nor keeps the lock", async () => {
  const process = spawn(globalThis.process.execPath, [quiet, child, "until killed", directory], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  children.push(process);
  let answered = 0;
  for await (const line of createInterface({ input: process.stdout })) {
    answered = Number(line);
    if (answered === 300) {
      const failure = await failureOf(openSqliteStore({ dataDir }));
      expect(failure.kind).toBe("locked");
      expect(failure.message).toContain(`pid ${process.pid}`);
      process.kill("SIGKILL");
    }
  }
  expect(process.signalCode ?? (await once(process, "exit"))[1]).toBe("SIGKILL");
  expect(answered).toBeGreaterThanOrEqual(300);
  await expectAllKept(await open(), answered);
});

describe("a store that this version cannot use", () => {
  function alter(sql: string): void {
    const database = new DatabaseSync(join(dataDir, "stepwell.db"));
    database.exec(sql);
    database.close();
  }

  test("is refused if a newer version made it, is left alone, and is not kept locked", async () => {
    const store = await open();
    const secret = await store.secret();
    await store.close();
    alter("UPDATE meta SET value = '999' WHERE key = 'schema_version'");
    const failure = await failureOf(openSqliteStore({ dataDir }));
    expect(failure.kind).toBe("newer");
    expect(failure.message).toMatch(/newer version of Stepwell.*999/);
    expect(failure.message).toContain(dataDir);
    alter(`UPDATE meta SET value = '${migrations.length}' WHERE key = 'schema_version'`);
    expect(await (await open()).secret()).toBe(secret);
  });

  test("is refused if it is somebody else's database", async () => {
    mkdirSync(dataDir);
    alter("CREATE TABLE invoices (id INTEGER PRIMARY KEY)");
    expect((await failureOf(openSqliteStore({ dataDir }))).message).toMatch(/not made by Stepwell/);
  });

  test("is refused if it is damaged", async () => {
    mkdirSync(dataDir);
    writeFileSync(join(dataDir, "stepwell.db"), "no database at all ".repeat(1000));
    const failure = await failureOf(openSqliteStore({ dataDir }));
    expect(failure.kind).toBe("fatal");
    expect(failure.message).toMatch(/damaged/);
  });

  test("is refused if its directory cannot be", async () => {
    writeFileSync(dataDir, "a file");
    const failure = await failureOf(openSqliteStore({ dataDir }));
    expect(failure.kind).toBe("unavailable");
    expect(failure.message).toContain(dataDir);
  });
});

describe("a disk", () => {
  test("that is full by the bound given fails the commit, ends writing, and loses nothing", async () => {
    const store = await open({ maxBytes: 400_000 });
    const owner = await own(store);
    let answered = 0;
    const fill = async (): Promise<void> => {
      for (;;) {
        const next = answered + 1;
        const before = answered === 0 ? [] : [write(`e${answered}`, { chunk: chunk(2) })];
        const messagesSent = [{ id: `m${next}`, to: "somebody", body: "x".repeat(2000) }];
        await owner.commit([...before, start(started(`e${next}`), { chunk: chunk(1) })], {
          messagesSent,
        });
        answered = next;
      }
    };
    const failure = await failureOf(fill());
    expect(failure.kind).toBe("full");
    expect(failure.message).toContain(dataDir);
    expect(answered).toBeGreaterThan(20);

    expect((await failureOf(owner.commit([]))).kind).toBe("full");
    expect((await failureOf(store.acquire(0))).kind).toBe("full");
    // What a full disk did not take is known not to be there: reading goes on.
    expect(await store.execution(executionArn(`e${answered + 1}`))).toBeUndefined();
    await expectAllKept(store, answered);
    await store.close();

    const again = await open({ maxBytes: 4_000_000 });
    await expectAllKept(again, answered);
    const next = await own(again);
    expect(await next.commit([start(started("after"), { chunk: chunk(1) })])).toBe("committed");
  });

  const namespaces = spawnSync("unshare", ["-rm", "mount", "-t", "tmpfs", "tmpfs", tmpdir()]);
  test.skipIf(namespaces.status !== 0)(
    "that is really full does the same (skipped where a small disk cannot be mounted without root)",
    () => {
      const mounted =
        'mount -t tmpfs -o size=3m tmpfs "$3" && exec "$0" "$1" "$2" "full disk" "$3"';
      const { stdout, stderr } = spawnSync(
        "unshare",
        ["-rm", "sh", "-c", mounted, process.execPath, quiet, child, directory],
        { encoding: "utf8" },
      );
      expect(stderr).toBe("");
      const lines = stdout.trim().split("\n");
      const first = lines.indexOf("full");
      expect(lines[first + 1]).toBe("refused again");
      const answered = Number(lines[first - 1]);
      expect(answered).toBeGreaterThan(20);
      expect([answered, answered + 1].map((count) => `kept ${count}`)).toContain(lines[first + 2]);
      expect(Number(lines[first + 3])).toBeGreaterThan(answered);
      expect(lines.slice(-2)).toEqual(["full", "refused again"]);
    },
  );

  test.skipIf(process.platform === "win32")(
    "that refuses to be written is fatal, and loses nothing that was answered before",
    async () => {
      // A limit on the size of files makes writes fail with an error that does not mean a full disk.
      const limited = 'ulimit -f 4000 && exec "$0" "$1" "$2" "until failure" "$3"';
      const { stdout, stderr } = spawnSync(
        "sh",
        ["-c", limited, process.execPath, quiet, child, directory],
        { encoding: "utf8" },
      );
      expect(stderr).toBe("");
      const lines = stdout.trim().split("\n");
      expect(lines.slice(-2)).toEqual(["fatal", "refused again"]);
      const answered = Number(lines.at(-3));
      expect(answered).toBeGreaterThan(20);
      await expectAllKept(await open(), answered);
    },
  );
});

describe("the files of a store", () => {
  test("are private, and after a close only the database and the lock are left", async () => {
    const store = await open();
    const owner = await own(store);
    await owner.commit([start(started("a"))]);
    await store.close();
    if (process.platform !== "win32") expect(statSync(dataDir).mode & 0o777).toBe(0o700);
    expect(readdirSync(dataDir).toSorted()).toEqual(["lock", "lock.owner", "stepwell.db"]);
    const database = new DatabaseSync(join(dataDir, "stepwell.db"));
    expect(database.prepare("PRAGMA integrity_check").get()).toEqual({ integrity_check: "ok" });
    database.close();
  });

  test("have a write-ahead log that does not grow without end", async () => {
    const store = await open();
    const owner = await own(store);
    await owner.commit([start(started("a"))]);
    const data = "x".repeat(4000);
    for (let count = 0; count < 120; count += 1) {
      await owner.commit(
        Array.from({ length: 100 }, () => write("a", { chunk: { ...chunk(1), data } })),
      );
    }
    // 48 MB of journal have gone through it.
    expect(statSync(join(dataDir, "stepwell.db-wal")).size).toBeLessThan(32_000_000);
  });
});

test("a long read keeps no commit waiting", async () => {
  const store = await open();
  const owner = await own(store);
  await owner.commit([start(started("big")), start(started("other"))]);
  const data = "x".repeat(1_000_000);
  for (let count = 0; count < 40; count += 1) {
    await owner.commit([write("big", { chunk: { ...chunk(1), data } })]);
  }
  let isRead = false;
  const reading = store
    .journals(Array.from({ length: 5 }, () => executionArn("big")))
    .then(() => (isRead = true));
  expect(await owner.commit([write("other", { chunk: chunk(1) })])).toBe("committed");
  expect(isRead).toBe(false);
  await reading;
});

test("calls that were made before a close are answered before it", async () => {
  const store = await open();
  const owner = await own(store);
  const commits = ["a", "b", "c"].map((name) => owner.commit([start(started(name))]));
  await store.close();
  expect(await Promise.all(commits)).toEqual(["committed", "committed", "committed"]);
});
