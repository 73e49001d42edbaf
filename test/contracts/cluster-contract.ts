import { afterEach, describe, expect, test } from "vitest";
import type {
  ClusterStore,
  ClusterView,
  NodeRecord,
  PostedCall,
} from "../../src/ports/cluster-store.ts";
import { partitionOf } from "../../src/ports/partition-of.ts";
import type { CommitResult } from "../../src/ports/store.ts";
import { batch, executionArn, own, start, started } from "./store-fixtures.ts";

export interface ClusterStoreUnderTest {
  /** An empty store with so many partitions; the suite closes it. */
  open(partitions: number): Promise<ClusterStore>;
  /** A second way into the same store, as another node has it, closed by the suite; absent: nodes share the one. */
  join?(store: ClusterStore): Promise<ClusterStore>;
  /** A lease of a node that goes on living, in milliseconds: no test takes as long as that. */
  readonly longLeaseMs: number;
  /** A lease that is waited for, in milliseconds. */
  readonly shortLeaseMs: number;
  /** Lets so many milliseconds go by on the store's clock. */
  pass(store: ClusterStore, ms: number): Promise<void>;
}

function node(nodeId: string, more: Partial<NodeRecord> = {}): NodeRecord {
  return {
    nodeId,
    url: `http://${nodeId}:8090`,
    version: "1.2.3",
    isLeaving: false,
    startedAt: 1000,
    ...more,
  };
}

function call(id: string, partition = 0): PostedCall {
  return { id, partition, request: `{"ask":"${id}"}` };
}

const idsOf = (view: ClusterView) => view.nodes.map(({ nodeId }) => nodeId);

/** The name of an execution that is in a partition, of three; another label makes another. */
function nameIn(partition: number, label = "n"): string {
  for (let index = 0; ; index += 1) {
    const name = `${label}-${index}`;
    if (partitionOf(executionArn(name), 3) === partition) return name;
  }
}

/** The execution that {@link commitBy} starts. */
function startedBy(epoch: number, [partition, sequence]: readonly [number, number]): string {
  return nameIn(partition, `e${epoch}s${sequence}`);
}

