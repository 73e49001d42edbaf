import type {
  ClusterStore,
  ClusterView,
  LiveNode,
  PartitionHolder,
} from "../../ports/cluster-store.ts";
import type { EpochMs } from "../../machine/ids.ts";
import type { Store } from "../../ports/store.ts";
import { checkLimit } from "../page-position.ts";
import type { HeldExecutions } from "./executions.ts";
import { overdueMessages } from "./messages.ts";
import { giveLockBack, type HeldLocks, takeLock } from "./named-locks.ts";
import { acquire, type Ownership } from "./ownership.ts";
import { addCall, answerCall, answerOf, createHeldCalls, unansweredCalls } from "./posted-calls.ts";

/** What the part for a cluster shares with the rest of the store. */
export interface ClusterParts {
  /** Of each partition, in their order. */
  readonly owners: readonly Ownership[];
  readonly executions: HeldExecutions;
  readonly now: () => EpochMs;
  /** Throws once the store is closed. */
  readonly checkOpen: () => void;
  /** Throws once nothing more is written. */
  readonly checkWritable: () => void;
  /** Throws where there is no such partition. */
  readonly ownerOf: (partition: number) => Ownership;
}

/** The part of the store that nodes share: who is alive, who has what, and what they leave for each other. */
export function createCluster(parts: ClusterParts): Omit<ClusterStore, keyof Store> {
  const { owners, executions, now, checkOpen, checkWritable, ownerOf } = parts;
  const nodes = new Map<string, LiveNode>();
  const locks: HeldLocks = new Map();
  const calls = createHeldCalls();
  let changes = 0;

  function isAlive(nodeId: string): boolean {
    const node = nodes.get(nodeId);
    return node !== undefined && node.leaseUntil >= now();
  }

  function view(): ClusterView {
    const alive = [...nodes.values()].filter(({ nodeId }) => isAlive(nodeId));
    return {
      now: now(),
      nodes: alive.sort((left, right) => (left.nodeId < right.nodeId ? -1 : 1)),
      partitions: owners.map(holderOf),
      changes,
    };
  }

  return {
    async heartbeat(node, leaseMs) {
      checkWritable();
      nodes.set(node.nodeId, { ...node, leaseUntil: now() + leaseMs });
      return view();
    },
    async clusterView() {
      checkOpen();
      return view();
    },
    async leaveCluster(nodeId) {
      checkWritable();
      nodes.delete(nodeId);
    },
    async claim(partition, nodeId) {
      checkWritable();
      const ownership = ownerOf(partition);
      const { owned, nodeId: holder } = ownership;
      if (owned && holder !== undefined && holder !== nodeId && isAlive(holder)) return undefined;
      return acquire(ownership, nodeId);
    },

    async noteChange() {
      checkWritable();
      changes += 1;
    },
    async lock(name, holder, forMs) {
      checkWritable();
      return takeLock(locks, name, { holder, now: now(), forMs });
    },
    async unlock(name, holder) {
      checkWritable();
      giveLockBack(locks, name, holder);
    },
    async overdueMessages(partitions, waitedMs, limit) {
      checkOpen();
      checkLimit(limit);
      return overdueMessages(executions, { partitions, until: now() - waitedMs, limit });
    },

    async postCall(call) {
      checkWritable();
      ownerOf(call.partition);
      addCall(calls, call, now());
    },
    async postedCalls(partitions, limit) {
      checkOpen();
      checkLimit(limit);
      return unansweredCalls(calls, partitions, now()).slice(0, limit);
    },
    async answerCall(call, answer) {
      checkWritable();
      answerCall(calls, call, answer);
    },
    async answerOf(call) {
      checkOpen();
      return answerOf(calls, call, now());
    },
  };
}

function holderOf({ epoch, owned, nodeId }: Ownership, partition: number): PartitionHolder {
  return { partition, epoch, ...(owned && nodeId !== undefined ? { nodeId } : {}) };
}
