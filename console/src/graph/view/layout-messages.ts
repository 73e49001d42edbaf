import type { GraphLayout } from "../layout.ts";

export interface LayoutRequest {
  readonly id: number;
  readonly definition: unknown;
  /** An earlier one: the graph has the states and the ways of both. */
  readonly before?: unknown;
}

export type LayoutAnswer =
  | { readonly id: number; readonly layout: GraphLayout }
  | { readonly id: number; readonly problem: string };
