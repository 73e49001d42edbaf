import type { SyntaxNode } from "./syntax-tree.ts";

/**
 * How many steps evaluating a node takes at least, by its size: what is repeated for each item, or call, is
 * charged with it. The bodies of functions within are charged when they are called.
 */
export function stepsOf(...nodes: readonly SyntaxNode[]): number {
  let size = 0;
  for (const node of nodes) {
    const own = sizeOf(node);
    sizes.set(node, own);
    size += own;
  }
  return Math.ceil(size / nodesPerStep);
}

/** Evaluating so many nodes of an expression takes about as long as visiting an item. */
const nodesPerStep = 6;

/**
 * Of nodes that were asked about, so that those around them do not look into them again. Not of every node: the collector goes through
 * weak maps entry by entry, which took a third of the time in which a long definition is compiled.
 */
const sizes = new WeakMap<object, number>();

function sizeOf(node: object): number {
  const known = sizes.get(node);
  if (known !== undefined) return known;
  let size = 1;
  if (!("type" in node) || node.type !== "lambda" || "thunk" in node) {
    for (const member of Object.values(node) as unknown[]) {
      if (typeof member === "object" && member !== null) size += sizeOf(member);
    }
  }
  return size;
}
