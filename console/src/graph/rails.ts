import { ranksOf } from "./break-cycles.ts";
import type { Box, EdgeRoute, Point } from "./geometry.ts";
import type { LayeredLayout } from "./scope-graph.ts";

/** An edge as the layout sees it: `source` lies above `target`, also where the edge leads upwards. */
export interface DirectedEdge {
  readonly source: number;
  readonly target: number;
  readonly isBackward: boolean;
  readonly isCatch: boolean;
}

/**
 * More rows than this crossed by the edges into one state, and most of them become a rail. Each row
 * crossed costs the layout engine a node: 300 states that all catch to one took ELK 43 s.
 */
const rowBudget = 36;

const railMargin = 18;
const railDistance = 12;
const trackHeight = 8;
const portInset = 10;

/**
 * Chooses the edges that leave the layout and run along its side; answers one boolean for each edge.
 *
 * Of each target the two edges that cross the fewest rows stay; where only catchers lead to it, the
 * last catcher alone stays, so that the handler stands just below all of them.
 */
export function chooseRails(nodeCount: number, edges: readonly DirectedEdge[]): boolean[] {
  const ranks = ranksOf(nodeCount, edges);
  const rowsCrossed = edges.map(
    ({ source, target }) => (ranks[target] ?? 0) - (ranks[source] ?? 0) - 1,
  );
  const isRail = edges.map(() => false);
  const isFirst = (a: number, b: number) =>
    Number(edges[a]?.isBackward) - Number(edges[b]?.isBackward) ||
    (rowsCrossed[a] ?? 0) - (rowsCrossed[b] ?? 0);
  const incoming = Map.groupBy(edges.keys(), (index) => enteredNode(edges[index]));
  for (const indices of incoming.values()) {
    const rows = indices.reduce((sum, index) => sum + (rowsCrossed[index] ?? 0), 0);
    if (rows <= rowBudget) continue;
    const areCatchers = indices.every((index) => edges[index]?.isCatch);
    for (const [place, index] of indices.toSorted(isFirst).entries()) {
      // The cheapest forward edge always stays: it is what holds the target to the rest.
      const stays = place === 0 && edges[index]?.isBackward === false;
      const mayStay = place === 1 && !areCatchers && (rowsCrossed[index] ?? 0) <= rowBudget;
      isRail[index] = !stays && !mayStay;
    }
  }
  return isRail;
}

function enteredNode(edge: DirectedEdge | undefined): number {
  return (edge?.isBackward ? edge.source : edge?.target) ?? 0;
}

/** An edge to be led along the side, in its own direction. */
export interface RailEdge {
  readonly source: number;
  readonly target: number;
}

interface Rail {
  readonly side: "left" | "right";
  readonly edges: { readonly railEdge: RailEdge; readonly index: number }[];
  readonly target: number;
}

/**
 * Leads edges along the sides of a finished layout: on the right downwards, on the left upwards.
 *
 * The edges into one target share one line. They leave and enter through the gaps between the rows
 * of cards, which are widened for them, so that they never lie on another edge or card.
 */
