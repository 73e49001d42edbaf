import type { GraphEdge, GraphNode } from "./model.ts";
import { waitsForCallback } from "./state-detail.ts";

/** What a graph says in words of a language; all else on it is the definition's own. */
export interface GraphWords {
  readonly start: string;
  readonly end: string;
  /** On the way of a Choice's `Default`. */
  readonly otherwise: string;
  /** On the card of a task with a token. */
  readonly callback: string;
}

/** The second line of a card. */
export function cardDetail({ resource = "", detail }: GraphNode, words: GraphWords): string {
  return waitsForCallback(resource) ? words.callback : detail;
}

/** What stands on a way. */
export function edgeLabel({ kind, label }: GraphEdge, words: GraphWords): string {
  return kind === "default" ? words.otherwise : label;
}
