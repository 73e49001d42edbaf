import { afterEach, describe, expect, test } from "vitest";
import {
  type DumpKind,
  dumpKinds,
  type DumpRecords,
  RestoreConflict,
  type StoreDump,
} from "../../src/ports/store-dump.ts";
import type { Store } from "../../src/ports/store.ts";
import { canonicalRecord } from "../../src/store/canonical-record.ts";
import { CopyRefusal, copyStore } from "../../src/store/copy-store.ts";
import { createMemoryStore } from "../../src/store/memory/memory-store.ts";
import { partitionOf } from "../../src/ports/partition-of.ts";
import {
  activity,
  activityArn,
  alias,
  note,
  chunk,
  document,
  executionArn,
  machineArn,
  mapRun,
  mapRunArn,
  own,
  pages,
  privateChunk,
  revision,
  start,
  started,
  stateMachine,
  version,
  write,
  type Owner,
} from "./store-fixtures.ts";

/** A store that can be opened as a store and as records, one after the other. */
export interface StoreUnderDump {
  store(): Promise<Store>;
  dump(use: "read" | "write"): Promise<StoreDump>;
}

/** Texts that something on the way could change. */
const odd = {
  unicode: "Grüße, 世界 🦉 \u{10ffff} \u2028 \ufeff",
  escaped: String.raw`{"p":["\"\\u0000 \\ud800 1.0e+02 12345678901234567890.10\""],"e":[]}`,
  quoted: `"\\' {NULL},\n\t\r $1 @journal`,
};
const large = `["${"0123456789abcdef".repeat(100_000)}"]`;

