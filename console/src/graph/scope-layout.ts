import { breakCycles } from "./break-cycles.ts";
import { elkLayout, type ElkEngine } from "./elk-layout.ts";
import { moved, movedRoute, type Box, type EdgeRoute, type Point } from "./geometry.ts";
import { loopRoom, loopRoute } from "./loops.ts";
import { partsOf, type Part } from "./parts.ts";
import { addRails, chooseRails, type DirectedEdge } from "./rails.ts";
import {
  noEdge,
  noSize,
  type LayeredGraph,
  type LayeredLayout,
  type ScopeEdge,
  type ScopeGraph,
  type ScopeLayout,
} from "./scope-graph.ts";

export interface ScopeLayoutOptions {
  readonly elk: () => Promise<ElkEngine>;
  /** Scopes of more nodes are left to dagre, which is faster and less neat. */
  readonly maxElkNodes: number;
  /** dagre takes over when ELK answers later. Without effect where ELK runs in this thread. */
  readonly elkTimeoutMs: number;
}

const componentDistance = 56;

/**
 * Lays out one scope, whose containers have their size already.
 *
 * Parts that are not connected are laid out each by itself: the one with the start, then the others
 * in columns at its right.
 */
export async function layoutScope(
  graph: ScopeGraph,
  options: ScopeLayoutOptions,
): Promise<ScopeLayout> {
  const nodes: Box[] = [];
  const routes: EdgeRoute[] = [];
  const place = (part: Part, layout: ScopeLayout, by: Point) => {
    for (const [index, node] of part.nodes.entries()) {
      const box = layout.nodes[index];
      if (box) nodes[node] = moved(box, by);
    }
    for (const [index, edge] of part.edges.entries()) {
      const route = layout.routes[index];
      if (route) routes[edge] = movedRoute(route, by);
    }
  };

  const [main, ...others] = partsOf(graph);
  if (!main) return { width: 0, height: 0, nodes, routes };
  const mainLayout = await layoutPart(main.graph, options);
  place(main, mainLayout, { x: 0, y: 0 });
  let { width, height } = mainLayout;
  let columnX = width + componentDistance;
  let columnY = 0;
  // A single column of many loose states would be as long as it is hard to find something in it.
  const columnHeight = Math.max(mainLayout.height, Math.sqrt(graph.nodes.length) * 90);
  for (const part of others) {
    const layout = await layoutPart(part.graph, options);
    if (columnY > 0 && columnY + layout.height > columnHeight) {
      columnX = width + componentDistance;
      columnY = 0;
    }
    place(part, layout, { x: columnX, y: columnY });
    width = Math.max(width, columnX + layout.width);
    height = Math.max(height, columnY + layout.height);
    columnY += layout.height + componentDistance;
  }
  return { width, height, nodes, routes };
}

