import { afterEach, describe, expect, test } from "vitest";
import { partitionOf } from "../../src/ports/partition-of.ts";
import type { CommitResult, ExecutionFilter, PageRequest, Store } from "../../src/ports/store.ts";
import {
  activity,
  activityArn,
  alias,
  note,
  batch,
  chunk,
  document,
  executionArn,
  machineArn,
  mapRun,
  mapRunArn,
  own,
  type Owner,
  pages,
  privateChunk,
  revision,
  start,
  started,
  stateMachine,
  version,
  write,
} from "./store-fixtures.ts";

export interface StoreUnderTest {
  /** An empty store; the suite closes it. */
  open(): Promise<Store>;
  /** Closes a store and opens it again; absent for one that does not outlive its process. */
  reopen?(store: Store): Promise<Store>;
  /** An empty store with so many partitions; absent for one that always has one. */
  openPartitioned?(partitions: number): Promise<Store>;
  /** An empty store whose next commit is answered `unknown`; absent for one whose answers cannot be lost. */
  openLosingAnswer?(outcome: "written" | "not written"): Promise<Store>;
}

/** What every store does. The runtime relies on all of it, and on nothing else. */
export function storeContract(name: string, subject: StoreUnderTest): void {
  describe(`the ${name} store`, () => {
    const open: Store[] = [];

    async function emptyStore(): Promise<Store> {
      const store = await subject.open();
      open.push(store);
      return store;
    }

    async function reopened(store: Store): Promise<Store> {
      if (subject.reopen === undefined) return store;
      const again = await subject.reopen(store);
      open.push(again);
      return again;
    }

    afterEach(async () => {
      await Promise.all(open.splice(0).map((store) => store.close()));
    });

    describe("ownership", () => {
      test("each acquire gives a higher epoch", async () => {
        let store = await emptyStore();
        const first = await store.acquire(0);
        const second = await store.acquire(0);
        store = await reopened(store);
        const third = await store.acquire(0);
        expect(first).toBeGreaterThan(0);
        expect(second).toBeGreaterThan(first);
        expect(third).toBeGreaterThan(second);
      });

      test("an earlier owner is fenced and writes nothing", async () => {
        const store = await emptyStore();
        const early = await own(store);
        const late = await own(store);
        const more = {
          messagesSent: [{ id: "m1", to: executionArn("a"), body: "{}" }],
        };
        expect(await early.commit([start(started("a"))], more)).toBe("fenced");
        expect(await store.execution(executionArn("a"))).toBeUndefined();
        expect(await store.messages(0, 10)).toEqual([]);
        expect(await late.commit([start(started("a"))])).toBe("committed");
      });

      test("an owner that released its partition is fenced", async () => {
        const store = await emptyStore();
        const owner = await own(store);
        expect(await owner.commit([start(started("a"))])).toBe("committed");
        await store.release(0, owner.epoch);
        expect(await owner.commit([start(started("b"))])).toBe("fenced");
        expect(await store.execution(executionArn("b"))).toBeUndefined();
      });

      test("releasing with an old epoch leaves the new owner alone", async () => {
        const store = await emptyStore();
        const early = await own(store);
        const late = await own(store);
        await store.release(0, early.epoch);
        expect(await late.commit([start(started("a"))])).toBe("committed");
      });

      test("ownership does not outlast a new epoch over a reopening", async () => {
        let store = await emptyStore();
        const owner = await own(store);
        await owner.commit([start(started("a"))]);
        store = await reopened(store);
        const epoch = await store.acquire(0);
        expect(await store.commit(batch(owner.epoch, 2))).toBe("fenced");
        expect(await store.commit(batch(epoch, 1))).toBe("committed");
      });

      test("there is no other partition than it says", async () => {
        const store = await emptyStore();
        await expect(store.acquire(store.partitions)).rejects.toThrow(/partition/);
        await expect(store.messages(-1, 10)).rejects.toThrow(/partition/);
      });
    });

    test("running executions are counted by their state machine, parked or not", async () => {
      const store = await emptyStore();
      const owner = await own(store);
      const other = (name: string) => ({
        ...started(name),
        executionArn: executionArn(name, "returns"),
        stateMachineArn: machineArn("returns"),
      });
      await owner.commit([start(started("a")), start(started("b")), start(other("c"))]);
      await owner.commit([
        write("a", { closed: { status: "SUCCEEDED", stopDate: 2_000 } }),
        write("b", { parked: { wakeAt: 5_000 } }),
      ]);
      const arns = ["orders", "nobody", "returns"].map((name) => machineArn(name));
      expect(await store.openExecutions(arns)).toEqual([1, 0, 1]);
      expect(await store.openExecutions([])).toEqual([]);
    });

    describe("the record of a Map Run", () => {
      test("is written by the owner of its execution's partition, and by no earlier one", async () => {
        const store = await emptyStore();
        const early = await own(store);
        const late = await own(store);
        const record = { ...mapRun("r"), executionArn: executionArn("a") };
        expect(await store.putMapRun(record, late.epoch)).toBe(true);
        const stale = { ...record, maxConcurrency: record.maxConcurrency + 1 };
        expect(await store.putMapRun(stale, early.epoch)).toBe(false);
        expect(await store.mapRun(record.mapRunArn)).toEqual(record);
        await store.release(0, late.epoch);
        expect(await store.putMapRun(stale, late.epoch)).toBe(false);
        expect(await store.putMapRun(stale)).toBe(true);
        expect(await store.mapRun(record.mapRunArn)).toEqual(stale);
      });
    });

    describe("several partitions", () => {
      if (subject.openPartitioned === undefined) {
        test("there is one", async () => expect((await emptyStore()).partitions).toBe(1));
        return;
      }

      async function partitioned(): Promise<Store> {
        const store = await subject.openPartitioned?.(3);
        if (store === undefined) throw new Error("there is no store");
        open.push(store);
        return store;
      }

      test("are owned each by itself", async () => {
        const store = await partitioned();
        const [first, second] = [await own(store, 0), await own(store, 1)];
        await store.acquire(1);
        expect(await first.commit([start(started("a"))])).toBe("committed");
        expect(await second.commit([start(started("b"))])).toBe("fenced");
        expect(await store.execution(executionArn("b"))).toBeUndefined();
      });

      test("find what runs, sleeps and is to be told in them, and list all of it together", async () => {
        const store = await partitioned();
        const owners = [await own(store, 0), await own(store, 1), await own(store, 2)];
        // The names whose executions are in each partition.
        const names: string[][] = [[], [], []];
        for (let index = 0; names.some((some) => some.length < 2); index++) {
          names[partitionOf(executionArn(`n${index}`), 3)]?.push(`n${index}`);
        }
        for (const [partition, owner] of owners.entries()) {
          const [running = "", sleeping = ""] = names[partition] ?? [];
          const wakeAt = 5_000 - partition;
          const message = { id: `m${partition}`, to: executionArn(running), body: "{}" };
          await owner.commit(
            [start(started(running)), start(started(sleeping), { parked: { wakeAt } })],
            { messagesSent: [message] },
          );
        }
        for (const [partition, some] of names.entries()) {
          const [running = "", sleeping = ""] = some.map((name) => executionArn(name));
          expect((await store.resident(partition, { limit: 9 })).items).toEqual([running]);
          expect(await store.due(partition, 9_000, 9)).toEqual([sleeping]);
          expect(await store.nextWake(partition)).toBe(5_000 - partition);
          expect((await store.messages(partition, 9)).map(({ id }) => id)).toEqual([
            `m${partition}`,
          ]);
          const executionOf = { ...mapRun(`r${partition}`), executionArn: running };
          await store.putMapRun(executionOf);
        }
        const listed = await store.executions({ stateMachineArn: machineArn() }, { limit: 9 });
        expect(listed.items).toHaveLength(6);
        for (const partition of [0, 1, 2]) {
          expect((await store.runningMapRuns(partition)).map((run) => run.mapRunArn)).toEqual([
            mapRunArn(`r${partition}`),
          ]);
        }
      });

      test("are told of by a message that a commit of another sent", async () => {
        const store = await partitioned();
        const [first, second] = [await own(store, 0), await own(store, 1)];
        let index = 0;
        while (partitionOf(executionArn(`n${index}`), 3) !== 1) index++;
        const message = { id: "m", to: executionArn(`n${index}`), body: "{}" };
        await first.commit([], { messagesSent: [message] });
        expect(await store.messages(0, 9)).toEqual([]);
        expect(await store.messages(1, 9)).toEqual([message]);
        await second.commit([], { messagesDelivered: ["m"] });
        expect(await store.messages(1, 9)).toEqual([]);
      });
    });

    describe("commits whose answer is lost", () => {
      test("resolve tells a commit that happened, always", async () => {
        let store = await emptyStore();
        const owner = await own(store);
        await owner.commit([start(started("a"))]);
        await owner.commit([]);
        expect(await store.resolve(0, owner.epoch, 1)).toBe("committed");
        expect(await store.resolve(0, owner.epoch, 2)).toBe("committed");
        await store.acquire(0);
        store = await reopened(store);
        expect(await store.resolve(0, owner.epoch, 1)).toBe("committed");
        expect(await store.resolve(0, owner.epoch, 2)).toBe("committed");
      });

      test("a commit that resolve denied can never happen, and the next can", async () => {
        let store = await emptyStore();
        const owner = await own(store);
        await owner.commit([start(started("a"))]);
        expect(await store.resolve(0, owner.epoch, 2)).toBe("not committed");
        expect(await owner.commit([start(started("b"))], { sequence: 2 })).toBe("fenced");
        expect(await store.execution(executionArn("b"))).toBeUndefined();
        expect(await owner.commit([start(started("c"))], { sequence: 3 })).toBe("committed");
        store = await reopened(store);
        expect(await store.resolve(0, owner.epoch, 1)).toBe("committed");
        expect(await store.resolve(0, owner.epoch, 2)).toBe("not committed");
        expect(await store.resolve(0, owner.epoch, 3)).toBe("committed");
      });

      test("a sequence that was passed over counts as denied", async () => {
        const store = await emptyStore();
        const owner = await own(store);
        await owner.commit([start(started("a"))]);
        expect(await owner.commit([start(started("b"))], { sequence: 5 })).toBe("committed");
        expect(await store.resolve(0, owner.epoch, 3)).toBe("not committed");
        expect(await owner.commit([start(started("c"))], { sequence: 4 })).toBe("fenced");
        expect(await store.resolve(0, owner.epoch, 5)).toBe("committed");
      });

      test("a repeated sequence writes nothing twice", async () => {
        const store = await emptyStore();
        const owner = await own(store);
        await owner.commit([start(started("a"), { chunk: chunk(1) })]);
        const again = write("a", { chunk: chunk(2) });
        expect(await owner.commit([again], { sequence: 1 })).toBe("fenced");
        expect(await store.journal(executionArn("a"), {})).toEqual([chunk(1)]);
      });

      test("an epoch that nobody was given cannot be asked about", async () => {
        const store = await emptyStore();
        const epoch = await store.acquire(0);
        await expect(store.resolve(0, epoch + 1, 1)).rejects.toThrow(/epoch/);
      });

      const outcomes = [
        ["written", "committed"],
        ["not written", "not committed"],
      ] as const;
      const possible = subject.openLosingAnswer === undefined ? [] : outcomes;
      test.for(possible)(
        "an unknown commit that was %s resolves as %s",
        async ([outcome, answer]) => {
          const store = (await subject.openLosingAnswer?.(outcome)) ?? (await emptyStore());
          open.push(store);
          const owner = await own(store);
          const result: CommitResult = await owner.commit([start(started("a"))]);
          expect(result).toBe("unknown");
          expect(await store.resolve(0, owner.epoch, 1)).toBe(answer);
          expect(await store.resolve(0, owner.epoch, 1)).toBe(answer);
          expect((await store.execution(executionArn("a"))) !== undefined).toBe(
            answer === "committed",
          );
          expect(await owner.commit([start(started("b"))], { sequence: 2 })).toBe("committed");
        },
      );
    });

    describe("executions", () => {
      test("an execution is read as it was started, with every member", async () => {
        let store = await emptyStore();
        const owner = await own(store);
        const full = started("full", {
          stateMachineVersionArn: `${machineArn()}:3`,
          stateMachineAliasArn: `${machineArn()}:live`,
          traceHeader: "Root=1-5759e988-bd862e3fe1be46a994272793",
          parent: { executionArn: executionArn("parent"), taskId: 5, pattern: "sync:2" },
          testCase: "Declined",
          startedBy: { principal: "arn:aws:iam::123456789012:user/alice", via: "rule/nightly" },
        });
        await owner.commit([start(started("plain")), start(full)]);
        expect(await store.execution(executionArn("plain"))).toStrictEqual(started("plain"));
        expect(await store.execution(full.executionArn)).toStrictEqual(full);
        expect(await store.execution(executionArn("none"))).toBeUndefined();
        store = await reopened(store);
        expect(await store.execution(full.executionArn)).toStrictEqual(full);
      });

      test("an end changes status and stop date, and nothing else", async () => {
        const store = await emptyStore();
        const owner = await own(store);
        await owner.commit([start(started("a", { traceHeader: "t" }))]);
        await owner.commit([write("a", { closed: { status: "TIMED_OUT", stopDate: 2000 } })]);
        expect(await store.execution(executionArn("a"))).toStrictEqual(
          started("a", { traceHeader: "t", status: "TIMED_OUT", stopDate: 2000 }),
        );
      });

      test("an execution can start and end in one write", async () => {
        const store = await emptyStore();
        const owner = await own(store);
        const closed = { status: "SUCCEEDED", stopDate: 1001 } as const;
        await owner.commit([start(started("a"), { chunk: chunk(1, 5), closed })]);
        expect(await store.execution(executionArn("a"))).toStrictEqual(started("a", { ...closed }));
        expect(await store.resident(0, { limit: 10 })).toEqual({ items: [] });
      });

      test("several writes of one execution in a batch apply in order", async () => {
        const store = await emptyStore();
        const owner = await own(store);
        await owner.commit([
          start(started("a"), { chunk: chunk(1) }),
          write("a", { chunk: chunk(2), parked: { wakeAt: 5 } }),
          write("a", { chunk: chunk(3), parked: null }),
          write("a", { chunk: chunk(4), closed: { status: "FAILED", stopDate: 9 } }),
        ]);
        expect((await store.execution(executionArn("a")))?.status).toBe("FAILED");
        expect(await store.journal(executionArn("a"), {})).toEqual(
          [1, 2, 3, 4].map((n) => chunk(n)),
        );
        expect(await store.due(0, 100, 10)).toEqual([]);
      });

      const faulty = {
        "a second start": start(started("old")),
        "a write of an unknown execution": write("none", { chunk: chunk(1) }),
        "a second end": write("ended", { closed: { status: "FAILED", stopDate: 3 } }),
        "an end that runs": write("old", { closed: { status: "RUNNING", stopDate: 3 } }),
        "parking what has ended": write("ended", { parked: { wakeAt: 5 } }),
        "parking what ends": write("old", {
          parked: { wakeAt: 5 },
          closed: { status: "FAILED", stopDate: 3 },
        }),
        "a start of another execution": write("b", { start: started("c") }),
        "a task of another execution": write("old", {
          activityTasksAdded: [
            { activityArn: activityArn("x"), executionArn: executionArn("ended"), taskId: 1 },
          ],
        }),
      };
      test.for(Object.entries(faulty))("%s is refused with its whole batch", async ([, wrong]) => {
        const store = await emptyStore();
        const owner = await own(store);
        await owner.commit([
          start(started("old")),
          start(started("ended"), { closed: { status: "SUCCEEDED", stopDate: 2 } }),
        ]);
        const writes = [
          start(started("new"), { chunk: chunk(1) }),
          start(started("sleeper"), { parked: { wakeAt: 1 } }),
          write("old", { chunk: chunk(7), closed: { status: "FAILED", stopDate: 4 } }),
          wrong,
        ];
        // The wrong write is right but for what the first two of them did not do.
        const commit = owner.commit(
          wrong.executionArn === executionArn("old") ? [writes[0]!, wrong] : writes,
          {
            messagesSent: [{ id: "m", to: executionArn("old"), body: "{}" }],
          },
        );
        await expect(commit).rejects.toThrow(/refuses a write/);
        await expect(commit).rejects.not.toMatchObject({ name: "StoreFailure" });
        expect(await store.execution(executionArn("new"))).toBeUndefined();
        expect(await store.execution(executionArn("old"))).toStrictEqual(started("old"));
        expect(await store.journal(executionArn("old"), {})).toEqual([]);
        expect(await store.messages(0, 10)).toEqual([]);
        expect(await store.due(0, 100, 10)).toEqual([]);

        // The refused commit has not used up its sequence, and nothing it touched is remembered.
        const late = write("new", { chunk: chunk(3) });
        await expect(owner.commit([late], { sequence: 2 })).rejects.toThrow(/no such execution/);
        const right = start(started("new"), { chunk: chunk(2) });
        expect(await owner.commit([right], { sequence: 2 })).toBe("committed");
        expect(await store.journal(executionArn("new"), {})).toEqual([chunk(2)]);
      });

      test("an execution cannot start twice in one batch", async () => {
        const store = await emptyStore();
        const owner = await own(store);
        await expect(owner.commit([start(started("a")), start(started("a"))])).rejects.toThrow(
          /started already/,
        );
        expect(await store.execution(executionArn("a"))).toBeUndefined();
      });

      test("a commit of a thousand executions is written as a whole", async () => {
        let store = await emptyStore();
        const owner = await own(store);
        const names = Array.from({ length: 1000 }, (_, index) => `e${index}`);
        await owner.commit(names.map((name) => start(started(name), { chunk: chunk(1, 3) })));
        store = await reopened(store);
        const found = await store.journals(names.map((name) => executionArn(name)));
        expect(found.map(({ record }) => record.name)).toEqual(names);
        expect(found.every(({ chunks }) => chunks.length === 1)).toBe(true);
      });
    });

    describe("listing executions", () => {
      async function listed(): Promise<Store> {
        const store = await emptyStore();
        const owner = await own(store);
        // Started out of order, some at the same time, and with the neighbours of another machine between them.
        const dates = [3000, 1000, 2000, 2000, 5000, 2000, 4000];
        await owner.commit(
          dates.flatMap((startDate, index) => [
            start(
              started(`e${index}`, { startDate }),
              index % 2 === 0 ? {} : { closed: { status: "SUCCEEDED", stopDate: 6000 } },
            ),
            start(started(`x${index}`, { startDate, stateMachineArn: machineArn("other") })),
          ]),
        );
        return store;
      }

      test("newest first, and the later started first within a millisecond", async () => {
        const store = await listed();
        const filter = { stateMachineArn: machineArn() };
        const { items, next } = await store.executions(filter, { limit: 100 });
        expect(items.map((item) => item.name)).toEqual(["e4", "e6", "e0", "e5", "e3", "e2", "e1"]);
        expect(next).toBeUndefined();
      });

      test.for([1, 2, 3, 7])("in pages of %i, each item once", async (limit) => {
        const store = await listed();
        const filter = { stateMachineArn: machineArn() };
        const all = await pages((page) => store.executions(filter, page), limit);
        expect(all.flat().map((item) => item.name)).toEqual([
          "e4",
          "e6",
          "e0",
          "e5",
          "e3",
          "e2",
          "e1",
        ]);
        expect(all.slice(0, -1).every((items) => items.length === limit)).toBe(true);
        expect(all).toHaveLength(Math.ceil(7 / limit));
      });

      test("by status, over three pages", async () => {
        const store = await listed();
        const running = { stateMachineArn: machineArn(), status: "RUNNING" } as const;
        const ended = { stateMachineArn: machineArn(), status: "SUCCEEDED" } as const;
        const names = async (filter: typeof running | typeof ended, limit: number) =>
          (await pages((page) => store.executions(filter, page), limit)).map((items) =>
            items.map((item) => item.name),
          );
        expect(await names(running, 2)).toEqual([
          ["e4", "e6"],
          ["e0", "e2"],
        ]);
        expect(await names(ended, 1)).toEqual([["e5"], ["e3"], ["e1"]]);
        expect(await store.executions({ ...running, status: "ABORTED" }, { limit: 5 })).toEqual({
          items: [],
        });
      });

      test("executions that start or end between two pages change neither's order", async () => {
        const store = await listed();
        const owner = await own(store);
        const filter = { stateMachineArn: machineArn() };
        const first = await store.executions(filter, { limit: 3 });
        await owner.commit([
          start(started("new", { startDate: 9000 })),
          write("e0", { closed: { status: "FAILED", stopDate: 9000 } }),
          write("e2", { closed: { status: "FAILED", stopDate: 9000 } }),
        ]);
        const second = await store.executions(filter, { limit: 10, after: first.next ?? "" });
        expect(second.items.map((item) => item.name)).toEqual(["e5", "e3", "e2", "e1"]);
        expect(second.items.map((item) => item.status)).toEqual([
          "SUCCEEDED",
          "SUCCEEDED",
          "FAILED",
          "SUCCEEDED",
        ]);
      });

      test("started through a version or an alias, by status too, over three pages", async () => {
        let store = await emptyStore();
        const owner = await own(store);
        const through = (number: number, name?: string) => ({
          stateMachineVersionArn: `${machineArn()}:${number}`,
          ...(name !== undefined && { stateMachineAliasArn: `${machineArn()}:${name}` }),
        });
        const origins = [
          through(1, "live"),
          {},
          through(2, "live"),
          through(1),
          { traceHeader: "t" },
          through(1, "test"),
          through(1, "live"),
        ];
        await owner.commit(
          origins.map((origin, index) =>
            start(started(`e${index}`, { startDate: 1000 + index, ...origin })),
          ),
        );
        const closed = { status: "SUCCEEDED", stopDate: 6000 } as const;
        await owner.commit([write("e0", { closed }), write("e3", { closed })]);
        store = await reopened(store);
        const names = async (filter: Omit<ExecutionFilter, "stateMachineArn">) =>
          (
            await pages(
              (page) => store.executions({ stateMachineArn: machineArn(), ...filter }, page),
              2,
            )
          ).map((items) => items.map((item) => item.name));
        expect(await names(through(1))).toEqual([
          ["e6", "e5"],
          ["e3", "e0"],
        ]);
        const live = { stateMachineAliasArn: `${machineArn()}:live` };
        expect(await names(live)).toEqual([["e6", "e2"], ["e0"]]);
        expect(await names({ ...live, status: "RUNNING" })).toEqual([["e6", "e2"]]);
        expect(await names({ ...through(1), status: "SUCCEEDED" })).toEqual([["e3", "e0"]]);
        expect(await names(through(3))).toEqual([[]]);
        expect((await names({})).flat()).toHaveLength(7);
        expect(await store.execution(executionArn("e2"))).toMatchObject(through(2, "live"));
      });

      test("an unknown machine has none", async () => {
        const store = await listed();
        const filter = { stateMachineArn: machineArn("none") };
        expect(await store.executions(filter, { limit: 5 })).toEqual({ items: [] });
      });

      test("a limit or a position that makes no sense is refused", async () => {
        const store = await listed();
        const filter = { stateMachineArn: machineArn() };
        await expect(store.executions(filter, { limit: 0 })).rejects.toThrow(/limit/);
        await expect(store.executions(filter, { limit: 1.5 })).rejects.toThrow(/limit/);
        const after = "neither here nor there";
        await expect(store.executions(filter, { limit: 5, after })).rejects.toThrow(/position/);
      });
    });

    describe("journals", () => {
      async function withJournal(): Promise<Store> {
        const store = await emptyStore();
        const owner = await own(store);
        await owner.commit([
          start(started("a"), { chunk: chunk(1, 3) }),
          start(started("b"), { chunk: chunk(1) }),
        ]);
        await owner.commit([write("a", { chunk: privateChunk("1") })]);
        await owner.commit([write("b", { chunk: chunk(2) }), write("a", { chunk: chunk(4) })]);
        await owner.commit([write("a", { chunk: chunk(5, 9) })]);
        await owner.commit([write("a", { chunk: privateChunk("2") })]);
        return store;
      }
      const whole = [chunk(1, 3), privateChunk("1"), chunk(4), chunk(5, 9), privateChunk("2")];

      test("are read in the order they were written, or in reverse", async () => {
        const store = await reopened(await withJournal());
        expect(await store.journal(executionArn("a"), {})).toStrictEqual(whole);
        expect(await store.journal(executionArn("a"), { reverse: true })).toStrictEqual(
          whole.toReversed(),
        );
        expect(await store.journal(executionArn("b"), {})).toEqual([chunk(1), chunk(2)]);
        expect(await store.journal(executionArn("none"), {})).toEqual([]);
      });

      test("are cut after a number of chunks", async () => {
        const store = await withJournal();
        const arn = executionArn("a");
        expect(await store.journal(arn, { limit: 2 })).toEqual(whole.slice(0, 2));
        expect(await store.journal(arn, { limit: 2, reverse: true })).toEqual(
          whole.toReversed().slice(0, 2),
        );
        await expect(store.journal(arn, { limit: 0 })).rejects.toThrow(/limit/);
      });

      test.for([
        [1, [1, 4, 5], [1]],
        [2, [1, 4, 5], [1]],
        [3, [1, 4, 5], [1]],
        [4, [4, 5], [4, 1]],
        [7, [5], [5, 4, 1]],
        [9, [5], [5, 4, 1]],
        [10, [], [5, 4, 1]],
      ] as const)(
        "from event %i hold only what has public events there",
        async ([from, on, back]) => {
          const store = await withJournal();
          const firsts = async (reverse: boolean) =>
            (await store.journal(executionArn("a"), { from, reverse })).map(
              (each) => each.firstEventId,
            );
          expect(await firsts(false)).toEqual(on);
          expect(await firsts(true)).toEqual(back);
        },
      );

      test("from an event with a limit give the chunks nearest to it", async () => {
        const store = await withJournal();
        const arn = executionArn("a");
        expect(await store.journal(arn, { from: 4, limit: 1 })).toEqual([chunk(4)]);
        expect(await store.journal(arn, { from: 4, limit: 1, reverse: true })).toEqual([chunk(4)]);
      });

      test("of several executions come whole, in the order asked, without the unknown", async () => {
        const store = await withJournal();
        const arns = ["b", "none", "a"].map((each) => executionArn(each));
        expect(await store.journals(arns)).toStrictEqual([
          { record: started("b"), chunks: [chunk(1), chunk(2)] },
          { record: started("a"), chunks: whole },
        ]);
        expect(await store.journals([])).toEqual([]);
      });

      test("of an execution without one are empty", async () => {
        const store = await emptyStore();
        const owner = await own(store);
        await owner.commit([start(started("a"))]);
        expect(await store.journals([executionArn("a")])).toStrictEqual([
          { record: started("a"), chunks: [] },
        ]);
      });

      test("keep any text, long or strange", async () => {
        let store = await emptyStore();
        const owner = await own(store);
        const texts = [
          "",
          "\0",
          "a\0b",
          "'; DROP TABLE journal; --",
          "ünï–😀\u2028",
          "x".repeat(300_000),
        ];
        await owner.commit([start(started("a"))]);
        for (const data of texts) {
          await owner.commit([write("a", { chunk: { ...chunk(1), data } })]);
        }
        store = await reopened(store);
        const chunks = await store.journal(executionArn("a"), {});
        expect(chunks.map(({ data }) => data)).toEqual(texts);
      });

      test("of thousands of chunks are read in parts, from either end", async () => {
        const store = await emptyStore();
        const owner = await own(store);
        await owner.commit([start(started("a"))]);
        const count = 6000;
        for (let first = 1; first <= count; first += 2000) {
          await owner.commit(
            Array.from({ length: 2000 }, (_, index) => write("a", { chunk: chunk(first + index) })),
          );
        }
        const arn = executionArn("a");
        const onward: number[] = [];
        for (let from = 1; from <= count;) {
          const part = await store.journal(arn, { from, limit: 999 });
          onward.push(...part.map((each) => each.firstEventId));
          from = (part.at(-1)?.lastEventId ?? count) + 1;
        }
        expect(onward).toEqual(Array.from({ length: count }, (_, index) => index + 1));
        const last = await store.journal(arn, { reverse: true, limit: 3 });
        expect(last.map((each) => each.firstEventId)).toEqual([6000, 5999, 5998]);
        const before = await store.journal(arn, { from: 5997, reverse: true, limit: 2 });
        expect(before.map((each) => each.firstEventId)).toEqual([5997, 5996]);
      });
    });

    describe("parking", () => {
      test("takes an execution out of the residents until it wakes", async () => {
        let store = await emptyStore();
        const owner = await own(store);
        await owner.commit([
          start(started("stays")),
          start(started("sleeps"), { parked: { wakeAt: 5000 } }),
          start(started("waits"), { parked: { wakeAt: undefined } }),
          start(started("ends"), { closed: { status: "ABORTED", stopDate: 1 } }),
        ]);
        store = await reopened(store);
        expect(await store.resident(0, { limit: 10 })).toEqual({ items: [executionArn("stays")] });
        const again = await own(store);
        await again.commit([
          write("sleeps", { parked: null }),
          write("waits", { parked: null }),
          write("stays", { parked: { wakeAt: 7000 } }),
        ]);
        expect(await store.resident(0, { limit: 10 })).toEqual({
          items: [executionArn("sleeps"), executionArn("waits")],
        });
        expect(await store.due(0, 9000, 10)).toEqual([executionArn("stays")]);
      });

      test("lists the due by their time, then by age, and no others", async () => {
        const store = await emptyStore();
        const owner = await own(store);
        const times = [4000, 2000, 3000, 2000, 6000];
        await owner.commit([
          ...times.map((wakeAt, index) => start(started(`e${index}`), { parked: { wakeAt } })),
          start(started("someday"), { parked: { wakeAt: undefined } }),
          start(started("awake")),
        ]);
        const due = async (until: number, limit = 10) =>
          (await store.due(0, until, limit)).map((arn) => arn.split(":").at(-1));
        expect(await due(1999)).toEqual([]);
        expect(await due(2000)).toEqual(["e1", "e3"]);
        expect(await due(4000)).toEqual(["e1", "e3", "e2", "e0"]);
        expect(await due(9000, 3)).toEqual(["e1", "e3", "e2"]);
        await expect(due(9000, 0)).rejects.toThrow(/limit/);
      });

      test("tells when the next one is to wake", async () => {
        const store = await emptyStore();
        const owner = await own(store);
        expect(await store.nextWake(0)).toBeUndefined();
        await owner.commit([
          start(started("late"), { parked: { wakeAt: 5000 } }),
          start(started("soon"), { parked: { wakeAt: 3000 } }),
          start(started("someday"), { parked: { wakeAt: undefined } }),
        ]);
        expect(await store.nextWake(0)).toBe(3000);
        await owner.commit([write("soon", { parked: { wakeAt: 8000 } })]);
        expect(await store.nextWake(0)).toBe(5000);
        await owner.commit([write("late", { closed: { status: "ABORTED", stopDate: 4000 } })]);
        expect(await store.nextWake(0)).toBe(8000);
        await owner.commit([write("soon", { parked: null })]);
        expect(await store.nextWake(0)).toBeUndefined();
      });

      test("a sleeper can be told to wait without a time", async () => {
        const store = await emptyStore();
        const owner = await own(store);
        await owner.commit([start(started("a"), { parked: { wakeAt: 3000 } })]);
        await owner.commit([write("a", { parked: { wakeAt: undefined } })]);
        expect(await store.nextWake(0)).toBeUndefined();
        expect(await store.resident(0, { limit: 10 })).toEqual({ items: [] });
      });

      test("residents are listed in the order they started, over three pages", async () => {
        const store = await emptyStore();
        const owner = await own(store);
        const names = ["e0", "e1", "e2", "e3", "e4", "e5", "e6"];
        await owner.commit(names.map((name) => start(started(name))));
        await owner.commit([write("e2", { parked: { wakeAt: 9 } })]);
        await owner.commit([write("e4", { closed: { status: "FAILED", stopDate: 9 } })]);
        const all = await pages((page) => store.resident(0, page), 2);
        expect(all).toEqual([
          [executionArn("e0"), executionArn("e1")],
          [executionArn("e3"), executionArn("e5")],
          [executionArn("e6")],
        ]);
      });
    });

    describe("activity tasks", () => {
      const task = (name: string, taskId: number, queue = "pack") => ({
        activityArn: activityArn(queue),
        executionArn: executionArn(name),
        taskId,
      });

      test("wait in the order they were scheduled until they are taken", async () => {
        let store = await emptyStore();
        const owner = await own(store);
        await owner.commit([
          start(started("b"), { activityTasksAdded: [task("b", 9), task("b", 2)] }),
          start(started("a"), { activityTasksAdded: [task("a", 4), task("a", 5, "ship")] }),
        ]);
        await owner.commit([write("b", { activityTasksAdded: [task("b", 11)] })]);
        store = await reopened(store);
        const queue = activityArn("pack");
        expect(await store.activityTasks(queue, 10)).toStrictEqual([
          task("b", 9),
          task("b", 2),
          task("a", 4),
          task("b", 11),
        ]);
        expect(await store.activityTasks(queue, 2)).toEqual([task("b", 9), task("b", 2)]);
        const again = await own(store);
        await again.commit([write("b", { activityTasksRemoved: [9, 11, 99] })]);
        expect(await store.activityTasks(queue, 10)).toEqual([task("b", 2), task("a", 4)]);
        expect(await store.activityTasks(activityArn("ship"), 10)).toEqual([task("a", 5, "ship")]);
        expect(await store.activityTasks(activityArn("none"), 10)).toEqual([]);
      });

      test("a task added again keeps its place", async () => {
        const store = await emptyStore();
        const owner = await own(store);
        await owner.commit([
          start(started("a"), { activityTasksAdded: [task("a", 1), task("a", 2)] }),
        ]);
        await owner.commit([write("a", { activityTasksAdded: [task("a", 1)] })]);
        expect(await store.activityTasks(activityArn("pack"), 10)).toEqual([
          task("a", 1),
          task("a", 2),
        ]);
      });

      test("one that is added and taken in a single write never waits", async () => {
        const store = await emptyStore();
        const owner = await own(store);
        const both = { activityTasksAdded: [task("a", 1)], activityTasksRemoved: [1] };
        await owner.commit([start(started("a"), both)]);
        expect(await store.activityTasks(activityArn("pack"), 10)).toEqual([]);
      });
    });

    describe("messages", () => {
      const message = (id: string, body = "{}") => ({ id, to: executionArn("parent"), body });

      test("are kept, oldest first, until one says it is delivered", async () => {
        let store = await emptyStore();
        const owner = await own(store);
        await owner.send(message("m2", '{"n":2}'), message("m1"));
        await owner.send(message("m3"));
        store = await reopened(store);
        expect(await store.messages(0, 10)).toStrictEqual([
          message("m2", '{"n":2}'),
          message("m1"),
          message("m3"),
        ]);
        expect(await store.messages(0, 2)).toHaveLength(2);
        const again = await own(store);
        await again.commit([], { messagesDelivered: ["m1", "m2", "unheard of"] });
        expect(await store.messages(0, 10)).toEqual([message("m3")]);
      });

      test("sent twice are one", async () => {
        const store = await emptyStore();
        const owner = await own(store);
        await owner.send(message("m1", '"first"'), message("m1", '"second"'));
        await owner.send(message("m1", '"third"'));
        expect(await store.messages(0, 10)).toEqual([message("m1", '"first"')]);
      });

      test("sent and delivered in one commit leave nothing", async () => {
        const store = await emptyStore();
        const owner = await own(store);
        const more = { messagesSent: [message("m1")], messagesDelivered: ["m1"] };
        expect(await owner.commit([], more)).toBe("committed");
        expect(await store.messages(0, 10)).toEqual([]);
      });
    });

    describe("state machines", () => {
      test("are read as they were put, with their revisions", async () => {
        let store = await emptyStore();
        const record = stateMachine("a", {
          type: "EXPRESS",
          tags: { team: "orders", ["__proto__"]: "kept" },
        });
        const full = revision("a", {
          loggingConfiguration: '{"level":"ALL"}',
          tracingConfiguration: '{"enabled":true}',
          encryptionConfiguration: '{"type":"AWS_OWNED_KEY"}',
        });
        await store.putStateMachine(record, full);
        const second = revision("a", { revisionId: "revision-2", initial: false, createdAt: 600 });
        const updated = { ...record, revisionId: "revision-2", status: "DELETING" } as const;
        await store.putStateMachine(updated, second);
        store = await reopened(store);
        expect(await store.stateMachine(machineArn("a"))).toStrictEqual(updated);
        expect(await store.revision(machineArn("a"), "revision-1")).toStrictEqual(full);
        expect(await store.revision(machineArn("a"), "revision-2")).toStrictEqual(second);
        expect(await store.revision(machineArn("a"), "revision-3")).toBeUndefined();
        expect(await store.stateMachine(machineArn("b"))).toBeUndefined();
      });

      test("can be replaced without a new revision", async () => {
        const store = await emptyStore();
        await store.putStateMachine(stateMachine("a"), revision("a"));
        await store.putStateMachine(stateMachine("a", { tags: { k: "v" } }));
        expect((await store.stateMachine(machineArn("a")))?.tags).toEqual({ k: "v" });
        expect(await store.revision(machineArn("a"), "revision-1")).toEqual(revision("a"));
      });

      test("a revision is never changed, and its refusal leaves the machine as it was", async () => {
        const store = await emptyStore();
        await store.putStateMachine(stateMachine("a"), revision("a"));
        const changed = revision("a", { definition: "{}" });
        const put = store.putStateMachine(stateMachine("a", { tags: { k: "v" } }), changed);
        await expect(put).rejects.toThrow();
        expect(await store.stateMachine(machineArn("a"))).toEqual(stateMachine("a"));
        expect(await store.revision(machineArn("a"), "revision-1")).toEqual(revision("a"));
      });

      test("are listed by ARN over three pages", async () => {
        const store = await emptyStore();
        for (const name of ["s3", "s1", "s10", "s0", "s2"]) {
          await store.putStateMachine(stateMachine(name));
        }
        await store.putStateMachine(stateMachine("s0", { tags: { late: "yes" } }));
        const all = await pages((page) => store.stateMachines("", page), 2);
        expect(all.map((items) => items.map((item) => item.name))).toEqual([
          ["s0", "s1"],
          ["s10", "s2"],
          ["s3"],
        ]);
        await store.deleteStateMachine(machineArn("s1"));
        const rest = await store.stateMachines("", { limit: 10 });
        expect(rest.items.map((item) => item.name)).toEqual(["s0", "s10", "s2", "s3"]);
        expect(rest.next).toBeUndefined();
      });

      test("deleted, leave their revisions to the executions that name them", async () => {
        const store = await emptyStore();
        const owner = await own(store);
        await store.putStateMachine(stateMachine("orders"), revision("orders"));
        await store.putStateMachine(stateMachine("idle"), revision("idle"));
        await owner.commit([start(started("a"))]);
        await store.deleteStateMachine(machineArn("orders"));
        await store.deleteStateMachine(machineArn("idle"));
        await store.deleteStateMachine(machineArn("none"));
        expect(await store.stateMachine(machineArn("orders"))).toBeUndefined();
        expect(await store.revision(machineArn("orders"), "revision-1")).toEqual(
          revision("orders"),
        );
        expect(await store.revision(machineArn("idle"), "revision-1")).toBeUndefined();
        await owner.commit([write("a", { closed: { status: "SUCCEEDED", stopDate: 2000 } })]);
        expect(await store.deleteClosed(3000, 10)).toBe(1);
        expect(await store.revision(machineArn("orders"), "revision-1")).toBeUndefined();
      });
    });

    describe("versions and aliases", () => {
      test("a version is put with its state machine and read as it was", async () => {
        let store = await emptyStore();
        const record = stateMachine("a", { lastVersion: 2, published: { description: "first" } });
        const described = version("a", 2, { description: "second", createdAt: 700 });
        await store.putStateMachine(record, revision("a"), version("a", 1));
        await store.putStateMachine(record, undefined, described);
        store = await reopened(store);
        expect(await store.stateMachine(machineArn("a"))).toStrictEqual(record);
        expect(await store.version(machineArn("a"), 1)).toStrictEqual(version("a", 1));
        expect(await store.version(machineArn("a"), 2)).toStrictEqual(described);
        expect(await store.version(machineArn("a"), 3)).toBeUndefined();
        expect(await store.version(machineArn("b"), 1)).toBeUndefined();
      });

      test("a version is never changed, and its refusal leaves everything as it was", async () => {
        const store = await emptyStore();
        const record = stateMachine("a", { lastVersion: 1 });
        await store.putStateMachine(record, revision("a"), version("a", 1));
        const second = revision("a", { revisionId: "revision-2" });
        const changed = version("a", 1, { revisionId: "revision-2" });
        await expect(
          store.putStateMachine({ ...record, revisionId: "revision-2" }, second, changed),
        ).rejects.toThrow();
        const again = store.putStateMachine({ ...record, tags: { k: "v" } }, revision("a"), {
          ...changed,
          version: 2,
        });
        await expect(again).rejects.toThrow();
        expect(await store.stateMachine(machineArn("a"))).toEqual(record);
        expect(await store.revision(machineArn("a"), "revision-2")).toBeUndefined();
        expect(await store.version(machineArn("a"), 1)).toEqual(version("a", 1));
        expect(await store.version(machineArn("a"), 2)).toBeUndefined();
      });

      test("versions are listed with the newest first, over three pages", async () => {
        const store = await emptyStore();
        for (let number = 1; number <= 12; number += 1) {
          await store.putStateMachine(stateMachine("a"), undefined, version("a", number));
        }
        await store.putStateMachine(stateMachine("ab"), undefined, version("ab", 40));
        const list = (limit: number) =>
          pages((page) => store.versions(machineArn("a"), page), limit).then((all) =>
            all.map((items) => items.map((item) => item.version)),
          );
        expect(await list(5)).toEqual([
          [12, 11, 10, 9, 8],
          [7, 6, 5, 4, 3],
          [2, 1],
        ]);
        await store.deleteVersion(machineArn("a"), 11);
        await store.deleteVersion(machineArn("a"), 11);
        await store.deleteVersion(machineArn("none"), 1);
        expect(await list(6)).toEqual([
          [12, 10, 9, 8, 7, 6],
          [5, 4, 3, 2, 1],
        ]);
        expect(await store.versions(machineArn("b"), { limit: 1 })).toEqual({ items: [] });
        const ask = (page: PageRequest) => store.versions(machineArn("a"), page);
        await expect(ask({ limit: 0 })).rejects.toThrow(/limit/);
        await expect(ask({ limit: 1, after: "nowhere" })).rejects.toThrow(/position/);
      });

      test("aliases are put, replaced, listed by name and deleted", async () => {
        let store = await emptyStore();
        const full = alias("a", "live", {
          description: "what users get",
          routes: [
            { version: 7, weight: 90 },
            { version: 3, weight: 10 },
          ],
          updatedAt: 900,
        });
        await store.putAlias(alias("a", "test"));
        await store.putAlias(alias("a", "live", { description: "before" }));
        await store.putAlias(alias("a", "canary"));
        await store.putAlias(full);
        await store.putAlias(alias("ab", "live"));
        store = await reopened(store);
        expect(await store.aliases(machineArn("a"))).toStrictEqual([
          alias("a", "canary"),
          full,
          alias("a", "test"),
        ]);
        await store.deleteAlias(machineArn("a"), "live");
        await store.deleteAlias(machineArn("a"), "live");
        await store.deleteAlias(machineArn("none"), "live");
        const left = await store.aliases(machineArn("a"));
        expect(left.map(({ name }) => name)).toEqual(["canary", "test"]);
        expect(await store.aliases(machineArn("ab"))).toHaveLength(1);
        expect(await store.aliases(machineArn("none"))).toEqual([]);
      });

      test("go with their state machine, and no other's do", async () => {
        let store = await emptyStore();
        for (const name of ["a", "b"]) {
          await store.putStateMachine(stateMachine(name), revision(name), version(name, 1));
          await store.putAlias(alias(name, "live"));
        }
        await store.deleteStateMachine(machineArn("a"));
        store = await reopened(store);
        expect(await store.version(machineArn("a"), 1)).toBeUndefined();
        expect(await store.aliases(machineArn("a"))).toEqual([]);
        expect(await store.version(machineArn("b"), 1)).toEqual(version("b", 1));
        expect(await store.aliases(machineArn("b"))).toEqual([alias("b", "live")]);
      });
    });

    describe("notes", () => {
      test("follow one another: what is put after another one than is stored is not", async () => {
        let store = await emptyStore();
        await store.putStateMachine(stateMachine("a"), revision("a"));
        expect(await store.note(machineArn("a"), "k")).toBeUndefined();
        expect(await store.putNote(note("a", "k", { version: 2 }))).toBe(false);
        expect(await store.putNote(note("a", "k"))).toBe(true);
        // It may be asked for again when its answer was lost.
        expect(await store.putNote(note("a", "k"))).toBe(true);
        expect(await store.putNote(note("a", "k", { body: "other" }))).toBe(false);
        expect(await store.putNote(note("a", "k", { version: 2, body: "{}" }))).toBe(true);
        expect(await store.putNote(note("a", "k", { version: 2, body: "late" }))).toBe(false);
        expect(await store.putNote(note("a", "other", { body: "x".repeat(2_000_000) }))).toBe(true);
        store = await reopened(store);
        expect(await store.note(machineArn("a"), "k")).toStrictEqual(
          note("a", "k", { version: 2, body: "{}" }),
        );
        expect((await store.note(machineArn("a"), "other"))?.body).toHaveLength(2_000_000);
      });

      test("are written once where many write at once", async () => {
        const store = await emptyStore();
        await store.putStateMachine(stateMachine("a"), revision("a"));
        const bodies = ["1", "2", "3", "4", "5"];
        const put = bodies.map((body) => store.putNote(note("a", "k", { body })));
        const written = (await Promise.all(put)).filter(Boolean);
        expect(written).toHaveLength(1);
      });

      test("go with their state machine, and there is none without one", async () => {
        const store = await emptyStore();
        for (const name of ["a", "b"]) {
          await store.putStateMachine(stateMachine(name), revision(name));
          await store.putNote(note(name, "k"));
        }
        await store.deleteStateMachine(machineArn("a"));
        expect(await store.note(machineArn("a"), "k")).toBeUndefined();
        expect(await store.putNote(note("a", "k"))).toBe(false);
        expect(await store.note(machineArn("b"), "k")).toStrictEqual(note("b", "k"));
      });
    });

    describe("documents", () => {
      test("follow one another: what is put after another one than is stored is not", async () => {
        let store = await emptyStore();
        expect(await store.document("iam.user", "a")).toBeUndefined();
        expect(await store.putDocument(document("a", { version: 2 }))).toBe(false);
        expect(await store.putDocument(document("a"))).toBe(true);
        // It may be asked for again when its answer was lost.
        expect(await store.putDocument(document("a"))).toBe(true);
        expect(await store.putDocument(document("a", { body: "other" }))).toBe(false);
        expect(await store.putDocument(document("a", { version: 2, body: "2" }))).toBe(true);
        expect(await store.putDocument(document("a", { version: 2, body: "late" }))).toBe(false);
        expect(await store.putDocument(document("a", { collection: "iam.role" }))).toBe(true);
        store = await reopened(store);
        expect(await store.document("iam.user", "a")).toStrictEqual(
          document("a", { version: 2, body: "2" }),
        );
        expect(await store.document("iam.role", "a")).toStrictEqual(
          document("a", { collection: "iam.role" }),
        );
      });

      test("are removed by their version, and begin anew", async () => {
        const store = await emptyStore();
        await store.putDocument(document("a"));
        await store.putDocument(document("a", { version: 2 }));
        expect(await store.deleteDocument("iam.user", "a", 1)).toBe(false);
        expect(await store.deleteDocument("iam.role", "a", 2)).toBe(true);
        expect(await store.document("iam.user", "a")).toBeDefined();
        expect(await store.deleteDocument("iam.user", "a", 2)).toBe(true);
        // As for what is put: its answer may have been lost.
        expect(await store.deleteDocument("iam.user", "a", 2)).toBe(true);
        expect(await store.document("iam.user", "a")).toBeUndefined();
        expect(await store.putDocument(document("a"))).toBe(true);
      });

      test("are written once where many write at once", async () => {
        const store = await emptyStore();
        const bodies = ["1", "2", "3", "4", "5"];
        const put = bodies.map((body) => store.putDocument(document("a", { body })));
        expect((await Promise.all(put)).filter(Boolean)).toHaveLength(1);
      });

      test("are listed by their ids within a collection, page by page", async () => {
        const store = await emptyStore();
        for (const id of ["b", "B", "a/c", "a", "a-"]) await store.putDocument(document(id));
        await store.putDocument(document("a", { collection: "iam.users" }));
        const listed = await pages((page) => store.documents("iam.user", page), 2);
        const ids = listed.map((items) => items.map(({ id }) => id));
        expect(ids).toEqual([["B", "a"], ["a-", "a/c"], ["b"]]);
        expect(await pages((page) => store.documents("iam", page), 2)).toEqual([[]]);
      });
    });

    test("state machines and activities are listed by what their ARNs begin with, page by page", async () => {
      const store = await emptyStore();
      const arnIn = (region: string, type: string, name: string): string =>
        `arn:aws:states:${region}:123456789012:${type}:${name}`;
      // One of these begins with the name of another.
      for (const region of ["us-west-1", "us-east-1", "us-east-10", "eu-west-1"]) {
        for (const name of ["c", "a", "b"]) {
          const stateMachineArn = arnIn(region, "stateMachine", name);
          await store.putStateMachine(stateMachine(name, { stateMachineArn }));
          await store.putActivity(activity(name, { activityArn: arnIn(region, "activity", name) }));
        }
      }
      const prefix = "arn:aws:states:us-east-1:";
      const machines = await pages((page) => store.stateMachines(prefix, page), 2);
      expect(machines.map((items) => items.map((item) => item.stateMachineArn))).toEqual([
        ["a", "b"].map((name) => arnIn("us-east-1", "stateMachine", name)),
        [arnIn("us-east-1", "stateMachine", "c")],
      ]);
      const activities = await pages((page) => store.activities(prefix, page), 3);
      expect(activities.map((items) => items.map((item) => item.activityArn))).toEqual([
        ["a", "b", "c"].map((name) => arnIn("us-east-1", "activity", name)),
      ]);
      expect(
        await pages((page) => store.stateMachines("arn:aws:states:eu-", page), 1),
      ).toHaveLength(3);
      expect(await store.activities("arn:aws:states:af-", { limit: 9 })).toEqual({ items: [] });
    });

    describe("activities", () => {
      test("are put, replaced, listed and deleted", async () => {
        let store = await emptyStore();
        const full = activity("a", { encryptionConfiguration: "{}", tags: { k: "v" } });
        await store.putActivity(activity("a"));
        await store.putActivity(full);
        for (const name of ["d", "b", "e", "c"]) await store.putActivity(activity(name));
        store = await reopened(store);
        expect(await store.activity(activityArn("a"))).toStrictEqual(full);
        expect(await store.activity(activityArn("z"))).toBeUndefined();
        const all = await pages((page) => store.activities("", page), 2);
        expect(all.map((items) => items.map((item) => item.name))).toEqual([
          ["a", "b"],
          ["c", "d"],
          ["e"],
        ]);
        await store.deleteActivity(activityArn("a"));
        await store.deleteActivity(activityArn("a"));
        expect(await store.activity(activityArn("a"))).toBeUndefined();
      });
    });

    describe("Map Runs", () => {
      test("are put, replaced, listed newest first, and told apart by whether they run", async () => {
        let store = await emptyStore();
        const ended = mapRun("a", { status: "ABORTED", stopDate: 2000, redriveCount: 1 });
        await store.putMapRun(mapRun("a"));
        await store.putMapRun(mapRun("b"));
        await store.putMapRun(mapRun("c", { status: "SUCCEEDED" }));
        await store.putMapRun(mapRun("d", { executionArn: executionArn("other") }));
        await store.putMapRun(ended);
        store = await reopened(store);
        expect(await store.mapRun(mapRunArn("a"))).toStrictEqual(ended);
        expect(await store.mapRun(mapRunArn("z"))).toBeUndefined();
        const all = await pages((page) => store.mapRuns(executionArn("parent"), page), 2);
        expect(all.map((items) => items.map((item) => item.mapRunArn))).toEqual([
          [mapRunArn("c"), mapRunArn("b")],
          [mapRunArn("a")],
        ]);
        expect(await store.runningMapRuns(0)).toStrictEqual([
          mapRun("b"),
          mapRun("d", { executionArn: executionArn("other") }),
        ]);
      });

      test("have children in the order of their index, each with its status and its redrives", async () => {
        let store = await emptyStore();
        const owner = await own(store);
        const child = (index: number, run = "a") =>
          started(`${run}${index}`, { mapRun: { mapRunArn: mapRunArn(run), index, itemCount: 3 } });
        await owner.commit([2, 0, 1, 3].map((index) => start(child(index), { chunk: chunk(1) })));
        await owner.commit([
          start(child(0, "b"), { chunk: chunk(1) }),
          start(started("alone"), { chunk: chunk(1) }),
          write("a1", { closed: { status: "FAILED", stopDate: 2000 } }),
          write("a3", { closed: { status: "FAILED", stopDate: 2000 } }),
        ]);
        await owner.commit([write("a3", { redriven: { redriveCount: 1, redriveDate: 3000 } })]);
        store = await reopened(store);
        const all = await pages(
          (page) => store.mapRunChildren({ mapRunArn: mapRunArn("a") }, page),
          3,
        );
        expect(all.map((items) => items.map((item) => item.mapRun?.index))).toEqual([
          [0, 1, 2],
          [3],
        ]);
        const failed = { mapRunArn: mapRunArn("a"), status: "FAILED" } as const;
        expect((await store.mapRunChildren(failed, { limit: 9 })).items).toStrictEqual([
          { ...child(1), status: "FAILED", stopDate: 2000 },
        ]);
        expect(await store.execution(executionArn("a3"))).toStrictEqual({
          ...child(3),
          redriveCount: 1,
          redriveDate: 3000,
        });
        const none = await store.mapRunChildren({ mapRunArn: mapRunArn("z") }, { limit: 9 });
        expect(none).toStrictEqual({ items: [] });
      });
    });

    describe("retention", () => {
      test("deletes what closed before a time, oldest first, with all that it had", async () => {
        let store = await emptyStore();
        const owner = await own(store);
        const ends = [3000, 1000, 2000, 4000];
        await owner.commit([
          ...ends.map((stopDate, index) =>
            start(started(`e${index}`), {
              chunk: chunk(1),
              closed: { status: "SUCCEEDED", stopDate },
              activityTasksAdded: [
                {
                  activityArn: activityArn("x"),
                  executionArn: executionArn(`e${index}`),
                  taskId: 1,
                },
              ],
            }),
          ),
          start(started("runs"), { chunk: chunk(1) }),
          start(started("sleeps"), { chunk: chunk(1), parked: { wakeAt: 1 } }),
        ]);
        expect(await store.deleteClosed(1000, 10)).toBe(0);
        expect(await store.deleteClosed(4000, 2)).toBe(2);
        expect(await store.execution(executionArn("e1"))).toBeUndefined();
        expect(await store.execution(executionArn("e2"))).toBeUndefined();
        expect(await store.execution(executionArn("e0"))).toBeDefined();
        expect(await store.deleteClosed(4000, 2)).toBe(1);
        expect(await store.deleteClosed(4000, 2)).toBe(0);
        store = await reopened(store);
        const filter = { stateMachineArn: machineArn() };
        const left = (await store.executions(filter, { limit: 10 })).items.map((item) => item.name);
        expect(left.toSorted()).toEqual(["e3", "runs", "sleeps"]);
        expect(await store.journal(executionArn("e0"), {})).toEqual([]);
        expect(await store.journal(executionArn("runs"), {})).toEqual([chunk(1)]);
        expect(await store.activityTasks(activityArn("x"), 10)).toHaveLength(1);
        await expect(store.deleteClosed(4000, 0)).rejects.toThrow(/limit/);
      });

      test("keeps the revisions of a state machine that is not deleted", async () => {
        const store = await emptyStore();
        const owner = await own(store);
        const closed = { status: "FAILED", stopDate: 2000 } as const;
        await store.putStateMachine(stateMachine("orders"), revision("orders"));
        await owner.commit([start(started("a"), { closed })]);
        expect(await store.deleteClosed(3000, 10)).toBe(1);
        expect(await store.revision(machineArn("orders"), "revision-1")).toEqual(
          revision("orders"),
        );
      });

      test("frees the name: an execution can start again, with a journal of its own", async () => {
        const store = await emptyStore();
        const owner = await own(store);
        const closed = { status: "FAILED", stopDate: 2000 } as const;
        await owner.commit([start(started("a"), { chunk: chunk(1) })]);
        await owner.commit([write("a", { chunk: chunk(2), closed })]);
        await store.deleteClosed(3000, 10);
        await owner.commit([start(started("a", { startDate: 5000 }), { chunk: chunk(1, 4) })]);
        expect(await store.journal(executionArn("a"), {})).toEqual([chunk(1, 4)]);
        await store.deleteClosed(9000, 10);
        expect((await store.execution(executionArn("a")))?.startDate).toBe(5000);
        await expect(owner.commit([write("gone", { chunk: chunk(9) })])).rejects.toThrow(/no such/);
      });
    });

    describe("packing", () => {
      const closed = { status: "FAILED", stopDate: 2000 } as const;
      const arn = executionArn("a");
      const whole = [chunk(1, 3), privateChunk("1"), chunk(4), chunk(5, 9), privateChunk("2")];

      /** `a`, with a journal of each kind of chunk, and its neighbours: one that runs, one without a journal. */
      async function withClosed(): Promise<{ store: Store; owner: Owner }> {
        const store = await emptyStore();
        const owner = await own(store);
        await owner.commit([
          start(started("a"), { chunk: chunk(1, 3) }),
          start(started("runs"), { chunk: chunk(1) }),
          start(started("empty"), { closed }),
        ]);
        for (const each of whole.slice(1, -1)) await owner.commit([write("a", { chunk: each })]);
        await owner.commit([write("a", { chunk: privateChunk("2"), closed })]);
        return { store, owner };
      }

      /** Packs all that closed before a time; answers how many executions that took, each call's added up. */
      async function packAll(store: Store, before = 9000, limit = 100): Promise<number> {
        let worked = 0;
        for (;;) {
          const more = (await store.packClosed?.(before, limit)) ?? 0;
          if (more === 0) return worked;
          expect(more).toBeLessThanOrEqual(limit);
          worked += more;
        }
      }

      /** What a store answers about the journal of `a`, from every event, in both directions, whole or in parts. */
      async function readings(store: Store): Promise<unknown> {
        const answers: unknown[] = [await store.journals([executionArn("runs"), arn])];
        for (const from of [undefined, ...Array.from({ length: 24 }, (_, index) => index)]) {
          for (const reverse of [false, true]) {
            for (const limit of [undefined, 1, 2, 3, 20]) {
              const range = {
                reverse,
                ...(from !== undefined && { from }),
                ...(limit !== undefined && { limit }),
              };
              answers.push([range, await store.journal(arn, range)]);
            }
          }
        }
        return answers;
      }

      test("changes nothing of what is read, and leaves nothing to be packed", async () => {
        let { store } = await withClosed();
        const before = await readings(store);
        await packAll(store);
        expect(await store.journal(arn, {})).toStrictEqual(whole);
        expect(await readings(store)).toStrictEqual(before);
        expect(await packAll(store)).toBe(0);
        store = await reopened(store);
        expect(await readings(store)).toStrictEqual(before);
        expect(await packAll(store)).toBe(0);
      });

      test("takes what closed before a time, and no more at once than it is told", async () => {
        const store = await emptyStore();
        const owner = await own(store);
        const ends = [3000, 1000, 2000, 4000, 2000];
        await owner.commit(
          ends.map((stopDate, index) =>
            start(started(`e${index}`), {
              chunk: chunk(1),
              closed: { status: "SUCCEEDED", stopDate },
            }),
          ),
        );
        if (store.packClosed === undefined) return;
        expect(await packAll(store, 1000)).toBe(0);
        expect(await packAll(store, 4000, 2)).toBe(4);
        expect(await packAll(store, 4001, 2)).toBe(1);
        await expect(store.packClosed(4000, 0)).rejects.toThrow(/limit/);
      });

      test("takes what closed with an earlier date than what is packed already", async () => {
        const { store, owner } = await withClosed();
        await packAll(store);
        for (const [index, stopDate] of [1999, 2000, 2001, -5].entries()) {
          const early = { status: "SUCCEEDED", stopDate } as const;
          await owner.commit([start(started(`e${index}`), { chunk: chunk(1), closed: early })]);
        }
        const again = await reopened(store);
        await own(again);
        expect(await packAll(again)).toBe(again.packClosed === undefined ? 0 : 4);
        expect(await packAll(again)).toBe(0);
        expect(await again.journal(executionArn("e3"), {})).toEqual([chunk(1)]);
      });

      test("keeps a redriven execution whole: what it does next follows, and is packed in its turn", async () => {
        const { store, owner } = await withClosed();
        await packAll(store);
        const redriven = { redriveCount: 1, redriveDate: 3000 };
        await owner.commit([write("a", { redriven, chunk: chunk(10, 12) })]);
        await owner.commit([write("a", { chunk: privateChunk("3") })]);
        expect(await packAll(store)).toBe(0);
        const again = [...whole, chunk(10, 12), privateChunk("3"), chunk(13, 20)];
        await owner.commit([write("a", { chunk: chunk(13, 20), closed })]);
        expect(await store.journal(arn, {})).toStrictEqual(again);
        const before = await readings(store);
        await packAll(store);
        expect(await readings(store)).toStrictEqual(before);
        const later = await reopened(store);
        expect(await later.journal(arn, { reverse: true })).toStrictEqual(again.toReversed());
        expect(await packAll(later)).toBe(0);
      });

      test("of a journal of any length and text gives it back, from either end", async () => {
        const store = await emptyStore();
        const owner = await own(store);
        const texts = ["", "\0\n", "ünï–😀\u2028", "x".repeat(300_000)];
        const chunks = Array.from({ length: 4000 }, (_, index) => ({
          ...chunk(index + 1),
          data: texts[index] ?? `[${"event ".repeat(index % 50)}${index}]`,
        }));
        await owner.commit([
          start(started("a")),
          ...chunks.map((each) => write("a", { chunk: each })),
          write("a", { closed }),
        ]);
        await packAll(store);
        expect(await store.journal(arn, {})).toEqual(chunks);
        expect(await store.journal(arn, { reverse: true })).toEqual(chunks.toReversed());
        expect(await store.journal(arn, { from: 2000, limit: 700 })).toEqual(
          chunks.slice(1999, 2699),
        );
        expect(await store.journal(arn, { from: 2000, limit: 700, reverse: true })).toEqual(
          chunks.slice(1300, 2000).toReversed(),
        );
      });

      test("leaves what is deleted with retention, and its name is free", async () => {
        const { store, owner } = await withClosed();
        await packAll(store);
        expect(await store.deleteClosed(3000, 10)).toBe(2);
        expect(await store.journal(arn, {})).toEqual([]);
        await owner.commit([start(started("a", { startDate: 5000 }), { chunk: chunk(1, 4) })]);
        expect(await store.journal(arn, {})).toEqual([chunk(1, 4)]);
        const late = { status: "SUCCEEDED", stopDate: 1500 } as const;
        await owner.commit([write("a", { closed: late })]);
        await packAll(store);
        expect(await store.journal(arn, {})).toEqual([chunk(1, 4)]);
      });
    });

    describe("the store itself", () => {
      test("has a secret of 32 bytes that stays, and that no other store has", async () => {
        let store = await emptyStore();
        const secret = await store.secret();
        expect(Buffer.from(secret, "base64")).toHaveLength(32);
        store = await reopened(store);
        expect(await store.secret()).toBe(secret);
        expect(await (await emptyStore()).secret()).not.toBe(secret);
      });

      test("reads see every commit that was answered before them", async () => {
        const store = await emptyStore();
        const owner = await own(store);
        await owner.commit([start(started("a"))]);
        for (let id = 1; id <= 100; id += 1) {
          await owner.commit([write("a", { chunk: chunk(id) })]);
          const last = await store.journal(executionArn("a"), { reverse: true, limit: 1 });
          expect(last).toEqual([chunk(id)]);
        }
      });

      test("once closed it says so, and can be closed again", async () => {
        const store = await emptyStore();
        await store.close();
        await store.close();
        await expect(store.secret()).rejects.toMatchObject({ kind: "unavailable" });
        await expect(store.acquire(0)).rejects.toMatchObject({ kind: "unavailable" });
        await expect(store.commit(batch(1, 1))).rejects.toMatchObject({ kind: "unavailable" });
      });
    });
  });
}
