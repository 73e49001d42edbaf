import type { SyntaxNode } from "../syntax-tree.ts";

/**
 * The node with the calls in its tail position made like any other.
 *
 * The parser takes them for tail calls even if something is done with their value in this place: a predicate
 * `(f($x))[0]`, a grouping, or the `??` after it.
 */
export function withoutTailCalls(node: SyntaxNode): SyntaxNode {
  if (node.type === "lambda" && node.thunk === true) return node.body;
  if (node.type === "condition") {
    const then = withoutTailCalls(node.then);
    const otherwise = node.else === undefined ? {} : { else: withoutTailCalls(node.else) };
    // oxlint-disable-next-line unicorn/no-thenable -- the parser's name for it
    return { ...node, then, ...otherwise };
  }
  if (node.type === "block") {
    const last = node.expressions.at(-1);
    if (last === undefined) return node;
    return { ...node, expressions: [...node.expressions.slice(0, -1), withoutTailCalls(last)] };
  }
  return node;
}
