import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { DamagedJournal, type DumpedChunk } from "../../src/ports/store-dump.ts";
import { type Page, StoreFailure } from "../../src/ports/store.ts";
import { arnKey } from "../../src/store/postgres/arn-key.ts";
import { openDatabase } from "../../src/store/postgres/database.ts";
import { openPostgresDump } from "../../src/store/postgres/dump.ts";
import { tidy } from "../../src/store/postgres/housekeeping.ts";
import type { PostgresStore } from "../../src/store/postgres/postgres-store.ts";
import { type Migration, migrations } from "../../src/store/postgres/schema.ts";
import { type PostgresProxy, startPostgresProxy } from "./postgres-proxy.ts";
import { startPostgres } from "./postgres-server.ts";
import { postgresStores } from "./postgres-stores.ts";
import {
  batch,
  chunk,
  executionArn,
  machineArn,
  own,
  revision,
  start,
  started,
  stateMachine,
  write,
} from "./store-fixtures.ts";

const server = await startPostgres();

describe.skipIf(typeof server === "string")("the postgres store", () => {
  if (typeof server === "string") {
    test(server, () => {});
    return;
  }
  const { url: serverUrl } = server;
  const stores = postgresStores(serverUrl);
  const open: { close(): Promise<unknown> }[] = [];

  afterEach(async () => {
    await Promise.all(open.splice(0).map((each) => each.close()));
  });
  afterAll(() => server.stop());

  async function opened(...options: Parameters<typeof stores.open>): Promise<PostgresStore> {
    const store = await stores.open({ partitions: 1, ...options[0] });
    open.push(store);
    return store;
  }

  async function joined(store: PostgresStore): Promise<PostgresStore> {
    const other = await stores.join(store);
    open.push(other);
    return other;
  }

  async function proxied(options: { asPooler?: boolean } = {}): Promise<PostgresProxy> {
    const proxy = await startPostgresProxy(serverUrl, options);
    open.push(proxy);
    return proxy;
  }

  /** A session beside the store's, in its schema. */
  async function session(store: PostgresStore) {
    const client = new pg.Client({ connectionString: serverUrl });
    client.on("error", () => {});
    await client.connect();
    open.push({ close: () => client.end() });
    await client.query(`SET search_path = ${stores.schemaOf(store)}`);
    return client;
  }

  function urlWith(options: string): string {
    const url = new URL(serverUrl);
    url.search = `options=${encodeURIComponent(options)}`;
    return url.href;
  }

  /** Waits until a statement waits for a lock. */
  async function someoneWaits(client: pg.Client): Promise<number> {
    for (;;) {
      const { rows } = await client.query<{ pid: number }>(
        "SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock'",
      );
      const [row] = rows;
      if (row !== undefined) return row.pid;
      await sleep(5);
    }
  }

  /** How many statements wait for locks. */
  async function waiting(client: pg.Client): Promise<number> {
    const { rows } = await client.query(
      "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'",
    );
    return rows.length;
  }

  describe("has two fences", () => {
    test("the epoch alone keeps an earlier owner from a position that is free", async () => {
      const store = await opened();
      const early = await own(store);
      await own(await joined(store));
      expect(await early.commit([start(started("a"))])).toBe("fenced");
      const { rows } = await (await session(store)).query("SELECT * FROM commit_log");
      expect(rows).toEqual([]);
    });

    test.for([0, 1])("the position alone lets one of two owners commit (%i)", async (first) => {
      const store = await opened();
      const client = await session(store);
      const owners = [await own(store), await own(await joined(store))];
      if (first === 1) owners.reverse();
      const results = [];
      for (const [index, owner] of owners.entries()) {
        // As if both were the owner.
        await client.query("UPDATE partitions SET epoch = $1", [owner.epoch]);
        results.push(await owner.commit([start(started(`e${index}`))]));
      }
      expect(results).toEqual(["committed", "fenced"]);
      expect(await store.execution(executionArn("e0"))).toBeDefined();
      expect(await store.execution(executionArn("e1"))).toBeUndefined();
    });

    test.for(["read committed", "repeatable read", "serializable"])(
      "a takeover waits for a commit under way, and begins after it (%s)",
      async (level) => {
        const isolation = `-c default_transaction_isolation=${level.replace(" ", "\\ ")}`;
        const store = await opened({ url: urlWith(isolation) });
        const early = await own(store);
        const [commits, looks] = [await session(store), await session(store)];
        await commits.query("BEGIN");
        await commits.query("SELECT * FROM partitions FOR SHARE");
        await commits.query("INSERT INTO commit_log VALUES (0, 1, $1, false, now())", [
          early.epoch,
        ]);
        const taking = own(await joined(store));
        await someoneWaits(looks);
        await commits.query("COMMIT");
        const late = await taking;
        expect(await late.commit([start(started("a"))])).toBe("committed");
        expect(await store.resolve(0, early.epoch, 1)).toBe("committed");
        const { rows } = await looks.query("SELECT position::int, epoch::int FROM commit_log");
        expect(rows).toEqual([
          { position: 1, epoch: early.epoch },
          { position: 2, epoch: late.epoch },
        ]);
      },
    );
  });

  describe("when a connection breaks", () => {
    test("a backend that is terminated within a commit leaves it unknown, and resolve denies it", async () => {
      const store = await opened();
      const owner = await own(store);
      const [locks, looks] = [await session(store), await session(store)];
      await locks.query("BEGIN");
      await locks.query("SELECT * FROM partitions FOR UPDATE");
      const result = owner.commit([start(started("a"))]);
      await looks.query("SELECT pg_terminate_backend($1)", [await someoneWaits(looks)]);
      expect(await result).toBe("unknown");
      await locks.query("COMMIT");
      expect(await store.resolve(0, owner.epoch, 1)).toBe("not committed");
      expect(await store.execution(executionArn("a"))).toBeUndefined();
      expect(await owner.commit([start(started("a"))])).toBe("committed");
    });

    test("resolve waits for a commit that is still under way", async () => {
      const proxy = await proxied();
      const store = await opened({ url: proxy.url });
      const owner = await own(store);
      const [locks, looks] = [await session(store), await session(store)];
      await locks.query("BEGIN");
      await locks.query("SELECT * FROM partitions FOR UPDATE");
      const result = owner.commit([start(started("a"))]);
      await someoneWaits(looks);
      // The server does not notice before it has something to say.
      proxy.cut();
      expect(await result).toBe("unknown");
      const resolved = store.resolve(0, owner.epoch, 1);
      await locks.query("COMMIT");
      const isThere = (await resolved) === "committed";
      expect((await store.execution(executionArn("a"))) !== undefined).toBe(isThere);
      expect(await store.resolve(0, owner.epoch, 1)).toBe(await resolved);
    });

    test("reads, and writes that may be repeated, are repeated", async () => {
      const proxy = await proxied();
      const store = await opened({ url: proxy.url });
      const owner = await own(store);
      await owner.commit([start(started("a"), { chunk: chunk(1) })]);
      proxy.faultNext("lose the answer", "journal_forward");
      expect(await store.journal(executionArn("a"), {})).toEqual([chunk(1)]);
      proxy.faultNext("lose the answer", "partition_take");
      expect(await store.acquire(0)).toBe(owner.epoch + 2);
      proxy.cut();
      expect(await store.execution(executionArn("a"))).toEqual(started("a"));
    });

    test("a state machine whose put was answered to nobody is not refused as stored already", async () => {
      const proxy = await proxied();
      const store = await opened({ url: proxy.url });
      await store.putStateMachine(stateMachine("before"));
      proxy.faultNext("lose the answer", "state_machine_put");
      await store.putStateMachine(stateMachine("a"), revision("a"));
      expect(await store.revision(machineArn("a"), "revision-1")).toEqual(revision("a"));
      const again = store.putStateMachine(stateMachine("a"), revision("a"));
      await expect(again).rejects.toThrow("revision revision-1 is stored already");
    });

    test("nothing that was answered is lost over restarts and crashes of the server", async () => {
      const store = await opened();
      const owner = await own(store);
      let isOver = false;
      let sequence = 0;
      const answered: string[] = [];
      const committing = (async () => {
        while (!isOver) {
          sequence += 1;
          const name = `e${sequence}`;
          const result = await owner.commit([start(started(name))], { sequence });
          const outcome =
            result === "unknown" ? await store.resolve(0, owner.epoch, sequence) : result;
          if (outcome === "committed") answered.push(name);
          else expect(outcome).toBe("not committed");
        }
      })();
      for (const signal of ["SIGINT", "SIGQUIT", "SIGINT"] as const) {
        const before = answered.length;
        while (answered.length < before + 20) await sleep(5);
        await server.restart({ signal });
      }
      const before = answered.length;
      while (answered.length < before + 20) await sleep(5);
      isOver = true;
      await committing;
      const { rows } = await (
        await session(store)
      ).query<{ arn_name: string }>("SELECT arn_name FROM executions ORDER BY id");
      expect(rows.map(({ arn_name }) => arn_name)).toEqual(answered);
    });

    test("a server that does not come back is named, without its password", async () => {
      const proxy = await proxied();
      const store = await opened({ url: proxy.url, retryMs: 100 });
      await proxy.close();
      const failure: unknown = await store.acquire(0).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(StoreFailure);
      expect(failure).toMatchObject({ kind: "unavailable" });
      expect(String(failure)).toMatch(/127\.0\.0\.1:\d+\/postgres cannot be reached/);
      expect(String(failure)).not.toContain("canary");
    });
  });

  describe("when the server refuses for the moment", () => {
    test("a serialization failure is tried again", async () => {
      const isolation = "-c default_transaction_isolation=repeatable\\ read";
      const store = await opened({ url: urlWith(isolation) });
      const owner = await own(store);
      const [changes, looks] = [await session(store), await session(store)];
      await changes.query("BEGIN");
      // The commit's snapshot is older than what this leaves: error 40001.
      await changes.query("UPDATE partitions SET owned = owned");
      const result = owner.commit([start(started("a"))]);
      await someoneWaits(looks);
      await changes.query("COMMIT");
      expect(await result).toBe("committed");
    });

    test("a lock that is not to be had in time is tried again", async () => {
      const store = await opened({ url: urlWith("-c lock_timeout=20ms") });
      const owner = await own(store);
      const locks = await session(store);
      await locks.query("BEGIN");
      await locks.query("SELECT * FROM partitions FOR UPDATE");
      const result = owner.commit([start(started("a"))]);
      await someoneWaits(await session(store));
      await sleep(100);
      await locks.query("COMMIT");
      expect(await result).toBe("committed");
    });

    test("four partitions commit at once under serializable isolation", async () => {
      const isolation = "-c default_transaction_isolation=serializable";
      const store = await opened({ url: urlWith(isolation), partitions: 4 });
      const owners = await Promise.all([0, 1, 2, 3].map((partition) => own(store, partition)));
      await Promise.all(
        owners.map(async (owner, partition) => {
          for (let index = 0; index < 25; index += 1) {
            const name = `p${partition}e${index}`;
            expect(await owner.commit([start(started(name), { chunk: chunk(1) })])).toBe(
              "committed",
            );
            const closed = { status: "SUCCEEDED", stopDate: 2000 } as const;
            expect(await owner.commit([write(name, { chunk: chunk(2), closed })])).toBe(
              "committed",
            );
          }
        }),
      );
      const filter = { stateMachineArn: machineArn(), status: "SUCCEEDED" } as const;
      expect((await store.executions(filter, { limit: 200 })).items).toHaveLength(100);
      expect(await store.deleteClosed(3000, 60)).toBe(60);
    });

    test("a server that is read-only is named as that", async () => {
      const store = await opened({
        url: urlWith("-c default_transaction_read_only=on"),
        schema: "read_only",
        retryMs: 50,
      }).catch((error: unknown) => error);
      expect(store).toMatchObject({ kind: "unavailable" });
      expect(String(store)).toMatch(/read-only: it is a standby, or default_transaction_read_only/);
    });

    test("a standby is refused, and taken once it is the primary", async () => {
      const store = await opened();
      const owner = await own(store);
      await owner.commit([start(started("a"))]);
      await server.restart({ standby: true });
      const refused: unknown = await stores.join(store).catch((error: unknown) => error);
      expect(refused).toMatchObject({ kind: "unavailable" });
      expect(String(refused)).toContain("is read-only: it is a standby");
      // Who had it open waits for the primary.
      const reading = store.execution(executionArn("a"));
      await server.restart();
      expect(await reading).toEqual(started("a"));
      expect(await owner.commit([start(started("b"))])).toBe("committed");
    });
  });

  describe("when it is opened", () => {
    test("by many nodes at once, it is made once", async () => {
      const schema = "made_at_once";
      const nodes = await Promise.all(
        Array.from({ length: 6 }, () => opened({ schema, partitions: 8 })),
      );
      const secrets = await Promise.all(nodes.map((node) => node.secret()));
      expect(new Set(secrets).size).toBe(1);
      expect((await nodes[0]?.clusterView())?.partitions).toHaveLength(8);
    });

    test("its number of partitions stays, and another is refused", async () => {
      const schema = "five_partitions";
      await opened({ schema, partitions: 5 });
      const again = await stores.open({ schema });
      open.push(again);
      expect(again.partitions).toBe(5);
      const other = stores.open({ schema, partitions: 6 });
      await expect(other).rejects.toMatchObject({ kind: "unavailable" });
      await expect(other).rejects.toThrow(/has 5 partitions, and cannot have 6/);
      await expect(stores.open({ partitions: 0 })).rejects.toThrow(RangeError);
      const usual = await stores.open();
      open.push(usual);
      expect(usual.partitions).toBe(256);
    });

    test("one that is only looked at is neither made nor brought up to date", async () => {
      const none = opened({ schema: "none", migrate: false });
      await expect(none).rejects.toThrow("There is no store in");
      const store = await opened();
      const client = await session(store);
      const found = await client.query(
        "SELECT FROM information_schema.schemata WHERE schema_name = 'none'",
      );
      expect(found.rowCount).toBe(0);

      const schema = stores.schemaOf(store);
      await (await opened({ schema, migrate: false })).clusterView();
      const known = migrations as Migration[];
      known.push({ version: known.length + 1, statements: [] });
      try {
        const old = opened({ schema, migrate: false });
        await expect(old).rejects.toThrow("stepwell store migrate");
      } finally {
        known.pop();
      }
    });

    test("one that a newer version has used is refused, and left as it is", async () => {
      const store = await opened();
      const client = await session(store);
      await client.query("UPDATE meta SET value = '99' WHERE key = 'schema_version'");
      const again = stores.join(store);
      await expect(again).rejects.toMatchObject({ kind: "newer" });
      await expect(again).rejects.toThrow(/its schema is 99, and this version knows schemas up to/);
      // Who has it open goes on.
      expect(await (await own(store)).commit([start(started("a"))])).toBe("committed");
    });

    test("a schema with tables of somebody else is refused", async () => {
      const client = new pg.Client({ connectionString: serverUrl });
      await client.connect();
      open.push({ close: () => client.end() });
      await client.query("CREATE SCHEMA theirs");
      await client.query("CREATE TABLE theirs.meta (id integer)");
      await expect(stores.open({ schema: "theirs" })).rejects.toThrow(/not made by Stepwell/);
    });

    test("a wrong database, and an address where nobody is, are said plainly", async () => {
      const url = new URL(serverUrl);
      url.pathname = "/nowhere";
      await expect(stores.open({ url: url.href })).rejects.toThrow(/"nowhere" does not exist/);
      url.port = "1";
      const nobody = stores.open({ url: url.href, retryMs: 50 });
      await expect(nobody).rejects.toThrow(/127\.0\.0\.1:1\/nowhere cannot be reached: .*ECONN/);
    });

    test("how the server keeps data is there to be shown", async () => {
      const store = await opened();
      expect(store.conditions).toEqual({
        serverVersion: expect.stringContaining("PostgreSQL"),
        fsync: "off",
        fullPageWrites: "on",
        synchronousCommit: "on",
      });
    });

    test("behind a pooler nothing is kept prepared", async () => {
      const marks = ["partition_take", "executions_next_wake"];
      for (const asPooler of [false, true]) {
        const proxy = await proxied({ asPooler });
        const store = await opened({ url: proxy.url });
        expect(await (await own(store)).commit([start(started("a"))])).toBe("committed");
        expect(await store.nextWake(0)).toBeUndefined();
        expect(marks.map((mark) => proxy.saw(mark))).toEqual(marks.map(() => !asPooler));
      }
    });
  });

  describe("the commit log", () => {
    test("loses what is older than an hour, but answers as before", async () => {
      const store = await opened();
      const owner = await own(store);
      for (const name of ["a", "b", "c"]) await owner.commit([start(started(name))]);
      expect(await store.resolve(0, owner.epoch, 4)).toBe("not committed");
      await owner.commit([start(started("e"))], { sequence: 5 });
      const client = await session(store);
      await client.query("UPDATE commit_log SET at = at - interval '61 minutes'");
      const late = await own(store);
      const schema = stores.schemaOf(store);
      const database = openDatabase({ url: serverUrl, schema, maxConnections: 1, retryMs: 0 });
      open.push(database);
      await tidy(database, [0]);
      const { rows } = await client.query("SELECT position::int, refused FROM commit_log");
      expect(rows).toEqual([
        { position: 4, refused: true },
        { position: 5, refused: false },
      ]);
      for (const sequence of [1, 2, 3, 5]) {
        expect(await store.resolve(0, owner.epoch, sequence)).toBe("committed");
      }
      expect(await store.resolve(0, owner.epoch, 4)).toBe("not committed");
      // The later owner's commits are at the positions that the earlier would have gone on with.
      await late.commit([]);
      await late.commit([]);
      await client.query("UPDATE commit_log SET at = at - interval '61 minutes'");
      await tidy(database, [0]);
      expect(await store.resolve(0, owner.epoch, 6)).toBe("not committed");
      expect(await store.resolve(0, late.epoch, 1)).toBe("committed");
    });

    test.each([
      ["it acknowledged", false],
      ["was found in its log after its answer was lost", true],
    ])("that has gone back behind what %s is not gone on with", async (_, isLost) => {
      const store = await opened();
      const owner = await own(store);
      for (const name of ["a", "b"]) await owner.commit([start(started(name))]);
      if (isLost) {
        // Another process commits it in its name: this one is told nothing.
        const other = await joined(store);
        await other.commit(batch(owner.epoch, 3, [start(started("c"))]));
        expect(await store.resolve(0, owner.epoch, 3)).toBe("committed");
      } else await owner.commit([start(started("c"))]);
      const client = await session(store);
      // As after a failover to a server that had not heard of the last commit.
      await client.query("DELETE FROM commit_log WHERE position = 3");
      await client.query("DELETE FROM executions WHERE arn_name = 'c'");
      await expect(owner.commit([start(started("d"))], { sequence: 4 })).rejects.toThrow(
        /has lost commits that it had acknowledged: of partition 0 it has those up to 2, and had said .* up to 3/,
      );
      expect(await store.execution(executionArn("d"))).toBeUndefined();
    });

    test("has no more places than a repeated commit takes", async () => {
      const store = await opened();
      const epoch = await store.acquire(0);
      const twice = await Promise.all([
        store.commit(batch(epoch, 1, [start(started("a"))])),
        (await joined(store)).commit(batch(epoch, 1, [start(started("b"))])),
      ]);
      expect(twice.toSorted()).toEqual(["committed", "fenced"]);
    });
  });

  test("two ARNs with one key are told from each other", async () => {
    const store = await opened();
    const client = await session(store);
    const other = machineArn("other");
    await client.query("INSERT INTO arns VALUES ($1, $2)", [arnKey(machineArn()), other]);
    const commit = (await own(store)).commit([start(started("a"))]);
    await expect(commit).rejects.toThrow(/have one key/);
    expect(await store.execution(executionArn("a"))).toBeUndefined();
  });

  test("what is redriven while old executions are deleted stays whole, or is gone", async () => {
    const store = await opened();
    const other = await joined(store);
    const owner = await own(store);
    const closed = { status: "FAILED", stopDate: 2000 } as const;
    const redriven = { redriveCount: 1, redriveDate: 3000 };
    for (let race = 0; race < 20; race += 1) {
      const name = `e${race}`;
      const sequence = 10 * race + 1;
      await owner.commit([start(started(name), { chunk: chunk(1), closed })], { sequence });
      const redrive = owner.commit([write(name, { chunk: chunk(2), redriven })], {
        sequence: sequence + 1,
      });
      const [result] = await Promise.all([
        redrive.catch((error: unknown) => String(error)),
        other.deleteClosed(3000, 10),
      ]);
      const journal = await store.journal(executionArn(name), {});
      if (result === "committed") expect(journal).toEqual([chunk(1), chunk(2)]);
      else {
        expect(result).toMatch(/no such execution/);
        expect(journal).toEqual([]);
        expect(await store.execution(executionArn(name))).toBeUndefined();
      }
    }
  });

  describe("packs journals", () => {
    const closed = { status: "FAILED", stopDate: 2000 } as const;
    const redriven = { redriveCount: 1, redriveDate: 2500 };

    async function packOnce(store: PostgresStore): Promise<number> {
      return (await store.packClosed?.(9000, 10)) ?? 0;
    }

    async function packAll(store: PostgresStore): Promise<number> {
      let worked = 0;
      for (let more = 1; more > 0; worked += more) more = await packOnce(store);
      return worked;
    }

    async function rowsIn(client: pg.Client, table: string): Promise<number> {
      const { rows } = await client.query<{ count: number }>(
        `SELECT count(*)::int AS count FROM ${table}`,
      );
      return rows[0]?.count ?? NaN;
    }

    test("of the partitions that are its own, and no others", async () => {
      const store = await opened({ partitions: 3 });
      const other = await joined(store);
      const client = await session(store);
      const owners = await Promise.all([0, 1, 2].map((partition) => own(store, partition)));
      // Executions of any partition: which one is theirs is not asked here.
      for (const [partition, owner] of owners.entries()) {
        const batchOf = [start(started(`e${partition}`), { chunk: chunk(1), closed })];
        await owner.commit(batchOf, { partition });
      }
      expect(await packAll(other)).toBe(0);
      await other.acquire(1);
      await store.release(2, owners[2]?.epoch ?? 0);
      expect(await packAll(store)).toBe(1);
      expect(await packAll(other)).toBe(1);
      expect(await packAll(store)).toBe(0);
      const { rows } = await client.query("SELECT part, packed FROM executions ORDER BY part");
      expect(rows).toEqual([
        { part: 0, packed: true },
        { part: 1, packed: true },
        { part: 2, packed: false },
      ]);
      expect(await rowsIn(client, "journal")).toBe(1);
      expect(await store.deleteClosed(3000, 10)).toBe(3);
      expect(await rowsIn(client, "journal")).toBe(0);
      expect(await rowsIn(client, "packed_journals")).toBe(0);
    });

    test("once, though two nodes are at it", async () => {
      const store = await opened();
      const other = await joined(store);
      const [early, late] = [await own(store), await own(other)];
      const [locks, looks] = [await session(store), await session(store)];
      const names = ["a", "b"];
      await late.commit(names.map((name) => start(started(name), { chunk: chunk(1, 2), closed })));
      await locks.query("BEGIN");
      await locks.query("SELECT * FROM executions FOR UPDATE");
      const packing = [packOnce(other)];
      await someoneWaits(looks);
      // As if the earlier owner had not heard of the later.
      await looks.query("UPDATE partitions SET epoch = $1", [early.epoch]);
      packing.push(packOnce(store));
      while ((await waiting(looks)) < 2) await sleep(5);
      await locks.query("COMMIT");
      await Promise.all(packing);
      expect(await rowsIn(looks, "packed_journals")).toBe(2);
      expect(await rowsIn(looks, "journal")).toBe(0);
      for (const name of names) {
        expect(await store.journal(executionArn(name), {})).toEqual([chunk(1, 2)]);
      }
    });

    test("and leaves whole what is redriven and ends again meanwhile", async () => {
      const store = await opened();
      const owner = await own(store);
      await owner.commit([start(started("a"), { chunk: chunk(1), closed })]);
      const [changes, looks] = [await session(store), await session(store)];
      await changes.query("BEGIN");
      // What a commit of these two does to the row.
      await changes.query("UPDATE executions SET redrive_count = 1, redrive_date = 2500");
      await changes.query(
        "INSERT INTO journal SELECT part, id, 999999999, 2, 2, '2' FROM executions",
      );
      const packing = store.packClosed?.(9000, 10);
      await someoneWaits(looks);
      await changes.query("COMMIT");
      await packing;
      const two = { firstEventId: 2, lastEventId: 2, data: "2" };
      expect(await rowsIn(looks, "packed_journals")).toBe(0);
      expect(await store.journal(executionArn("a"), {})).toEqual([chunk(1), two]);
      await packAll(store);
      expect(await rowsIn(looks, "journal")).toBe(0);
      expect(await store.journal(executionArn("a"), {})).toEqual([chunk(1), two]);
    });

    test("while they are read, redriven and ended again, and nothing is missing at any time", async () => {
      const store = await opened();
      const owner = await own(store);
      let isOver = false;
      const packing = (async () => {
        while (!isOver) await store.packClosed?.(9000, 3);
      })();
      for (let round = 0; round < 25; round += 1) {
        const name = `e${round}`;
        await owner.commit([start(started(name), { chunk: chunk(1), closed })]);
        expect(await store.journal(executionArn(name), {})).toEqual([chunk(1)]);
        await owner.commit([write(name, { chunk: chunk(2), redriven })]);
        await owner.commit([write(name, { chunk: chunk(3), closed })]);
        expect(await store.journal(executionArn(name), {})).toEqual([chunk(1), chunk(2), chunk(3)]);
      }
      isOver = true;
      await packing;
      await packAll(store);
      const arns = Array.from({ length: 25 }, (_, round) => executionArn(`e${round}`));
      for (const { chunks } of await store.journals(arns)) {
        expect(chunks).toEqual([chunk(1), chunk(2), chunk(3)]);
      }
      expect(await rowsIn(await session(store), "journal")).toBe(0);
    });

    test("though the answer to that is lost", async () => {
      const proxy = await proxied();
      const store = await opened({ url: proxy.url });
      const owner = await own(store);
      await owner.commit([start(started("a"), { chunk: chunk(1), closed })]);
      proxy.faultNext("lose the answer", "packing_write");
      expect(await store.packClosed?.(9000, 10)).toBe(1);
      expect(await store.packClosed?.(9000, 10)).toBe(0);
      expect(await store.journal(executionArn("a"), {})).toEqual([chunk(1)]);
    });

    test("of which a damaged one is named, and keeps nobody else from theirs", async () => {
      const store = await opened();
      const owner = await own(store);
      const names = ["before", "bad", "behind"];
      for (const name of names) {
        await owner.commit([start(started(name), { chunk: chunk(1), closed })]);
      }
      expect(await packAll(store)).toBe(3);
      const client = await session(store);
      await client.query(
        `UPDATE packed_journals p SET data = set_byte(p.data, 20, get_byte(p.data, 20) # 1)
         FROM executions e WHERE e.id = p.execution AND e.arn_name = 'bad'`,
      );
      const [before, bad, behind] = names.map((name) => executionArn(name)) as [
        string,
        string,
        string,
      ];
      for (const reading of [store.journal(bad, {}), store.journals([before, bad])]) {
        const failure: unknown = await reading.catch((reason: unknown) => reason);
        expect(failure).not.toBeInstanceOf(StoreFailure);
        expect(String(failure)).toMatch(/execution:orders:bad is damaged: its checksum is wrong/);
      }
      expect(await store.journal(before, {})).toEqual([chunk(1)]);
      expect(await store.execution(bad)).toMatchObject({ status: "FAILED" });
      expect(await owner.commit([start(started("new"))])).toBe("committed");

      const dump = await openPostgresDump({
        url: serverUrl,
        schema: stores.schemaOf(store),
        use: "read",
      });
      open.push(dump);
      const read: string[] = [];
      let damage: DamagedJournal | undefined;
      for (let after: string | undefined = ""; after !== undefined;) {
        try {
          const page: Page<DumpedChunk> = await dump.records("journal", {
            limit: 100,
            ...(after !== "" && { after }),
          });
          read.push(...page.items.map(({ executionArn: arn }) => arn));
          after = page.next;
        } catch (error) {
          if (!(error instanceof DamagedJournal)) throw error;
          damage = error;
          after = error.next;
        }
      }
      expect(read).toEqual([before, behind]);
      expect(damage?.message).toMatch(/orders:bad is damaged/);
    });
  });
});
