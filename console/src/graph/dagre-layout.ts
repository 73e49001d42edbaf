import { Graph, layout } from "@dagrejs/dagre";
import { ranksOf } from "./break-cycles.ts";
import { withoutIdlePoints, type Box, type EdgeRoute, type Point } from "./geometry.ts";
import type { LayeredGraph, LayeredLayout } from "./scope-graph.ts";
import { assignTracks } from "./tracks.ts";

const gapHeight = 32;
const gapMargin = 12;
const trackHeight = 8;
const nodeDistance = 28;
const edgeDistance = 16;

/** Where one edge passes a band: at the side of a card, through a label, or beside the cards. */
interface Pass {
  readonly band: number;
  x: number;
}

/**
 * Lays out with dagre, much faster than ELK in a large scope.
 *
 * Only the bands (which card is in which row) and the horizontal places are dagre's. Its edges are
 * not used, as their slanting pieces cut through tall containers: inside a band every edge is
 * vertical, and it bends only in the gaps between bands.
 */
export function dagreLayout(graph: LayeredGraph): LayeredLayout {
  const { centres, middles, labels } = placedOrStacked(graph);
  const rows = [...centres, ...middles.flat()].map(({ y }) => Math.round(y));
  const rowHeights = new Map(rows.map((row) => [row, 0]));
  const grow = (y: number, height: number) => {
    const row = Math.round(y);
    rowHeights.set(row, Math.max(rowHeights.get(row) ?? 0, height));
  };
  for (const [index, { y }] of centres.entries()) grow(y, graph.nodes[index]?.height ?? 0);
  for (const [index, label] of labels.entries()) {
    if (label) grow(label.y, graph.edges[index]?.label?.height ?? 0);
  }
  // A row without a card or label needs no band: nothing is in the way of an edge there.
  const bandRows = [...rowHeights.keys()]
    .filter((row) => (rowHeights.get(row) ?? 0) > 0)
    .sort((a, b) => a - b);
  const bandOf = new Map(bandRows.map((row, band) => [row, band]));

  const columns = centres.map(({ x, y }, index) => ({
    x: x - (graph.nodes[index]?.width ?? 0) / 2,
    width: graph.nodes[index]?.width ?? 0,
    band: bandOf.get(Math.round(y)) ?? 0,
  }));
  const passes = graph.edges.map(({ source, target }, index): Pass[] => [
    { band: columns[source]?.band ?? 0, x: centres[source]?.x ?? 0 },
    ...(middles[index] ?? []).flatMap(({ x, y }): Pass[] => {
      const band = bandOf.get(Math.round(y));
      return band === undefined ? [] : [{ band, x }];
    }),
    { band: columns[target]?.band ?? 0, x: centres[target]?.x ?? 0 },
  ]);
  spreadPorts(graph, columns, passes);

  // Tracks of each gap, which decide how high it must be.
  const crossovers = bandRows.map((): { edge: number; top: number; bottom: number }[] => []);
  for (const [edge, edgePasses] of passes.entries()) {
    for (const [step, { band, x }] of edgePasses.entries()) {
      const next = edgePasses[step + 1];
      if (next && isBent(x, next.x)) {
        crossovers[band]?.push({ edge, top: x, bottom: next.x });
      }
    }
  }
  const trackOf = new Map<string, number>();
  const bands: { readonly top: number; readonly bottom: number }[] = [];
  let top = 0;
  for (const [band, row] of bandRows.entries()) {
    const bottom = top + (rowHeights.get(row) ?? 0);
    bands.push({ top, bottom });
    const pieces = crossovers[band] ?? [];
    const tracks = assignTracks(pieces);
    for (const [index, { edge }] of pieces.entries()) {
      trackOf.set(`${band}:${edge}`, tracks[index] ?? 0);
    }
    const count = tracks.reduce((most, track) => Math.max(most, track + 1), 0);
    top = bottom + Math.max(gapHeight, 2 * gapMargin + (count - 1) * trackHeight);
  }

  const nodes = columns.map(({ x, width, band }, index): Box => ({
    x,
    y: bands[band]?.top ?? 0,
    width,
    height: graph.nodes[index]?.height ?? 0,
  }));
  const routes = graph.edges.map(({ source, target }, edge): EdgeRoute => {
    const points: Point[] = [];
    const edgePasses = passes[edge] ?? [];
    const from = nodes[source];
    const to = nodes[target];
    for (const [step, { band, x }] of edgePasses.entries()) {
      const next = edgePasses[step + 1];
      if (step === 0) points.push({ x, y: (from?.y ?? 0) + (from?.height ?? 0) });
      if (!next) {
        points.push({ x, y: to?.y ?? 0 });
      } else if (isBent(x, next.x)) {
        const track = trackOf.get(`${band}:${edge}`) ?? 0;
        const y = (bands[band]?.bottom ?? 0) + gapMargin + track * trackHeight;
        points.push({ x, y }, { x: next.x, y });
      }
    }
    const label = labels[edge];
    const band = bands[bandOf.get(Math.round(label?.y ?? NaN)) ?? -1];
    return {
      points: withoutIdlePoints(points),
      ...(label && band && { label: { x: label.x, y: (band.top + band.bottom) / 2 } }),
      isRail: false,
    };
  });
  return { nodes, routes };
}

