import type { NodeView, TakenEdge, VisitStatus } from "../../../../src/console/view-types.ts";
import type { GraphEdge } from "../model.ts";

/** What a run has made of a definition's states and ways. */
export interface GraphStatus {
  readonly nodes: readonly NodeView[];
  readonly edges: readonly TakenEdge[];
}

/** The one word for all visits of a state: what still goes on first, then what went wrong. */
export function statusOfNode(node: NodeView | undefined): VisitStatus | undefined {
  if (node === undefined) return undefined;
  const order = [
    "running",
    "retrying",
    "waiting",
    "failed",
    "aborted",
    "caught",
    "succeeded",
  ] as const;
  return order.find((status) => node[status] > 0);
}

/** How often a way was gone; 0: never. */
export function takenCounts(
  edges: readonly TakenEdge[],
): (edge: GraphEdge, nodes: ReadonlyMap<string, NodeView>) => number {
  const counts = new Map(
    edges.map(({ kind, from, to, count }) => [`${kind} ${from} ${to}`, count]),
  );
  return ({ kind, source, target }, nodes) => {
    switch (kind) {
      case "start":
        return nodes.has(target) ? 1 : 0;
      case "end": {
        const ended = nodes.get(source);
        return ended === undefined ? 0 : ended.succeeded + ended.failed + ended.caught;
      }
      case "catch":
        return counts.get(`catch ${source} ${target}`) ?? 0;
      default:
        return counts.get(`next ${source} ${target}`) ?? 0;
    }
  };
}
