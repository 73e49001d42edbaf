import type { Place } from "../../../designer/edits/place.ts";
import type { NodeKey } from "../../../graph/model.ts";

/** Where something opens over the canvas, in its pixels. */
export interface At {
  readonly x: number;
  readonly y: number;
}

/** What is open over the canvas. One at a time. */
export type CanvasTool =
  | { readonly kind: "creator"; readonly place: Place; readonly at: At }
  | { readonly kind: "wrap"; readonly at: At }
  | { readonly kind: "retarget"; readonly edge: string; readonly at: At }
  | { readonly kind: "rename"; readonly key: NodeKey }
  | { readonly kind: "extract" };

/** The size that a list takes at most, so that it stays within the canvas. */
const listSize = { width: 328, height: 360 };

export function placedAt(at: At, size: { readonly width: number; readonly height: number }): At {
  return {
    x: Math.max(8, Math.min(at.x, size.width - listSize.width)),
    y: Math.max(8, Math.min(at.y, size.height - listSize.height)),
  };
}
