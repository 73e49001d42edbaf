import type { Box, EdgeRoute, GraphLayout, Point } from "../../../graph/layout.ts";
import { cardSize, pillSize } from "../../../graph/layout.ts";
import {
  endKey,
  startKey,
  type GraphEdge,
  type GraphModel,
  type NodeKey,
} from "../../../graph/model.ts";

const distance = 48;

/**
 * Places for a graph of many states until it is laid out: what was there stays, what is new stands behind what leads to it, and
 * what lies beneath gives way. A way between cards that have moved is a straight line.
 */
export function provisionalLayout(before: GraphLayout, model: GraphModel): GraphLayout | undefined {
  const isOther = [...model.nodes.keys()].some((key) => !before.nodes.has(key));
  // A new name: where the state is, only the layout knows, and it knows that at once.
  if (isOther && before.nodes.size === model.nodes.size) return undefined;
  const nodes = new Map<NodeKey, Box>();
  for (const [key, box] of before.nodes) if (model.nodes.has(key)) nodes.set(key, box);
  const edges = [...model.edges.values()];
  let { width, height } = before;
  for (const key of model.nodes.keys()) {
    if (nodes.has(key)) continue;
    const box = placeOf(key, edges, nodes);
    const shift = box.height + distance;
    for (const [other, at] of nodes) {
      if (at.y >= box.y - distance) nodes.set(other, { ...at, y: at.y + shift });
    }
    nodes.set(key, box);
    height += shift;
    width = Math.max(width, box.x + box.width);
  }
  const routes = new Map<string, EdgeRoute>();
  for (const edge of edges) {
    const route = routeOf(edge, before, nodes);
    if (route !== undefined) routes.set(edge.id, route);
  }
  return { width, height, nodes, lanes: before.lanes, edges: routes };
}

function placeOf(key: NodeKey, edges: readonly GraphEdge[], nodes: ReadonlyMap<NodeKey, Box>): Box {
  const size = key === startKey || key === endKey ? pillSize : cardSize;
  const source = edges.find((edge) => edge.target === key && nodes.has(edge.source))?.source;
  const above = nodes.get(source ?? "");
  if (above === undefined) return { x: 0, y: 0, ...size };
  const x = above.x + (above.width - size.width) / 2;
  return { x, y: above.y + above.height + distance, ...size };
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
