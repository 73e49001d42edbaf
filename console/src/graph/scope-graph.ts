import type { Box, EdgeRoute, Size } from "./geometry.ts";

/** What the layout of one scope depends on; names do not matter, so states are numbered. */
export interface ScopeGraph {
  readonly nodes: readonly Size[];
  readonly edges: readonly ScopeEdge[];
  /** The state that the others follow, if the scope has one. */
  readonly start: number | undefined;
}

export interface ScopeEdge {
  readonly source: number;
  readonly target: number;
  readonly label?: Size;
  readonly isCatch: boolean;
}

/** Places in one scope; nothing lies left of 0 or above it. */
export interface ScopeLayout extends Size {
  readonly nodes: readonly Box[];
  readonly routes: readonly EdgeRoute[];
}

/**
 * What an engine lays out: every edge leads downwards, none returns to its own state, and the nodes
 * come in the order in which they are met from the start.
 */
export interface LayeredGraph {
  readonly nodes: readonly LayeredNode[];
  readonly edges: readonly LayeredEdge[];
}

export interface LayeredNode extends Size {
  /** Room to keep free at the right side, for edges from the state to itself. */
  readonly roomAtRight: number;
}

export interface LayeredEdge {
  readonly source: number;
  readonly target: number;
  readonly label?: Size;
}

export interface LayeredLayout {
  readonly nodes: readonly Box[];
  readonly routes: readonly EdgeRoute[];
}

/** What an index outside the lists stands for; the compiler asks, but no list is read outside itself. */
export const noSize: Size = { width: 0, height: 0 };
export const noEdge: ScopeEdge = { source: 0, target: 0, isCatch: false };
