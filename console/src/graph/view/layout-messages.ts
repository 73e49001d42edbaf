import type { GraphLayout } from "../layout.ts";

export interface LayoutRequest {
  readonly id: number;
  readonly definition: unknown;
  /** An earlier one: the graph has the states and the ways of both. */
  readonly before?: unknown;
  /** Scopes with more states are laid out the quick way. */
  readonly maxElkNodes?: number;
}

export type LayoutAnswer =
  | { readonly id: number; readonly layout: GraphLayout }
  | { readonly id: number; readonly problem: string };
