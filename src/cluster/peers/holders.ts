import type { LiveNode } from "../../ports/cluster-store.ts";
import type { PartitionOwner } from "../../runtime/routing/partition-owner.ts";

/** Who has which partition, as far as this node knows. */
export interface Holders {
  /** This node. */
  readonly self: string;
  /** The live node that has the partition by the newest view of the cluster. */
  holderOf(partition: number): LiveNode | undefined;
  /** Resolves with the next view, or when `signal` is aborted. */
  changed(signal: AbortSignal): Promise<void>;
  /** The partition, if this node serves it. */
  here(partition: number): PartitionOwner | undefined;
}
