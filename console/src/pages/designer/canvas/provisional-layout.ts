import type { Box, EdgeRoute, GraphLayout, Point } from "../../../graph/layout.ts";
import { cardSize, pillSize } from "../../../graph/layout.ts";
import {
  endKey,
  startKey,
  type GraphEdge,
  type GraphModel,
  type NodeKey,
} from "../../../graph/model.ts";

/** Between a card and the one beneath it, as where a scope of many states is laid out. */
const distance = 32;
/** Our choice: for so many that are new, as after a paste, room is made in a moment. */
const mostNew = 50;

/**
 * Places for a graph of many states until it is laid out: what was there stays, what is new stands behind what leads to it, and
 * what lies beneath gives way. A way between cards that have moved is a straight line.
 */
export function provisionalLayout(before: GraphLayout, model: GraphModel): GraphLayout | undefined {
  const added = [...model.nodes.keys()].filter((key) => !before.nodes.has(key));
  if (added.length > mostNew) return undefined;
  const nodes = new Map<NodeKey, Box>();
  for (const [key, box] of before.nodes) if (model.nodes.has(key)) nodes.set(key, box);
  const edges = [...model.edges.values()];
  let { width, height } = before;
  for (const key of added) {
    const { box, isBeneath } = placeOf(key, edges, nodes, width);
    if (isBeneath) {
      const shift = box.height + distance;
      for (const [other, at] of nodes) {
        if (at.y >= box.y - distance) nodes.set(other, { ...at, y: at.y + shift });
      }
      height += shift;
    }
    nodes.set(key, box);
    width = Math.max(width, box.x + box.width);
  }
  const routes = new Map<string, EdgeRoute>();
  for (const edge of edges) {
    const route = routeOf(edge, before, nodes);
    if (route !== undefined) routes.set(edge.id, route);
  }
  return { width, height, nodes, lanes: before.lanes, edges: routes };
}

function placeOf(
  key: NodeKey,
  edges: readonly GraphEdge[],
  nodes: ReadonlyMap<NodeKey, Box>,
  width: number,
): { readonly box: Box; readonly isBeneath: boolean } {
  const size = key === startKey || key === endKey ? pillSize : cardSize;
  const source = edges.find((edge) => edge.target === key && nodes.has(edge.source))?.source;
  const above = nodes.get(source ?? "");
  // Nothing leads to it: it stands beside all the others, as it will.
  if (above === undefined) return { box: { x: width + distance, y: 0, ...size }, isBeneath: false };
  const x = above.x + (above.width - size.width) / 2;
  return { box: { x, y: above.y + above.height + distance, ...size }, isBeneath: true };
}

function routeOf(
  { id, source, target }: GraphEdge,
  before: GraphLayout,
  nodes: ReadonlyMap<NodeKey, Box>,
): EdgeRoute | undefined {
  const known = before.edges.get(id);
  const [from, to] = [nodes.get(source), nodes.get(target)];
  if (from === undefined || to === undefined) return undefined;
  const isUnmoved = from === before.nodes.get(source) && to === before.nodes.get(target);
  if (known !== undefined && isUnmoved) return known;
  const points: readonly Point[] = [
    { x: from.x + from.width / 2, y: from.y + from.height },
    { x: to.x + to.width / 2, y: to.y },
  ];
  return { points, isRail: false };
}