async function layoutPart(graph: ScopeGraph, options: ScopeLayoutOptions): Promise<ScopeLayout> {
  const order = breakCycles(graph);
  const placeOf = new Map(order.nodes.map((node, place) => [node, place]));
  const loops = Map.groupBy(
    [...graph.edges.entries()].filter(([, { source, target }]) => source === target),
    ([, { source }]) => source,
  );

  // Edges in the order of the nodes that they leave; loops are drawn beside their card later.
  const indices = [...graph.edges.keys()].filter((index) => {
    const edge = graph.edges[index];
    return edge && edge.source !== edge.target;
  });
  const directed = new Map(
    indices.map((index) => {
      const { source, target, isCatch } = graph.edges[index] ?? noEdge;
      const isBackward = order.isBackward[index] === true;
      const [from, to] = isBackward ? [target, source] : [source, target];
      const edge: DirectedEdge = {
        source: placeOf.get(from) ?? 0,
        target: placeOf.get(to) ?? 0,
        isBackward,
        isCatch,
      };
      return [index, edge];
    }),
  );
  const isRail = chooseRails(graph.nodes.length, [...directed.values()]);
  const railIndices = indices.filter((_, place) => isRail[place]);
  const keptIndices = indices
    .filter((_, place) => !isRail[place])
    .sort((a, b) => (directed.get(a)?.source ?? 0) - (directed.get(b)?.source ?? 0));

  const engineLayout = await runEngine(
    {
      nodes: order.nodes.map((node) => ({
        ...(graph.nodes[node] ?? noSize),
        roomAtRight: loopRoom((loops.get(node) ?? []).map(([, edge]) => edge)),
      })),
      edges: keptIndices.map((index) => {
        const { source, target } = directed.get(index) ?? noEdge;
        const label = graph.edges[index]?.label;
        return { source, target, ...(label && { label }) };
      }),
    },
    options,
  );
  const nodes = graph.nodes.map((size, node): Box => {
    const box = engineLayout.nodes[placeOf.get(node) ?? -1];
    return box ?? { x: 0, y: 0, ...size };
  });

  const edges = keptIndices.map((index) => graph.edges[index] ?? noEdge);
  const inner = extentOf(nodes, engineLayout.routes, edges);
  for (const [node, ofNode] of loops) {
    const { x, width } = nodes[node] ?? { x: 0, width: 0 };
    inner.right = Math.max(inner.right, x + width + loopRoom(ofNode.map(([, edge]) => edge)));
  }
  const { layout, rails } = addRails(
    { nodes, routes: engineLayout.routes },
    railIndices.map((index) => graph.edges[index] ?? noEdge),
    inner,
  );

  const routes: EdgeRoute[] = [];
  for (const [place, index] of keptIndices.entries()) {
    const route = layout.routes[place];
    if (!route) continue;
    routes[index] = directed.get(index)?.isBackward
      ? { ...route, points: route.points.toReversed() }
      : route;
  }
  for (const [place, index] of railIndices.entries()) {
    const route = rails[place];
    if (route) routes[index] = route;
  }
  for (const [node, ofNode] of loops) {
    const box = layout.nodes[node];
    if (!box) continue;
    for (const [place, [index, edge]] of ofNode.entries()) {
      routes[index] = loopRoute(box, place, ofNode.length, edge.label);
    }
  }
  return atOrigin(layout.nodes, routes, graph.edges);
}

async function runEngine(
  graph: LayeredGraph,
  { elk, maxElkNodes, elkTimeoutMs }: ScopeLayoutOptions,
): Promise<LayeredLayout> {
  if (graph.nodes.length > maxElkNodes) return withDagre(graph);
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error("ELK is late")), elkTimeoutMs);
    });
    return await Promise.race([elk().then((engine) => elkLayout(engine, graph)), late]);
  } catch {
    return withDagre(graph);
  } finally {
    clearTimeout(timer);
  }
}

/** What cards, edges and labels take up from left to right and from top to bottom. */
function extentOf(
  nodes: readonly Box[],
  routes: readonly EdgeRoute[],
  edges: readonly ScopeEdge[],
): { left: number; right: number; top: number; bottom: number } {
  const extent = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
  const include = (x: number, y: number) => {
    extent.left = Math.min(extent.left, x);
    extent.right = Math.max(extent.right, x);
    extent.top = Math.min(extent.top, y);
    extent.bottom = Math.max(extent.bottom, y);
  };
  for (const { x, y, width, height } of nodes) {
    include(x, y);
    include(x + width, y + height);
  }
  for (const [index, { points, label }] of routes.entries()) {
    for (const { x, y } of points) include(x, y);
    const { width, height } = edges[index]?.label ?? noSize;
    if (label) {
      include(label.x - width / 2, label.y - height / 2);
      include(label.x + width / 2, label.y + height / 2);
    }
  }
  return extent;
}

function atOrigin(
  nodes: readonly Box[],
  routes: readonly EdgeRoute[],
  edges: readonly ScopeEdge[],
): ScopeLayout {
  const { left, right, top, bottom } = extentOf(nodes, routes, edges);
  const by: Point = { x: -left, y: -top };
  return {
    width: right - left,
    height: bottom - top,
    nodes: nodes.map((box) => moved(box, by)),
    routes: routes.map((route) => movedRoute(route, by)),
  };
}

/** Most definitions are small, and never need it. */
async function withDagre(graph: LayeredGraph): Promise<LayeredLayout> {
  return (await import("./dagre-layout.ts")).dagreLayout(graph);
}