/** What every store does that nodes share. The cluster relies on all of it, and on nothing else. */
export function clusterContract(name: string, subject: ClusterStoreUnderTest): void {
  describe(`the ${name} store among nodes`, () => {
    const open: ClusterStore[] = [];
    const { longLeaseMs, shortLeaseMs } = subject;

    async function emptyStore(): Promise<ClusterStore> {
      const store = await subject.open(3);
      open.push(store);
      return store;
    }

    /** The store as a second node has it. */
    async function joined(store: ClusterStore): Promise<ClusterStore> {
      if (subject.join === undefined) return store;
      const other = await subject.join(store);
      open.push(other);
      return other;
    }

    /** Claims for a node with a long lease. */
    async function claimed(store: ClusterStore, partition: number, nodeId: string) {
      await store.heartbeat(node(nodeId), longLeaseMs);
      return epochOf(await store.claim(partition, nodeId));
    }

    function epochOf(epoch: number | undefined): number {
      if (epoch === undefined) throw new Error("the claim was refused");
      return epoch;
    }

    /** What a commit that starts an execution comes to. */
    async function commitBy(
      store: ClusterStore,
      epoch: number,
      [partition, sequence]: readonly [number, number],
    ): Promise<CommitResult> {
      const writes = [start(started(startedBy(epoch, [partition, sequence])))];
      return store.commit(batch(epoch, sequence, writes, { partition }));
    }

    afterEach(async () => {
      await Promise.all(open.splice(0).map((store) => store.close()));
    });

    describe("heartbeats", () => {
      test("give a lease, and tell of all nodes and partitions", async () => {
        const store = await emptyStore();
        const other = await joined(store);
        const empty = await store.clusterView();
        expect(empty).toEqual({
          now: expect.any(Number),
          nodes: [],
          partitions: [0, 1, 2].map((partition) => ({ partition, epoch: 0 })),
          changes: 0,
        });
        await store.heartbeat(node("b"), longLeaseMs);
        await other.heartbeat(node("c", { url: "http://c:1", startedAt: 2000 }), longLeaseMs);
        const epoch = epochOf(await store.claim(1, "b"));
        const view = await other.heartbeat(node("a", { version: "2.0.0" }), longLeaseMs);
        expect(view.nodes).toEqual([
          { ...node("a", { version: "2.0.0" }), leaseUntil: expect.any(Number) },
          { ...node("b"), leaseUntil: expect.any(Number) },
          { ...node("c", { url: "http://c:1", startedAt: 2000 }), leaseUntil: expect.any(Number) },
        ]);
        expect(view.partitions).toEqual([
          { partition: 0, epoch: 0 },
          { partition: 1, epoch, nodeId: "b" },
          { partition: 2, epoch: 0 },
        ]);
        // The lease begins between the two views.
        const leaseUntil = view.nodes[0]?.leaseUntil ?? 0;
        expect(leaseUntil).toBeGreaterThanOrEqual(empty.now + longLeaseMs);
        expect(leaseUntil).toBeLessThanOrEqual(view.now + longLeaseMs);
        expect(view.now).toBeGreaterThanOrEqual(empty.now);
        const { now: _, ...rest } = view;
        expect(await store.clusterView()).toMatchObject(rest);
      });

      test("replace what is known of the node, and make its lease longer", async () => {
        const store = await emptyStore();
        const first = await store.heartbeat(node("a"), shortLeaseMs);
        const moved = node("a", { url: "http://moved:1", isLeaving: true });
        const again = await store.heartbeat(moved, longLeaseMs);
        expect(again.nodes).toMatchObject([moved]);
        expect(again.nodes[0]?.leaseUntil).toBeGreaterThan(first.nodes[0]?.leaseUntil ?? Infinity);
      });

      test("that stop let the lease run out, and that of no other node", async () => {
        const store = await emptyStore();
        await store.heartbeat(node("b"), longLeaseMs);
        expect(idsOf(await store.heartbeat(node("a"), shortLeaseMs))).toEqual(["a", "b"]);
        await subject.pass(store, shortLeaseMs + 1);
        expect(idsOf(await store.clusterView())).toEqual(["b"]);
        expect(idsOf(await store.heartbeat(node("b"), longLeaseMs))).toEqual(["b"]);
      });

      test("that come back after the lease ran out give a new one, and take nothing from others", async () => {
        const store = await emptyStore();
        await store.heartbeat(node("a"), shortLeaseMs);
        const epochs = [0, 1].map((partition) => store.claim(partition, "a"));
        const [lost, kept] = (await Promise.all(epochs)).map(epochOf);
        await subject.pass(store, shortLeaseMs + 1);
        const taken = await claimed(await joined(store), 0, "b");
        const view = await store.heartbeat(node("a"), longLeaseMs);
        expect(idsOf(view)).toEqual(["a", "b"]);
        expect(view.partitions).toEqual([
          { partition: 0, epoch: taken, nodeId: "b" },
          { partition: 1, epoch: kept, nodeId: "a" },
          { partition: 2, epoch: 0 },
        ]);
        expect(await store.claim(0, "a")).toBeUndefined();
        expect(await commitBy(store, lost ?? 0, [0, 1])).toBe("fenced");
        // Nobody took this one meanwhile: the epoch decides, never the lease.
        expect(await commitBy(store, kept ?? 0, [1, 1])).toBe("committed");
      });
    });

    describe("a claim", () => {
      test("is refused while another live node has the partition, and changes nothing", async () => {
        const store = await emptyStore();
        const epoch = await claimed(store, 0, "a");
        const other = await joined(store);
        await other.heartbeat(node("b"), longLeaseMs);
        const before = await store.clusterView();
        expect(await other.claim(0, "b")).toBeUndefined();
        expect((await store.clusterView()).partitions).toEqual(before.partitions);
        expect(await commitBy(store, epoch, [0, 1])).toBe("committed");
        expect(await other.claim(1, "b")).toBeGreaterThan(0);
      });

      test("is given once the lease has run out; the epoch is higher and the earlier owner fenced", async () => {
        const store = await emptyStore();
        await store.heartbeat(node("a"), shortLeaseMs);
        const early = epochOf(await store.claim(0, "a"));
        const other = await joined(store);
        expect(await commitBy(store, early, [0, 1])).toBe("committed");
        await subject.pass(store, shortLeaseMs + 1);
        const dead = await other.heartbeat(node("b"), longLeaseMs);
        expect(dead.partitions[0]).toMatchObject({ epoch: early });
        const late = epochOf(await other.claim(0, "b"));
        expect(late).toBeGreaterThan(early);
        expect(await commitBy(store, early, [0, 2])).toBe("fenced");
        expect(await store.execution(executionArn(startedBy(early, [0, 2])))).toBeUndefined();
        expect(await commitBy(other, late, [0, 1])).toBe("committed");
        expect(await store.resolve(0, early, 1)).toBe("committed");
        expect(await store.resolve(0, early, 2)).toBe("not committed");
      });

      test("is given after a release, of the present epoch only", async () => {
        const store = await emptyStore();
        const first = await claimed(store, 0, "a");
        const epoch = await claimed(store, 0, "a");
        const other = await joined(store);
        await other.heartbeat(node("b"), longLeaseMs);
        await store.release(0, first);
        expect(await other.claim(0, "b")).toBeUndefined();
        await store.release(0, epoch);
        expect((await other.clusterView()).partitions[0]).toEqual({ partition: 0, epoch });
        const late = epochOf(await other.claim(0, "b"));
        expect(late).toBeGreaterThan(epoch);
        expect(await commitBy(store, epoch, [0, 1])).toBe("fenced");
        await store.release(0, epoch);
        expect((await other.clusterView()).partitions[0]?.nodeId).toBe("b");
      });

      test("is given after its node has left", async () => {
        const store = await emptyStore();
        const epoch = await claimed(store, 0, "a");
        const other = await joined(store);
        await other.heartbeat(node("b"), longLeaseMs);
        await store.leaveCluster("a");
        expect(idsOf(await other.clusterView())).toEqual(["b"]);
        const late = epochOf(await other.claim(0, "b"));
        expect(late).toBeGreaterThan(epoch);
        expect(await commitBy(store, epoch, [0, 1])).toBe("fenced");
        await store.leaveCluster("a");
        await store.leaveCluster("never there");
        expect(idsOf(await store.clusterView())).toEqual(["b"]);
      });

      test("by the node that has the partition gives a new epoch as well", async () => {
        const store = await emptyStore();
        const early = await claimed(store, 0, "a");
        expect(await commitBy(store, early, [0, 1])).toBe("committed");
        const late = epochOf(await store.claim(0, "a"));
        expect(late).toBeGreaterThan(early);
        expect(await commitBy(store, early, [0, 2])).toBe("fenced");
        expect(await commitBy(store, late, [0, 1])).toBe("committed");
        expect((await store.clusterView()).partitions[0]).toEqual({
          partition: 0,
          epoch: late,
          nodeId: "a",
        });
      });

      test("is given of what was acquired by nobody in particular", async () => {
        const store = await emptyStore();
        const early = await own(store);
        const late = await claimed(store, 0, "a");
        expect(late).toBeGreaterThan(early.epoch);
        expect(await early.commit([start(started(nameIn(0)))])).toBe("fenced");
        // An acquire asks nobody.
        const taken = await store.acquire(0);
        expect(taken).toBeGreaterThan(late);
        expect(await commitBy(store, late, [0, 1])).toBe("fenced");
        expect((await store.clusterView()).partitions[0]).toEqual({ partition: 0, epoch: taken });
      });

      test("of two nodes at once is given to exactly one, each of twenty times", async () => {
        const store = await emptyStore();
        const other = await joined(store);
        let last = 0;
        for (let race = 0; race < 20; race += 1) {
          await Promise.all([
            store.heartbeat(node("a"), longLeaseMs),
            other.heartbeat(node("b"), longLeaseMs),
          ]);
          const claims = [() => store.claim(0, "a"), () => other.claim(0, "b")];
          if (race % 2 === 1) claims.reverse();
          const given = await Promise.all(claims.map((claim) => claim()));
          const epochs = given.filter((epoch) => epoch !== undefined);
          expect(epochs).toHaveLength(1);
          const epoch = epochOf(epochs[0]);
          expect(epoch).toBeGreaterThan(last);
          expect(await commitBy(store, epoch, [0, 1])).toBe("committed");
          if (last > 0) expect(await commitBy(store, last, [0, 2])).toBe("fenced");
          last = epoch;
          await store.release(0, epoch);
        }
      });

      test("that races with a commit lets it be all there or fenced", async () => {
        const store = await emptyStore();
        const other = await joined(store);
        for (let race = 0; race < 20; race += 1) {
          const epoch = await claimed(store, 0, "a");
          await other.heartbeat(node("b"), longLeaseMs);
          await store.leaveCluster("a");
          const [result, late] = await Promise.all([
            commitBy(store, epoch, [0, 1]),
            other.claim(0, "b"),
          ]);
          const isThere =
            (await store.execution(executionArn(startedBy(epoch, [0, 1])))) !== undefined;
          expect([result, isThere]).toEqual(isThere ? ["committed", true] : ["fenced", false]);
          await other.release(0, epochOf(late));
        }
      });

      test("of a partition that is not there is refused", async () => {
        const store = await emptyStore();
        await store.heartbeat(node("a"), longLeaseMs);
        await expect(store.claim(3, "a")).rejects.toThrow(/partition/);
        await expect(store.claim(-1, "a")).rejects.toThrow(/partition/);
      });
    });

    test("a change that is noted is seen in every later view", async () => {
      const store = await emptyStore();
      const other = await joined(store);
      const { changes } = await store.heartbeat(node("a"), longLeaseMs);
      await store.noteChange();
      const once = await other.heartbeat(node("b"), longLeaseMs);
      expect(once.changes).toBeGreaterThan(changes);
      expect((await store.clusterView()).changes).toBe(once.changes);
      await Promise.all([store.noteChange(), other.noteChange()]);
      const both = await store.clusterView();
      expect(both.changes).toBe(once.changes + 2);
      expect((await other.heartbeat(node("b"), longLeaseMs)).changes).toBe(both.changes);
    });

    describe("a named lock", () => {
      test("has one holder, until it is given back", async () => {
        const store = await emptyStore();
        const other = await joined(store);
        expect(await store.lock("l", "a", longLeaseMs)).toBe(true);
        expect(await other.lock("l", "b", longLeaseMs)).toBe(false);
        expect(await other.lock("another", "b", longLeaseMs)).toBe(true);
        await other.unlock("l", "b");
        expect(await other.lock("l", "b", longLeaseMs)).toBe(false);
        await store.unlock("l", "a");
        expect(await other.lock("l", "b", longLeaseMs)).toBe(true);
        await store.unlock("l", "a");
        await store.unlock("never taken", "a");
        expect(await store.lock("l", "a", longLeaseMs)).toBe(false);
      });

      test("is free when its time is over, and is had anew by who has it", async () => {
        const store = await emptyStore();
        expect(await store.lock("runs out", "a", shortLeaseMs)).toBe(true);
        expect(await store.lock("anew", "a", shortLeaseMs)).toBe(true);
        expect(await store.lock("anew", "a", longLeaseMs)).toBe(true);
        await subject.pass(store, shortLeaseMs + 1);
        expect(await store.lock("runs out", "b", longLeaseMs)).toBe(true);
        expect(await store.lock("anew", "b", longLeaseMs)).toBe(false);
        await store.unlock("runs out", "a");
        expect(await store.lock("runs out", "a", longLeaseMs)).toBe(false);
      });

      test("goes to one of several who ask at once, each of twenty times", async () => {
        const store = await emptyStore();
        const other = await joined(store);
        for (let race = 0; race < 20; race += 1) {
          const name = `l${race >> 1}`;
          const asked = ["a", "b", "c", "d"].map((holder, index) =>
            (index % 2 === 0 ? store : other).lock(name, holder, longLeaseMs),
          );
          const given = await Promise.all(asked);
          expect(given.filter(Boolean)).toHaveLength(1);
          await store.unlock(name, ["a", "b", "c", "d"][given.indexOf(true)] ?? "");
        }
      });
    });

    describe("messages that wait", () => {
      const message = (id: string, partition: number) => ({
        id,
        to: executionArn(nameIn(partition)),
        body: `{"of":"${id}"}`,
      });

      test("are overdue after their time, in the partitions asked for, oldest first, until they are delivered", async () => {
        const store = await emptyStore();
        const owner = await own(store);
        await owner.send(message("m1", 1), message("m2", 2));
        expect(await store.overdueMessages([0, 1, 2], longLeaseMs, 9)).toEqual([]);
        await subject.pass(store, shortLeaseMs);
        await owner.send(message("m3", 1));
        await owner.send(message("m4", 1), message("m1", 1));
        const early = await store.overdueMessages([0, 1, 2], shortLeaseMs, 9);
        // Of the others, a slow machine may have some by then.
        expect(
          early
            .map(({ id }) => id)
            .slice(0, 2)
            .toSorted(),
        ).toEqual(["m1", "m2"]);
        await subject.pass(store, shortLeaseMs);
        const overdue = (partitions: number[], limit = 9) =>
          store.overdueMessages(partitions, shortLeaseMs, limit);
        expect(await overdue([1])).toEqual([message("m1", 1), message("m3", 1), message("m4", 1)]);
        expect(await overdue([2])).toEqual([message("m2", 2)]);
        expect(await overdue([0])).toEqual([]);
        expect(await overdue([])).toEqual([]);
        expect(await overdue([0, 1, 2])).toHaveLength(4);
        expect(await overdue([1, 0], 2)).toEqual([message("m1", 1), message("m3", 1)]);
        const receiver = await own(store, 1);
        await receiver.commit([], { messagesDelivered: ["m1", "m4"] });
        expect(await overdue([0, 1])).toEqual([message("m3", 1)]);
        await expect(overdue([1], 0)).rejects.toThrow(/limit/);
      });
    });

    describe("calls that are left", () => {
      test("are listed for their partitions until they are answered, once each", async () => {
        const store = await emptyStore();
        const other = await joined(store);
        await store.postCall(call("c1", 1));
        await store.postCall(call("c2", 2));
        await store.postCall({ ...call("c1", 1), request: "something else" });
        await store.postCall(call("c3", 1));
        expect(await other.postedCalls([1], 9)).toEqual([call("c1", 1), call("c3", 1)]);
        expect(await other.postedCalls([2], 9)).toEqual([call("c2", 2)]);
        expect(await other.postedCalls([0], 9)).toEqual([]);
        expect(await other.postedCalls([], 9)).toEqual([]);
        expect(await other.postedCalls([2, 1], 2)).toHaveLength(2);
        expect(await other.postedCalls([1, 0], 1)).toEqual([call("c1", 1)]);
        await other.answerCall(call("c1", 1), "yes");
        expect(await other.postedCalls([0, 1], 9)).toEqual([call("c3", 1)]);
        // Asked again after the answer, it is the same call.
        await store.postCall(call("c1", 1));
        expect(await other.postedCalls([1], 9)).toEqual([call("c3", 1)]);
        await expect(store.postedCalls([1], 0)).rejects.toThrow(/limit/);
      });

      test("have one answer, which is read by their id and partition", async () => {
        const store = await emptyStore();
        const other = await joined(store);
        await store.postCall(call("c1", 1));
        await store.postCall(call("c2", 1));
        expect(await store.answerOf({ id: "c1", partition: 1 })).toBeUndefined();
        await other.answerCall({ id: "c1", partition: 2 }, "of another partition");
        expect(await store.answerOf({ id: "c1", partition: 1 })).toBeUndefined();
        await other.answerCall({ id: "c1", partition: 1 }, '{"answer":"ü–1"}');
        await other.answerCall({ id: "c1", partition: 1 }, "too late");
        expect(await store.answerOf({ id: "c1", partition: 1 })).toBe('{"answer":"ü–1"}');
        expect(await store.answerOf({ id: "c1", partition: 2 })).toBeUndefined();
        expect(await store.answerOf({ id: "c2", partition: 1 })).toBeUndefined();
        // An answer to what nobody asked goes nowhere.
        await other.answerCall({ id: "none", partition: 1 }, "unasked");
        expect(await store.answerOf({ id: "none", partition: 1 })).toBeUndefined();
      });

      test("are answered once by two at a time, and left once by two", async () => {
        const store = await emptyStore();
        const other = await joined(store);
        await Promise.all([store.postCall(call("c", 0)), other.postCall(call("c", 0))]);
        expect(await store.postedCalls([0], 9)).toEqual([call("c", 0)]);
        await Promise.all([store.answerCall(call("c"), "a"), other.answerCall(call("c"), "b")]);
        const answer = await store.answerOf(call("c"));
        expect(["a", "b"]).toContain(answer);
        expect(await other.answerOf(call("c"))).toBe(answer);
      });
    });

    test("once closed it says so", async () => {
      const store = await emptyStore();
      await store.close();
      const unavailable = { kind: "unavailable" };
      await expect(store.heartbeat(node("a"), longLeaseMs)).rejects.toMatchObject(unavailable);
      await expect(store.claim(0, "a")).rejects.toMatchObject(unavailable);
      await expect(store.postedCalls([0], 1)).rejects.toMatchObject(unavailable);
    });
  });
}