export function addRails(
  layout: LayeredLayout,
  railEdges: readonly RailEdge[],
  extent: { readonly left: number; readonly right: number },
): { readonly layout: LayeredLayout; readonly rails: readonly EdgeRoute[] } {
  if (railEdges.length === 0) return { layout, rails: [] };
  const bands = bandsOf(layout.nodes);
  const bandOf = (node: number): number => {
    const y = layout.nodes[node]?.y ?? 0;
    return bands.findLastIndex(({ top }) => top <= y);
  };

  const rails = new Map<string, Rail>();
  // The rails that need a track just above or below a band.
  const above = bands.map(() => new Set<Rail>());
  const below = bands.map(() => new Set<Rail>());
  for (const [index, railEdge] of railEdges.entries()) {
    const { source, target } = railEdge;
    const side = bandOf(source) < bandOf(target) ? "right" : "left";
    const key = `${side}:${target}`;
    const rail = rails.get(key) ?? { side, target, edges: [] };
    rails.set(key, rail);
    rail.edges.push({ railEdge, index });
    const [leaving, entering] = side === "right" ? [below, above] : [above, below];
    leaving[bandOf(source)]?.add(rail);
    entering[bandOf(target)]?.add(rail);
  }

  const lowered = (y: number): number =>
    bands.reduce(
      (sum, { top, bottom }, band) =>
        sum +
        (y >= top ? (above[band]?.size ?? 0) * trackHeight : 0) +
        (y > bottom ? (below[band]?.size ?? 0) * trackHeight : 0),
      y,
    );
  const loweredPoint = ({ x, y }: Point): Point => ({ x, y: lowered(y) });
  const nodes = layout.nodes.map((box): Box => ({ ...box, y: lowered(box.y) }));
  const routes = layout.routes.map(({ points, label, isRail }): EdgeRoute => ({
    points: points.map(loweredPoint),
    ...(label && { label: loweredPoint(label) }),
    isRail,
  }));
  const trackBelow = (band: number, rail: Rail): number =>
    lowered(bands[band]?.bottom ?? 0) + 6 + [...(below[band] ?? [])].indexOf(rail) * trackHeight;
  const trackAbove = (band: number, rail: Rail): number =>
    lowered(bands[band]?.top ?? 0) - 6 - [...(above[band] ?? [])].indexOf(rail) * trackHeight;
  const [leavingTrack, enteringTrack] = [
    { right: trackBelow, left: trackAbove },
    { right: trackAbove, left: trackBelow },
  ];

  const railRoutes: EdgeRoute[] = [];
  for (const side of ["right", "left"] as const) {
    const ofSide = [...rails.values()].filter((rail) => rail.side === side);
    const spans = ofSide.map((rail) => {
      const ys = [
        enteringTrack[side](bandOf(rail.target), rail),
        ...rail.edges.map(({ railEdge }) => leavingTrack[side](bandOf(railEdge.source), rail)),
      ];
      return { top: Math.min(...ys), bottom: Math.max(...ys) };
    });
    const columns = packColumns(spans);
    for (const [place, rail] of ofSide.entries()) {
      const distance = railMargin + (columns[place] ?? 0) * railDistance;
      const railX = side === "right" ? extent.right + distance : extent.left - distance;
      for (const { railEdge, index } of rail.edges) {
        const leave = port(nodes[railEdge.source], side, side === "right" ? "bottom" : "top");
        const enter = port(nodes[railEdge.target], side, side === "right" ? "top" : "bottom");
        const leaveY = leavingTrack[side](bandOf(railEdge.source), rail);
        const enterY = enteringTrack[side](bandOf(railEdge.target), rail);
        railRoutes[index] = {
          points: [
            leave,
            { x: leave.x, y: leaveY },
            { x: railX, y: leaveY },
            { x: railX, y: enterY },
            { x: enter.x, y: enterY },
            enter,
          ],
          isRail: true,
        };
      }
    }
  }
  return { layout: { nodes, routes }, rails: railRoutes };
}

function port(box: Box | undefined, side: "left" | "right", end: "top" | "bottom"): Point {
  const { x, y, width, height } = box ?? { x: 0, y: 0, width: 0, height: 0 };
  return {
    x: side === "right" ? x + width - portInset : x + portInset,
    y: end === "bottom" ? y + height : y,
  };
}

interface Span {
  readonly top: number;
  readonly bottom: number;
}

/** The rows of cards: spans of y in which some card lies, with free gaps between them. */
function bandsOf(nodes: readonly Box[]): readonly Span[] {
  const bands: { top: number; bottom: number }[] = [];
  for (const { y, height } of nodes.toSorted((a, b) => a.y - b.y)) {
    const last = bands.at(-1);
    if (last && y < last.bottom) last.bottom = Math.max(last.bottom, y + height);
    else bands.push({ top: y, bottom: y + height });
  }
  return bands;
}

/** A column for each span, so that spans of one column do not meet. */
function packColumns(spans: readonly Span[]): number[] {
  const columns = Array.from({ length: spans.length }, () => 0);
  const ends: number[] = [];
  for (const index of [...spans.keys()].sort(
    (a, b) => (spans[a]?.top ?? 0) - (spans[b]?.top ?? 0),
  )) {
    const { top, bottom } = spans[index] ?? { top: 0, bottom: 0 };
    const free = ends.findIndex((end) => end + trackHeight < top);
    const column = free === -1 ? ends.length : free;
    ends[column] = bottom;
    columns[index] = column;
  }
  return columns;
}