/** Writes something of every kind, in an order that is not that of names or times. */
async function fill(store: Store): Promise<void> {
  await store.putStateMachine(
    stateMachine("orders", { tags: { z: odd.quoted, a: odd.unicode, "2": "two" }, lastVersion: 2 }),
    revision("orders", { definition: odd.escaped, loggingConfiguration: '{"level":"ALL"}' }),
    version("orders", 1, { description: odd.unicode }),
  );
  await store.putStateMachine(
    stateMachine("orders", {
      tags: { z: odd.quoted, a: odd.unicode, "2": "two" },
      lastVersion: 10,
      revisionId: "r2",
    }),
    revision("orders", { revisionId: "r2", initial: false, createdAt: 501 }),
    version("orders", 10, { revisionId: "r2" }),
  );
  await store.putStateMachine(
    stateMachine("a-first", {
      type: "EXPRESS",
      status: "DELETING",
      published: { description: "d" },
    }),
    revision("a-first", { encryptionConfiguration: '{"type":"AWS_OWNED_KEY"}' }),
  );
  await store.putAlias(
    alias("orders", "live", {
      description: "both",
      routes: [
        { version: 10, weight: 5 },
        { version: 1, weight: 95 },
      ],
    }),
  );
  await store.putNote(note("orders", "testCases"));
  await store.putNote(note("orders", "testCases", { version: 2, body: "über – \u{1F600}" }));
  await store.putNote(note("a-first", "testCases"));
  await store.putDocument(document("zoe", { body: odd.escaped }));
  await store.putDocument(document("alice"));
  await store.putDocument(document("alice", { version: 2, body: odd.unicode }));
  await store.putDocument(document("Orders", { collection: "iam.role", body: odd.quoted }));
  await store.putActivity(activity("work", { encryptionConfiguration: "{}", tags: { k: "v" } }));
  await store.putActivity(activity("approve"));

  const owners = new Map<number, Owner>();
  const ownerOf = async (arn: string): Promise<Owner> => {
    const partition = partitionOf(arn, store.partitions);
    const owner = owners.get(partition) ?? (await own(store, partition));
    owners.set(partition, owner);
    return owner;
  };
  const commit = async (...writes: Parameters<typeof start>): Promise<void> => {
    const [record, more] = writes;
    const owner = await ownerOf(record.executionArn);
    expect(await owner.commit([start(record, more)])).toBe("committed");
  };
  const change = async (name: string, more: Parameters<typeof write>[1]): Promise<void> => {
    const owner = await ownerOf(executionArn(name));
    const partition = partitionOf(executionArn(name), store.partitions);
    expect(await owner.commit([write(name, more)], { partition })).toBe("committed");
  };

  // Many of one start date: what came first is listed last.
  for (const name of ["m", "c", "x", "a", "q", "b"])
    await commit(started(name), { chunk: chunk(1, 2) });
  await commit(started("sleeps", { startDate: 900 }), {
    chunk: { firstEventId: 1, lastEventId: 3, data: odd.escaped },
    parked: { wakeAt: 5_000_000_000_000 },
  });
  await commit(started("waits"), {
    chunk: { firstEventId: 1, lastEventId: 3, data: odd.unicode },
    parked: { wakeAt: undefined },
    activityTasksAdded: [
      { activityArn: activityArn("work"), executionArn: executionArn("waits"), taskId: 4 },
    ],
  });
  await commit(
    started("child", {
      mapRun: { mapRunArn: mapRunArn("run"), index: 3, itemCount: 2 },
      stateMachineVersionArn: `${machineArn()}:10`,
      traceHeader: odd.quoted,
      testCase: odd.unicode,
      parent: { executionArn: executionArn("m"), taskId: 9, pattern: "sync:2" },
    }),
    { chunk: privateChunk("one") },
  );
  await change("child", { chunk: privateChunk("one") });
  await change("child", { chunk: { firstEventId: 1, lastEventId: 1, data: large } });
  await change("child", { chunk: chunk(2, 90), closed: { status: "FAILED", stopDate: 2000 } });
  // Where a store packs, a part of that journal is packed now, and the rest is not.
  for (let more = 1; more > 0;) more = (await store.packClosed?.(9000, 10)) ?? 0;
  await change("child", { chunk: chunk(91), redriven: { redriveCount: 1, redriveDate: 2100 } });
  await change("c", { closed: { status: "TIMED_OUT", stopDate: 1500 } });
  await change("q", {
    activityTasksAdded: [
      { activityArn: activityArn("work"), executionArn: executionArn("q"), taskId: 11 },
      { activityArn: activityArn("approve"), executionArn: executionArn("q"), taskId: 7 },
    ],
  });
  await store.putMapRun(mapRun("z-run", { executionArn: executionArn("m") }));
  await store.putMapRun(
    mapRun("run", { executionArn: executionArn("m"), status: "FAILED", stopDate: 3000 }),
  );
  for (const [index, to] of ["q", "m", "child", "q"].entries()) {
    const message = {
      id: `message-${9 - index}`,
      to: executionArn(to),
      body: `{"n":"${odd.quoted.length} \\u0000"}`,
    };
    const partition = partitionOf(message.to, store.partitions);
    const owner = await ownerOf(message.to);
    expect(await owner.commit([], { partition, messagesSent: [message] })).toBe("committed");
  }
  for (const [partition, { epoch }] of owners) await store.release(partition, epoch);
}

async function allOf<K extends DumpKind>(
  dump: StoreDump,
  kind: K,
  limit = 2,
): Promise<DumpRecords[K][]> {
  return (await pages((page) => dump.records(kind, page), limit)).flat();
}

async function canonical(dump: StoreDump, limit?: number): Promise<{ [K in DumpKind]?: string[] }> {
  const all: { [K in DumpKind]?: string[] } = {};
  for (const kind of dumpKinds) {
    all[kind] = (await allOf(dump, kind, limit)).map((record) => canonicalRecord(kind, record));
  }
  return all;
}

async function filledMemory(): Promise<StoreDump> {
  const store = createMemoryStore();
  await fill(store);
  return store.dump();
}

