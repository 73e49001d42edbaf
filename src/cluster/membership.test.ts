import { describe, expect, test } from "vitest";
import type { Clock } from "../ports/clock.ts";
import type { ClusterStore, ClusterView, NodeRecord } from "../ports/cluster-store.ts";
import { Membership } from "./membership.ts";

const leaseMs = 10_000;
const silent = { debug() {}, info() {}, warn() {}, error() {} };

/** A clock that is moved by hand; it is the store's, too. */
class Time implements Clock {
  ms = 0;
  #timers: { readonly at: number; readonly wake: () => void }[] = [];

  now(): number {
    return this.ms;
  }

  schedule(at: number, wake: () => void): () => void {
    const timer = { at, wake };
    this.#timers.push(timer);
    return () => (this.#timers = this.#timers.filter((each) => each !== timer));
  }

  /** Timers go off in their order, each followed by what it leads to. */
  async pass(ms: number): Promise<void> {
    const until = this.ms + ms;
    for (;;) {
      const next = this.#timers.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0];
      if (next === undefined) break;
      this.ms = Math.max(this.ms, next.at);
      this.#timers = this.#timers.filter((each) => each !== next);
      next.wake();
      await settled();
    }
    this.ms = until;
    await settled();
  }
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
}

function subject() {
  const time = new Time();
  const beats: (NodeRecord & { readonly at: number })[] = [];
  const views: ClusterView[] = [];
  let isReachable = true;
  let lost = 0;
  let others: ClusterView["nodes"] = [];
  const store = {
    async heartbeat(node: NodeRecord): Promise<ClusterView> {
      if (!isReachable) throw new Error("no route to the database");
      beats.push({ ...node, at: time.ms });
      const nodes = [{ ...node, leaseUntil: time.ms + leaseMs }, ...others];
      return { now: time.ms, nodes, partitions: [], changes: 0 };
    },
    leaveCluster: () => Promise.resolve(),
  } as unknown as ClusterStore;
  const membership = new Membership({
    store,
    node: { nodeId: "a", url: "http://a", version: "1", startedAt: 0 },
    clock: time,
    monotonicNow: () => time.ms,
    leaseMs,
    logger: silent,
    seen: (view) => void views.push(view),
    leaseLost: () => void lost++,
  });
  return {
    time,
    beats,
    views,
    membership,
    reachable: (is: boolean) => (isReachable = is),
    others: (nodes: ClusterView["nodes"]) => (others = nodes),
    lost: () => lost,
  };
}

describe("a node of a cluster", () => {
  test("knows the others by the newest view", async () => {
    const { membership, others } = subject();
    expect(membership.others).toEqual([]);
    const node = { nodeId: "b", url: "http://b", version: "1", startedAt: 0, isLeaving: false };
    others([{ ...node, leaseUntil: leaseMs }]);
    await membership.join();
    expect(membership.others).toMatchObject([{ nodeId: "b" }]);
  });

  test("renews its lease about three times in its length", async () => {
    const { time, beats, membership } = subject();
    await membership.join();
    await time.pass(leaseMs * 10);
    expect(beats.length).toBeGreaterThanOrEqual(30);
    expect(beats.length).toBeLessThanOrEqual(36);
    expect(membership.lease.isValid).toBe(true);
  });

  test("stops acting by its own clock when the store cannot be reached, and comes back", async () => {
    const { time, membership, reachable, lost } = subject();
    await membership.join();
    const before = lost();
    await time.pass(1_000);
    reachable(false);
    await time.pass(leaseMs - 1_001);
    expect(membership.lease.isValid).toBe(true);
    await time.pass(2);
    expect(membership.lease.isValid).toBe(false);
    expect(lost()).toBe(before + 1);
    reachable(true);
    await time.pass(1_000);
    expect(membership.lease.isValid).toBe(true);
  });

  test("drops what it had if it wakes after its lease, before it acts on what it sees", async () => {
    const { time, membership, lost, views } = subject();
    await membership.join();
    const [before, seen] = [lost(), views.length];
    // The whole process stood still: no timer went off.
    time.ms += leaseMs * 2;
    expect(membership.lease.isValid).toBe(false);
    await membership.beatNow();
    expect(lost()).toBe(before + 1);
    expect(views.length).toBe(seen + 1);
  });

  test("looks when another's lease runs out, not only with its next beat", async () => {
    const { time, beats, membership, others } = subject();
    others([
      { nodeId: "b", url: "", version: "1", isLeaving: false, startedAt: 0, leaseUntil: 1_000 },
    ]);
    await membership.join();
    others([]);
    await time.pass(1_100);
    expect(beats.map(({ at }) => at)).toEqual([0, 1_050]);
  });

  test("says that it leaves, and is over after that", async () => {
    const { time, beats, membership } = subject();
    await membership.join();
    await membership.beginLeaving();
    expect(beats.at(-1)).toMatchObject({ isLeaving: true });
    await membership.leave();
    const count = beats.length;
    await time.pass(leaseMs * 3);
    expect(beats).toHaveLength(count);
    expect(membership.lease.isValid).toBe(false);
  });
});
