import type { EpochMs } from "../machine/ids.ts";
import type { Message, Store } from "./store.ts";

/** A process that serves a part of the store's partitions. */
export interface NodeRecord {
  readonly nodeId: string;
  /** Where other nodes reach it: the address of its internal port. */
  readonly url: string;
  /** Of Stepwell. */
  readonly version: string;
  /** It is about to end: it hands over what it has, and takes nothing more. */
  readonly isLeaving: boolean;
  /** By the node's own clock; only shown. */
  readonly startedAt: EpochMs;
}

/** A node whose lease had not run out. */
export interface LiveNode extends NodeRecord {
  readonly leaseUntil: EpochMs;
}

/** Who has a partition. */
export interface PartitionHolder {
  readonly partition: number;
  /** 0: nobody ever had it. */
  readonly epoch: number;
  /** Absent: it was released, or never taken. It may be a node whose lease has run out. */
  readonly nodeId?: string;
}

/** All nodes and partitions as they were at one moment. Times are of the store's clock. */
export interface ClusterView {
  readonly now: EpochMs;
  readonly nodes: readonly LiveNode[];
  /** Each partition of the store, in their order. */
  readonly partitions: readonly PartitionHolder[];
  /** See {@link ClusterStore.noteChange}. */
  readonly changes: number;
}

/** A question to the owner of a partition that goes through the store, because the owner could not be reached. */
export interface PostedCall {
  /** Unique; the same question again has the same id. */
  readonly id: string;
  readonly partition: number;
  /** The cluster's own format. */
  readonly request: string;
}

/**
 * A store that several nodes share. Leases are measured by its clock alone; that a commit may be made is decided by
 * the partition's epoch, never by a lease.
 */
export interface ClusterStore extends Store {
  /** Gives the node a lease from now on for `leaseMs`, and tells how the cluster is then. */
  heartbeat(node: NodeRecord, leaseMs: number): Promise<ClusterView>;
  /** The same without a lease: for who only looks. */
  clusterView(): Promise<ClusterView>;
  /** Ends the lease: partitions that the node still has are free. */
  leaveCluster(nodeId: string): Promise<void>;
  /** Takes a partition that nobody alive has, and gives its new epoch; `undefined`: another live node has it. */
  claim(partition: number, nodeId: string): Promise<number | undefined>;

  /** Counts a change of state machines, aliases or activities, so that every node knows that what it remembers is old. */
  noteChange(): Promise<void>;
  /**
   * Takes a named lock for at most `forMs` of the store's time; who has it already has it anew. False: another has it.
   */
  lock(name: string, holder: string, forMs: number): Promise<boolean>;
  /** Gives the lock back, if the holder still has it. */
  unlock(name: string, holder: string): Promise<void>;
  /** Messages to these partitions that have waited for `waitedMs`: their hints were lost. The oldest first. */
  overdueMessages(
    partitions: readonly number[],
    waitedMs: number,
    limit: number,
  ): Promise<readonly Message[]>;

  /** Leaves a question; one that is there already is left as it is. It is forgotten after some minutes. */
  postCall(call: PostedCall): Promise<void>;
  /** Questions to these partitions without an answer, the oldest first. */
  postedCalls(partitions: readonly number[], limit: number): Promise<readonly PostedCall[]>;
  /** Answers a question once; a second answer changes nothing. */
  answerCall(call: Pick<PostedCall, "id" | "partition">, answer: string): Promise<void>;
  /** The answer, once there is one. */
  answerOf(call: Pick<PostedCall, "id" | "partition">): Promise<string | undefined>;
}