function isBent(x: number, nextX: number): boolean {
  return Math.abs(nextX - x) >= 0.01;
}

interface Places {
  readonly centres: readonly Point[];
  /** For each edge the points between its ends, one in each row that it passes. */
  readonly middles: readonly (readonly Point[])[];
  readonly labels: readonly (Point | undefined)[];
}

/** dagre recurses along paths, and some thousand states in a row exhaust the call stack. */
function placedOrStacked(graph: LayeredGraph): Places {
  try {
    return placed(graph);
  } catch {
    return stacked(graph);
  }
}

/** Rows by rank, and beside them one column for each edge that passes a row; labels on hover only. */
function stacked({ nodes, edges }: LayeredGraph): Places {
  const ranks = ranksOf(nodes.length, edges);
  const rowEnds = new Map<number, number>();
  const centres = nodes.map(({ width, roomAtRight }, node): Point => {
    const rank = ranks[node] ?? 0;
    const x = rowEnds.get(rank) ?? 0;
    rowEnds.set(rank, x + width + roomAtRight + nodeDistance);
    return { x: x + width / 2, y: rank };
  });
  let columnX = [...rowEnds.values()].reduce((most, end) => Math.max(most, end), 0);
  const middles = edges.map(({ source, target }): Point[] => {
    const first = (ranks[source] ?? 0) + 1;
    const count = Math.max(0, (ranks[target] ?? 0) - first);
    if (count > 0) columnX += edgeDistance;
    return Array.from({ length: count }, (_, step) => ({ x: columnX, y: first + step }));
  });
  return { centres, middles, labels: edges.map(() => undefined) };
}

/** dagre's places: centres of the nodes, points between the ends of each edge, centres of labels. */
function placed(graph: LayeredGraph): Places {
  const dagre = new Graph({ multigraph: true });
  dagre.setGraph({
    ranker: "tight-tree",
    nodesep: nodeDistance,
    edgesep: edgeDistance,
    ranksep: 16,
  });
  for (const [index, { width, height, roomAtRight }] of graph.nodes.entries()) {
    // Twice the room keeps the centre of the card the centre of the node.
    dagre.setNode(String(index), { width: width + 2 * roomAtRight, height });
  }
  for (const [index, { source, target, label }] of graph.edges.entries()) {
    const size = label ? { ...label, labelpos: "c" as const } : {};
    dagre.setEdge(String(source), String(target), size, String(index));
  }
  layout(dagre);
  const centres = graph.nodes.map((_, index): Point => {
    const { x, y } = dagre.node(String(index)) as Partial<Point>;
    return { x: x ?? 0, y: y ?? 0 };
  });
  const edges = graph.edges.map(({ source, target }, index) => {
    return dagre.edge(String(source), String(target), String(index)) as Partial<Point> & {
      readonly points?: readonly Point[];
    };
  });
  return {
    centres,
    middles: edges.map(({ points }) => (points ?? []).slice(1, -1)),
    labels: edges.map(({ x, y }, index): Point | undefined =>
      graph.edges[index]?.label && x !== undefined && y !== undefined ? { x, y } : undefined,
    ),
  };
}

/** Spreads the ends of edges along the lower and upper sides of cards, in the order of where they go. */
function spreadPorts(
  graph: LayeredGraph,
  columns: readonly { readonly x: number; readonly width: number }[],
  passes: readonly Pass[][],
): void {
  interface Port {
    readonly end: Pass;
    readonly towards: number;
    readonly isPassing: boolean;
  }
  const lower: Port[][] = graph.nodes.map(() => []);
  const upper: Port[][] = graph.nodes.map(() => []);
  for (const [index, { source, target }] of graph.edges.entries()) {
    const edgePasses = passes[index] ?? [];
    const [first, second] = edgePasses;
    const last = edgePasses.at(-1);
    const beforeLast = edgePasses.at(-2);
    if (!first || !second || !last || !beforeLast) continue;
    const isPassing = edgePasses.length > 2;
    lower[source]?.push({ end: first, towards: second.x, isPassing });
    upper[target]?.push({ end: last, towards: beforeLast.x, isPassing });
  }
  for (const side of [lower, upper]) {
    for (const [node, ports] of side.entries()) {
      const { x, width } = columns[node] ?? { x: 0, width: 0 };
      ports.sort((a, b) => a.towards - b.towards);
      const [only] = ports;
      const isStraight =
        only?.isPassing === true && only.towards > x + 16 && only.towards < x + width - 16;
      if (only && ports.length === 1 && isStraight) only.end.x = only.towards;
      else {
        for (const [index, { end }] of ports.entries()) {
          end.x = x + (width * (index + 1)) / (ports.length + 1);
        }
      }
    }
  }
}
