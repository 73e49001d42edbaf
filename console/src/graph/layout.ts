import type { ElkEngine } from "./elk-layout.ts";
import { moved, movedRoute, type Box, type EdgeRoute, type Point, type Size } from "./geometry.ts";
import {
  endKey,
  startKey,
  type GraphModel,
  type GraphNode,
  type GraphScope,
  type NodeKey,
} from "./model.ts";
import type { ScopeGraph, ScopeLayout } from "./scope-graph.ts";
import { layoutScope, type ScopeLayoutOptions } from "./scope-layout.ts";

export type { Box, EdgeRoute, Point } from "./geometry.ts";

/** Fixed sizes, so that the layout never waits for the browser to measure text. */
export const cardSize: Size = { width: 196, height: 52 };
export const pillSize: Size = { width: 64, height: 28 };
export const headerHeight = 34;
export const labelHeight = 20;

const containerPadding = 12;
const laneDistance = 10;
const lanePadding = 14;
/** Room for the title and the counts in a container's header. */
const containerMinWidth = 240;
const labelCharacterWidth = 6.4;
const labelPadding = 14;

export interface GraphLayout {
  readonly width: number;
  readonly height: number;
  /** Absolute places, those of inner states too. */
  readonly nodes: ReadonlyMap<NodeKey, Box>;
  /** By the key of the scope; the root has none. */
  readonly lanes: ReadonlyMap<string, Box>;
  readonly edges: ReadonlyMap<string, EdgeRoute>;
}

/** Layouts of scopes by what they depend on. */
export type LayoutCache = Map<string, ScopeLayout>;

export interface LayoutOptions {
  /** Loaded when it is first needed: it is by far the largest part of the console. */
  readonly elk: () => Promise<ElkEngine>;
  readonly cache?: LayoutCache;
  readonly maxElkNodes?: number;
  readonly elkTimeoutMs?: number;
}

/** The scopes of a few large definitions; the oldest go first. */
const cacheLimit = 400;
const sharedCache: LayoutCache = new Map();

/**
 * Places all cards, lanes and edges of a graph.
 *
 * Inner scopes come first, as a container is a single box of known size to the scope around it. The
 * layout of a scope depends on sizes and edges only and is kept, so that an edit lays out its own
 * scope and those around it, and a new name lays out nothing.
 */
export async function layoutGraph(model: GraphModel, options: LayoutOptions): Promise<GraphLayout> {
  const nodes = new Map<NodeKey, Box>();
  const lanes = new Map<string, Box>();
  const edges = new Map<string, EdgeRoute>();
  const root = await measureScope(model.root, options.cache ?? sharedCache, {
    elk: options.elk,
    // ELK needs up to a second for 120 nodes, and 25 s for 1,000.
    maxElkNodes: options.maxElkNodes ?? 120,
    elkTimeoutMs: options.elkTimeoutMs ?? 1500,
  });
  placeScope(root, { x: 0, y: 0 }, nodes, lanes, edges);
  return { width: root.layout.width, height: root.layout.height, nodes, lanes, edges };
}

/** A scope that is laid out, with the lanes of its containers. */
interface MeasuredScope {
  readonly scope: GraphScope;
  readonly layout: ScopeLayout;
  /** By node of the scope; no lanes for a plain card. */
  readonly containers: readonly MeasuredNode[];
}

interface MeasuredNode extends Size {
  readonly lanes: readonly { readonly inner: MeasuredScope; readonly box: Box }[];
}

async function measureScope(
  scope: GraphScope,
  cache: LayoutCache,
  options: ScopeLayoutOptions,
): Promise<MeasuredScope> {
  const containers: MeasuredNode[] = [];
  for (const node of scope.nodes) containers.push(await measureNode(node, cache, options));
  const graph = scopeGraph(scope, containers);
  const key = JSON.stringify([options.maxElkNodes, graph]);
  const layout = cache.get(key) ?? (await layoutScope(graph, options));
  remember(cache, key, layout);
  return { scope, layout, containers };
}

async function measureNode(
  node: GraphNode,
  cache: LayoutCache,
  options: ScopeLayoutOptions,
): Promise<MeasuredNode> {
  if (node.key === startKey || node.key === endKey) return { ...pillSize, lanes: [] };
  if (node.scopes.length === 0) return { ...cardSize, lanes: [] };
  const lanes: MeasuredNode["lanes"][number][] = [];
  let x = containerPadding;
  let tallest = 0;
  for (const scope of node.scopes) {
    const inner = await measureScope(scope, cache, options);
    const content = scope.nodes.length === 0 ? cardSize : inner.layout;
    const box: Box = {
      x,
      y: headerHeight + containerPadding,
      width: content.width + 2 * lanePadding,
      height: content.height + 2 * lanePadding,
    };
    lanes.push({ inner, box });
    x += box.width + laneDistance;
    tallest = Math.max(tallest, box.height);
  }
  return {
    width: Math.max(containerMinWidth, x - laneDistance + containerPadding),
    height: headerHeight + tallest + 2 * containerPadding,
    lanes,
  };
}

function scopeGraph(scope: GraphScope, sizes: readonly Size[]): ScopeGraph {
  const numberOf = new Map(scope.nodes.map(({ key }, index) => [key, index]));
  const start = numberOf.get(startKey) ?? numberOf.get(scope.startAt ?? "");
  return {
    nodes: sizes.map(({ width, height }) => ({ width, height })),
    edges: scope.edges.map(({ source, target, kind, label }) => ({
      source: numberOf.get(source) ?? 0,
      target: numberOf.get(target) ?? 0,
      isCatch: kind === "catch",
      ...(label !== "" && { label: labelSize(label) }),
    })),
    start,
  };
}

/** The room kept for a label, by the number of its characters. */
export function labelSize(label: string): Size {
  return {
    width: Math.ceil(Array.from(label).length * labelCharacterWidth) + labelPadding,
    height: labelHeight,
  };
}

function placeScope(
  { scope, layout, containers }: MeasuredScope,
  by: Point,
  nodes: Map<NodeKey, Box>,
  lanes: Map<string, Box>,
  edges: Map<string, EdgeRoute>,
): void {
  for (const [index, { key }] of scope.nodes.entries()) {
    const local = layout.nodes[index];
    if (!local) continue;
    const box = moved(local, by);
    nodes.set(key, box);
    for (const { inner, box: laneBox } of containers[index]?.lanes ?? []) {
      const lane = moved(laneBox, box);
      lanes.set(inner.scope.key, lane);
      const origin = { x: lane.x + lanePadding, y: lane.y + lanePadding };
      placeScope(inner, origin, nodes, lanes, edges);
    }
  }
  for (const [index, { id }] of scope.edges.entries()) {
    const route = layout.routes[index];
    if (route) edges.set(id, movedRoute(route, by));
  }
}

function remember(cache: LayoutCache, key: string, layout: ScopeLayout): void {
  // Written again, a key counts as the newest.
  cache.delete(key);
  cache.set(key, layout);
  for (const oldest of cache.keys()) {
    if (cache.size <= cacheLimit) break;
    cache.delete(oldest);
  }
}
