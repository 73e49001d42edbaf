import type { Counter, Figures } from "../ports/figures.ts";
import type { Membership } from "./membership.ts";

export interface ClusterCounters {
  readonly takenOver: Counter;
  readonly lost: Counter;
}

/** What a node counts of itself as one of the cluster. */
export function clusterFigures(
  figures: Figures,
  membership: Pick<Membership, "view" | "lease">,
): ClusterCounters {
  figures.gauge(
    "stepwell_cluster_nodes",
    "Nodes of the cluster that were alive when this one looked last",
    () => membership.view?.nodes.length ?? 0,
  );
  figures.gauge(
    "stepwell_cluster_lease_left_seconds",
    "How long the lease of this node is still valid by its own clock; 0 if it has none",
    () => Math.max(0, membership.lease.leftMs) / 1_000,
  );
  return {
    takenOver: figures.counter(
      "stepwell_cluster_takeovers_total",
      "Partitions that this node took over",
    ),
    lost: figures.counter(
      "stepwell_cluster_partitions_lost_total",
      "Partitions that this node lost to others, or with its lease",
    ),
  };
}
