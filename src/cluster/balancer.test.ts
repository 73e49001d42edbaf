import { describe, expect, test } from "vitest";
import type { ClusterView, LiveNode } from "../ports/cluster-store.ts";
import { movesOf } from "./balancer.ts";
import { placement } from "./rendezvous.ts";

const count = 256;

function node(nodeId: string, isLeaving = false): LiveNode {
  return {
    nodeId,
    url: `http://${nodeId}`,
    version: "1",
    isLeaving,
    startedAt: 0,
    leaseUntil: 10,
  };
}

/** A cluster in one process: what the store knows, and what each node believes to have. */
function cluster(names: readonly string[]) {
  const live = new Map(names.map((name) => [name, node(name)]));
  const here = new Map(names.map((name) => [name, new Map<number, number>()]));
  const partitions = Array.from({ length: count }, (_, partition) => ({
    partition,
    epoch: 0,
    nodeId: undefined as string | undefined,
  }));
  const view = (): ClusterView => ({
    now: 0,
    nodes: [...live.values()],
    partitions: partitions.map(({ partition, epoch, nodeId }) => ({
      partition,
      epoch,
      ...(nodeId !== undefined && { nodeId }),
    })),
    changes: 0,
  });
  const round = (): number => {
    let moved = 0;
    for (const name of live.keys()) {
      const own = here.get(name) ?? new Map<number, number>();
      const { take, give, lost } = movesOf(name, own, view());
      for (const partition of lost) own.delete(partition);
      for (const { partition } of give) {
        own.delete(partition);
        (partitions[partition] as { nodeId: string | undefined }).nodeId = undefined;
      }
      for (const index of take) {
        const partition = partitions[index];
        if (partition === undefined) continue;
        partition.epoch += 1;
        partition.nodeId = name;
        own.set(index, partition.epoch);
      }
      moved += take.length + give.length + lost.length;
    }
    return moved;
  };
  const settle = (): void => {
    for (let rounds = 0; round() > 0; rounds++) expect(rounds).toBeLessThan(10);
  };
  return { live, here, partitions, view, settle };
}

describe("where partitions should be", () => {
  test("is the same for every node, and shared evenly", () => {
    const names = ["a", "b", "c"];
    const placed = placement(count, names);
    expect(placement(count, names.toReversed())).toEqual(placed);
    for (const name of names) {
      const share = placed.filter((each) => each === name).length;
      expect(share).toBeGreaterThan(count / 5);
      expect(share).toBeLessThan(count / 2);
    }
  });

  test("changes only for the share of who joins or leaves", () => {
    const before = placement(count, ["a", "b", "c"]);
    const after = placement(count, ["a", "b", "c", "d"]);
    for (const [partition, name] of after.entries()) {
      if (name !== "d") expect(name).toBe(before[partition]);
    }
  });
});

describe("what nodes take and give", () => {
  test("comes to each partition with exactly the one that should have it", () => {
    const { here, settle } = cluster(["a", "b", "c"]);
    settle();
    for (const [partition, name] of placement(count, ["a", "b", "c"]).entries()) {
      const holders = [...here].filter(([, own]) => own.has(partition)).map(([each]) => each);
      expect(holders).toEqual([name]);
    }
  });

  test("takes from a node whose lease has run out, and what it believes then is lost", () => {
    const { live, here, view, settle } = cluster(["a", "b"]);
    settle();
    const paused = here.get("b") ?? new Map<number, number>();
    live.delete("b");
    settle();
    expect(here.get("a")?.size).toBe(count);
    live.set("b", node("b"));
    expect(movesOf("b", paused, view()).lost).toHaveLength(paused.size);
  });

  test("leaves a node that says so, for the others, and gives it nothing", () => {
    const { live, here, settle } = cluster(["a", "b", "c"]);
    settle();
    live.set("b", node("b", true));
    settle();
    expect(here.get("b")?.size).toBe(0);
    expect((here.get("a")?.size ?? 0) + (here.get("c")?.size ?? 0)).toBe(count);
  });

  test("does not believe a view that is older than its own taking", () => {
    const { view } = cluster(["a", "b"]);
    const old = view();
    const [first = 0] = movesOf("a", new Map(), old).take;
    expect(movesOf("a", new Map([[first, 1]]), old).lost).toEqual([]);
  });

  test("lets nobody take what a live node has", () => {
    const { live, partitions, view, settle } = cluster(["a"]);
    settle();
    live.set("b", node("b"));
    expect(movesOf("b", new Map(), view()).take).toEqual([]);
    expect(partitions.every(({ nodeId }) => nodeId === "a")).toBe(true);
  });
});
