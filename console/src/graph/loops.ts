import type { Box, EdgeRoute, Size } from "./geometry.ts";
import type { ScopeEdge } from "./scope-graph.ts";

const loopDepth = 14;
const loopDistance = 8;
const labelDistance = 4;

/** Edges from a state to itself: at its right side, one around the other. */
export function loopRoute(
  box: Box,
  place: number,
  count: number,
  label: Size | undefined,
): EdgeRoute {
  const right = box.x + box.width;
  const halfHeight = Math.min(box.height, 52) / 2;
  const middle = box.y + halfHeight;
  const reach = (halfHeight * (place + 1)) / (count + 1);
  const x = right + loopDepth + place * loopDistance;
  const labelX = right + loopLinesWidth(count) + labelDistance + (label?.width ?? 0) / 2;
  return {
    points: [
      { x: right, y: middle - reach },
      { x, y: middle - reach },
      { x, y: middle + reach },
      { x: right, y: middle + reach },
    ],
    // Two labels fit beside a card; of more, each is shown on hover.
    ...(label &&
      count <= 2 && { label: { x: labelX, y: middle + (place - (count - 1) / 2) * 24 } }),
    isRail: false,
  };
}

/** The room that the edges from a state to itself and their labels need at its right. */
export function loopRoom(loops: readonly ScopeEdge[]): number {
  if (loops.length === 0) return 0;
  const labels = loops.length <= 2 ? loops.map(({ label }) => label?.width ?? 0) : [];
  return loopLinesWidth(loops.length) + labelDistance + Math.max(0, ...labels);
}

function loopLinesWidth(count: number): number {
  return loopDepth + (count - 1) * loopDistance;
}
