import { hash } from "node:crypto";

/** What was asked last: it is asked with each view of the cluster, and nodes come and go rarely. */
let last: { readonly key: string; readonly placed: readonly string[] } = { key: "", placed: [] };

/**
 * Which node each partition should be with: of all nodes the one that scores highest for it. A node that joins or
 * leaves moves only its own share.
 */
export function placement(partitions: number, nodeIds: readonly string[]): readonly string[] {
  const key = `${partitions} ${nodeIds.toSorted().join(" ")}`;
  if (last.key !== key) last = { key, placed: placed(partitions, nodeIds) };
  return last.placed;
}

function placed(partitions: number, nodeIds: readonly string[]): readonly string[] {
  return Array.from({ length: partitions }, (_, partition) => {
    let best = "";
    let bestScore = -1;
    for (const nodeId of nodeIds) {
      const score = scoreOf(nodeId, partition);
      // Of two that score alike, all nodes must see the same one first.
      if (score > bestScore || (score === bestScore && nodeId < best)) {
        best = nodeId;
        bestScore = score;
      }
    }
    return best;
  });
}

function scoreOf(nodeId: string, partition: number): number {
  return Number.parseInt(hash("sha256", `${nodeId} ${partition}`, "hex").slice(0, 8), 16);
}
