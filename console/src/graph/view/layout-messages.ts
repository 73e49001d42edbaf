import type { GraphLayout } from "../layout.ts";

export interface LayoutRequest {
  readonly id: number;
  readonly definition: unknown;
}

export type LayoutAnswer =
  | { readonly id: number; readonly layout: GraphLayout }
  | { readonly id: number; readonly problem: string };
