import type { Box, GraphLayout } from "../layout.ts";

/** The nearest state in a direction from another one: what an arrow key leads to. */
export function nextInDirection(
  layout: GraphLayout,
  from: string,
  direction: string,
): string | undefined {
  const start = layout.nodes.get(from);
  if (start === undefined) return undefined;
  const [x, y] = centre(start);
  let best: { readonly key: string; readonly cost: number } | undefined;
  for (const [key, box] of layout.nodes) {
    // The pills say nothing of their own.
    if (key === from || key.startsWith("/#")) continue;
    const [otherX, otherY] = centre(box);
    const [dx, dy] = [otherX - x, otherY - y];
    const [along, across] =
      direction === "Down"
        ? [dy, dx]
        : direction === "Up"
          ? [-dy, dx]
          : direction === "Right"
            ? [dx, dy]
            : [-dx, dy];
    if (along <= 4) continue;
    const cost = along + 2.5 * Math.abs(across);
    if (best === undefined || cost < best.cost) best = { key, cost };
  }
  return best?.key;
}

/** Of a container, its header. */
function centre({ x, y, width, height }: Box): readonly [number, number] {
  return [x + width / 2, y + Math.min(height, 52) / 2];
}
