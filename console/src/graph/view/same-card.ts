import type { Box } from "../layout.ts";
import type { GraphNode } from "../model.ts";
import type { CardProps } from "./graph-card.tsx";

/**
 * Whether a card is to be drawn as it was. Every edit makes another graph, with other boxes and nodes, and nearly all of them say what
 * they said before.
 */
export function isSameCard(
  { node: nodeA, box: boxA, ...a }: CardProps,
  { node: nodeB, box: boxB, ...b }: CardProps,
): boolean {
  return isSameBox(boxA, boxB) && isSameNode(nodeA, nodeB) && isShallowlySame(a, b);
}

export function isSameBox(a: Box, b: Box): boolean {
  return a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height;
}

/** What is within a container is drawn by itself. */
function isSameNode({ scopes: _a, ...a }: GraphNode, { scopes: _b, ...b }: GraphNode): boolean {
  return isShallowlySame(a, b);
}

function isShallowlySame<T extends object>(a: T, b: T): boolean {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]) as Set<string & keyof T>;
  return [...names].every((name) => Object.is(a[name], b[name]));
}