/** What every store does as records, compared with the one in memory. */
export function storeDumpContract(name: string, make: () => Promise<StoreUnderDump>): void {
  describe(`the ${name} store as records`, () => {
    const opened: { close(): Promise<void> }[] = [];

    async function using<S extends { close(): Promise<void> }, T>(
      opening: Promise<S>,
      work: (subject: S) => Promise<T>,
    ): Promise<T> {
      const subject = await opening;
      opened.push(subject);
      const result = await work(subject);
      opened.splice(opened.indexOf(subject), 1);
      await subject.close();
      return result;
    }

    afterEach(async () => {
      await Promise.all(opened.splice(0).map((each) => each.close()));
    });

    test("gives what was stored, in pages of any size", async () => {
      const subject = await make();
      await using(subject.store(), fill);
      const expected = await canonical(await filledMemory());
      await using(subject.dump("read"), async (dump) => {
        for (const limit of [1, 2, 1000]) {
          const found = await canonical(dump, limit);
          for (const kind of dumpKinds) {
            // What a store with several partitions does not order among them is compared as a set.
            if (kind === "secret") continue;
            expect(found[kind]?.toSorted(), kind).toEqual(expected[kind]?.toSorted());
          }
        }
        const journal = await allOf(dump, "journal");
        const ofChild = journal.filter(({ executionArn: arn }) => arn === executionArn("child"));
        expect(ofChild.map(({ firstEventId }) => firstEventId)).toEqual([0, 0, 1, 2, 91]);
      });
    });

    test("is copied from memory and back, to the letter and in order", async () => {
      const [subject, memory] = [await make(), await filledMemory()];
      const there = await using(subject.dump("write"), (dump) => copyStore(memory, dump));
      expect(there.problems).toEqual([]);
      const again = createMemoryStore({ partitions: 3 });
      await using(subject.dump("read"), async (dump) => {
        const back = await copyStore(dump, again.dump());
        expect(back.problems).toEqual([]);
        expect(back.kinds.map(({ checksums }) => checksums[1])).toEqual(
          there.kinds.map(({ checksums }) => checksums[0]),
        );
      });
      expect(await canonical(again.dump())).toEqual(await canonical(memory));
    });

    test("goes on as a store with what it was given", async () => {
      const [subject, memory] = [await make(), createMemoryStore()];
      await fill(memory);
      await using(subject.dump("write"), (dump) => copyStore(memory.dump(), dump));
      await using(subject.store(), async (store) => {
        expect(await store.secret()).toBe(await memory.secret());
        const filter = { stateMachineArn: machineArn() };
        expect(await store.executions(filter, { limit: 100 })).toEqual(
          await memory.executions(filter, { limit: 100 }),
        );
        for (const task of ["work", "approve"]) {
          expect(await store.activityTasks(activityArn(task), 10)).toEqual(
            await memory.activityTasks(activityArn(task), 10),
          );
        }
        expect(await store.mapRuns(executionArn("m"), { limit: 9 })).toEqual(
          await memory.mapRuns(executionArn("m"), { limit: 9 }),
        );
        expect(await store.journal(executionArn("child"), {})).toEqual(
          await memory.journal(executionArn("child"), {}),
        );
        const partition = partitionOf(executionArn("sleeps"), store.partitions);
        expect(await store.due(partition, 5_000_000_000_000, 9)).toContain(executionArn("sleeps"));

        // What is written now comes after it.
        const owner = await own(store, partition);
        await owner.commit([write("sleeps", { chunk: chunk(4), parked: null })], { partition });
        expect((await store.journal(executionArn("sleeps"), {})).at(-1)).toEqual(chunk(4));
        const late = "late";
        const latePartition = partitionOf(executionArn(late), store.partitions);
        const lateOwner = latePartition === partition ? owner : await own(store, latePartition);
        await lateOwner.commit(
          [
            start(started(late), {
              activityTasksAdded: [
                { activityArn: activityArn("work"), executionArn: executionArn(late), taskId: 1 },
              ],
            }),
          ],
          { partition: latePartition },
        );
        const [first] = (await store.executions(filter, { limit: 1 })).items;
        expect(first?.name).toBe(late);
        const queue = await store.activityTasks(activityArn("work"), 10);
        expect(queue.map(({ taskId }) => taskId)).toEqual([4, 11, 1]);
      });
    });

    test("restores what is there already as often as it is asked to, and nothing else in its place", async () => {
      const [subject, memory] = [await make(), await filledMemory()];
      await using(subject.dump("write"), async (dump) => {
        for (let times = 0; times < 2; times++) {
          for (const kind of dumpKinds) {
            const records = await allOf(memory, kind);
            await dump.restore(kind, records.slice(0, 2), 0);
            await dump.restore(kind, records.slice(1), 1);
          }
        }
        expect(await canonical(dump)).toEqual(await canonical(memory));

        const other: { [K in DumpKind]: DumpRecords[K] } = {
          secret: { secret: Buffer.alloc(32, 7).toString("base64") },
          stateMachine: stateMachine("orders", { tags: { other: "tag" } }),
          revision: revision("orders", { definition: "{}" }),
          version: version("orders", 1, { description: "other" }),
          alias: alias("orders", "live"),
          note: note("orders", "testCases", { body: "other" }),
          document: document("alice", { body: "other" }),
          activity: activity("work"),
          execution: { record: started("m", { startDate: 1001 }) },
          journal: { executionArn: executionArn("nobody"), ...chunk(1, 2) },
          activityTask: {
            activityArn: activityArn("work"),
            executionArn: executionArn("nobody"),
            taskId: 1,
          },
          mapRun: mapRun("run", { executionArn: executionArn("m") }),
          message: { id: "message-9", to: executionArn("q"), body: "other" },
        };
        for (const kind of dumpKinds) {
          expect(
            await dump.restore(kind, [other[kind]], 0).catch((error: unknown) => error),
            kind,
          ).toBeInstanceOf(RestoreConflict);
        }
      });
    });

    test("gives another identity once somebody could have written", async () => {
      const subject = await make();
      await using(subject.store(), fill);
      const before = await using(subject.dump("read"), (dump) => dump.identity());
      expect(await using(subject.dump("read"), (dump) => dump.identity())).toBe(before);
      await using(subject.store(), (store) => store.acquire(0));
      expect(await using(subject.dump("read"), (dump) => dump.identity())).not.toBe(before);
    });

    test("is not opened as a store while a copy into it is not finished, which only its source goes on with", async () => {
      const [subject, memory] = [await make(), createMemoryStore()];
      await fill(memory);
      const source = memory.dump();
      let pagesLeft = 9;
      const breaking: StoreDump = {
        ...source,
        async records(kind, page) {
          if (pagesLeft-- === 0) throw new Error("the power is gone");
          return source.records(kind, { ...page, limit: 3 });
        },
      };
      await using(subject.dump("write"), async (dump) => {
        await expect(copyStore(breaking, dump)).rejects.toThrow("the power is gone");
        await expect(copyStore(await filledMemory(), dump)).rejects.toThrow(CopyRefusal);
      });
      await expect(subject.store()).rejects.toThrow(/copy/);
      await using(subject.dump("write"), async (dump) => {
        expect(await copyStore(source, dump)).toMatchObject({ resumed: true, problems: [] });
        await expect(copyStore(source, dump)).rejects.toThrow(/not empty/);
      });
      await using(subject.store(), async (store) => {
        expect(await store.secret()).toBe(await memory.secret());
      });
    });

    test("says what differs from its source", async () => {
      const [subject, memory] = [await make(), createMemoryStore()];
      await fill(memory);
      const source = memory.dump();
      const lying: StoreDump = {
        ...source,
        async finish() {},
        async records(kind, page) {
          const found = await source.records(kind, page);
          if (kind !== "journal" || isHonest) return found;
          const items = found.items.map((item) => ({
            ...item,
            data: `${(item as DumpRecords["journal"]).data} `,
          }));
          return {
            ...found,
            items: items.slice(0, 1).concat(found.items.slice(1) as never),
          } as never;
        },
      };
      let isHonest = false;
      await using(subject.dump("write"), async (dump) => {
        const result = await copyStore(lying, {
          ...dump,
          finish: async () => {
            isHonest = true;
          },
        });
        expect(result.problems).toEqual([
          `the events 1 to 2 in the journal of ${executionArn("m")} differs.`,
        ]);
      });
      await expect(subject.store()).rejects.toThrow(/copy/);
    });
  });
}
