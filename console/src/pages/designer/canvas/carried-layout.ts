import type { Box, EdgeRoute, GraphLayout } from "../../../graph/layout.ts";
import {
  endKey,
  startKey,
  type GraphEdge,
  type GraphModel,
  type GraphNode,
  type NodeKey,
} from "../../../graph/model.ts";

/**
 * The layout of a graph that differs from one that is laid out in nothing that a layout depends on: in names, fields, comments.
 * `undefined`: it has to be laid out. Most edits are of this kind, and are to be seen with the next picture.
 */
export function carriedLayout(
  before: { readonly model: GraphModel; readonly layout: GraphLayout },
  model: GraphModel,
): GraphLayout | undefined {
  if (before.model.nodes.size !== model.nodes.size) return undefined;
  if (before.model.edges.size !== model.edges.size) return undefined;
  const { layout } = before;
  const nodes = new Map<NodeKey, Box>();
  const lanes = new Map<string, Box>();
  const edges = new Map<string, EdgeRoute>();
  const keyOf = new Map<NodeKey, NodeKey>();
  const others = model.nodes.values();
  for (const node of before.model.nodes.values()) {
    const other = others.next().value;
    if (other === undefined || !isSameBox(node, other)) return undefined;
    keyOf.set(node.key, other.key);
    copy(layout.nodes, node.key, nodes, other.key);
    for (const [at, scope] of node.scopes.entries())
      copy(layout.lanes, scope.key, lanes, other.scopes[at]?.key);
  }
  const ways = model.edges.values();
  for (const edge of before.model.edges.values()) {
    const way = ways.next().value;
    if (way === undefined || !isSameWay(edge, way, keyOf)) return undefined;
    copy(layout.edges, edge.id, edges, way.id);
  }
  const starts = startsOf(before.model);
  const isSameStart = startsOf(model).every((start, at) => keyOf.get(starts[at] ?? "") === start);
  if (!isSameStart) return undefined;
  // What has no other key either is drawn as it was: not a single card is compared.
  const isSame = [...keyOf].every(([from, to]) => from === to);
  return isSame ? layout : { ...layout, nodes, lanes, edges };
}

function copy<Value>(
  from: ReadonlyMap<string, Value>,
  key: string,
  to: Map<string, Value>,
  name: string | undefined,
): void {
  const value = from.get(key);
  if (value !== undefined && name !== undefined) to.set(name, value);
}

function isSameBox(a: GraphNode, b: GraphNode): boolean {
  const isPill = (key: NodeKey): boolean => key === startKey || key === endKey;
  return (
    (a.key === b.key || (!isPill(a.key) && !isPill(b.key))) &&
    a.scopes.length === b.scopes.length &&
    a.scopes.every(({ nodes }, at) => nodes.length === b.scopes[at]?.nodes.length)
  );
}

function isSameWay(a: GraphEdge, b: GraphEdge, keyOf: ReadonlyMap<NodeKey, NodeKey>): boolean {
  return (
    keyOf.get(a.source) === b.source &&
    keyOf.get(a.target) === b.target &&
    (a.kind === "catch") === (b.kind === "catch") &&
    a.label === b.label
  );
}

/** Where each scope begins; what a scope begins with stands first in it. */
function startsOf(model: GraphModel): readonly (NodeKey | undefined)[] {
  const inner = [...model.nodes.values()].flatMap(({ scopes }) => scopes);
  return [model.root, ...inner].map(({ startAt }) => startAt);
}
