import type { ClusterView } from "../../ports/cluster-store.ts";
import type { RequestContext } from "../../service/operation.ts";
import type { ConsoleAccess } from "../access.ts";
import type { ClusterStateView, DatabaseView } from "../view-types.ts";

/** What is asked of the node that this server is. */
export interface ClusterSource {
  status(): {
    readonly nodeId: string;
    readonly leaseMs: number;
    /** Milliseconds; negative if it has run out. */
    readonly leaseLeftMs: number;
    readonly view: ClusterView | undefined;
    readonly takenOver: number;
    readonly lost: number;
  };
  /** How the database was set up when the store was opened. */
  readonly conditions?: DatabaseConditions | undefined;
}

interface DatabaseConditions {
  readonly serverVersion: string;
  readonly fsync: string;
  readonly fullPageWrites: string;
  readonly synchronousCommit: string;
}

/** The nodes of the cluster, who has which part of it, and the database that they share. */
export class ClusterDesk {
  readonly #access: ConsoleAccess;
  readonly #source: ClusterSource;

  constructor(access: ConsoleAccess, source: ClusterSource) {
    this.#access = access;
    this.#source = source;
  }

  async view(request: RequestContext): Promise<ClusterStateView> {
    await this.#access.mayList(request);
    const { conditions } = this.#source;
    return clusterStateView(this.#source.status(), conditions && databaseView(conditions));
  }
}

/** A view is as old as the lease, which is given with it. */
export function clusterStateView(
  { nodeId, leaseMs, leaseLeftMs, view, takenOver, lost }: ReturnType<ClusterSource["status"]>,
  database: DatabaseView | undefined,
): ClusterStateView {
  const { now = 0, nodes = [], partitions = [] } = view ?? {};
  const ageMs = Math.round(Math.max(0, leaseMs - leaseLeftMs));
  const had = new Map<string, number>(nodes.map((node) => [node.nodeId, 0]));
  const withoutOwner: number[] = [];
  for (const { partition, nodeId: holder } of partitions) {
    const count = holder === undefined ? undefined : had.get(holder);
    if (holder === undefined || count === undefined) withoutOwner.push(partition);
    else had.set(holder, count + 1);
  }
  return {
    nodeId,
    leaseMs,
    ...(Number.isFinite(ageMs) && { ageMs }),
    nodes: nodes
      .map((node) => ({
        nodeId: node.nodeId,
        address: node.url,
        version: node.version,
        startedAt: node.startedAt,
        isLeaving: node.isLeaving,
        partitions: had.get(node.nodeId) ?? 0,
        leaseLeftMs: node.leaseUntil - now - (Number.isFinite(ageMs) ? ageMs : leaseMs),
      }))
      .sort((a, b) => (a.nodeId < b.nodeId ? -1 : 1)),
    partitions: partitions.length,
    withoutOwner,
    takenOver,
    lost,
    ...(database && { database }),
  };
}

/** `off` is what loses: each of them is `on`, or something between the two that waits for the disk, too. */
export function databaseView(conditions: DatabaseConditions): DatabaseView {
  const { serverVersion, fsync, fullPageWrites, synchronousCommit } = conditions;
  return {
    version: serverVersion,
    settings: [
      { name: "fsync", value: fsync, isRisky: fsync === "off" },
      { name: "full_page_writes", value: fullPageWrites, isRisky: fullPageWrites === "off" },
      {
        name: "synchronous_commit",
        value: synchronousCommit,
        isRisky: synchronousCommit === "off",
      },
    ],
  };
}
