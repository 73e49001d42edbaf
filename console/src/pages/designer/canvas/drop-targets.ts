import type { DefinitionDocument } from "../../../designer/document/definition-document.ts";
import { isRefused, type RefusalCode } from "../../../designer/edits/edit-result.ts";
import { graphIndex } from "../../../designer/edits/graph-index.ts";
import { insertFragment } from "../../../designer/edits/insert.ts";
import { moveStates } from "../../../designer/edits/move.ts";
import type { Place } from "../../../designer/edits/place.ts";
import { retarget } from "../../../designer/edits/retarget.ts";
import { languageOf } from "../../../designer/edits/spot.ts";
import { headerHeight, type Box, type Point } from "../../../graph/layout.ts";
import { endKey, type NodeKey } from "../../../graph/model.ts";
import type { CanvasItem } from "./canvas-item.ts";
import type { InsertPoint } from "./insert-points.ts";
import type { SteadyGraph } from "./steady-graph.ts";

/** What is being dragged. */
export type Dragged =
  | { readonly kind: "item"; readonly item: CanvasItem }
  | { readonly kind: "states"; readonly keys: readonly NodeKey[] }
  | { readonly kind: "edgeEnd"; readonly edge: string };

/** What lies under the pointer that something can be dropped on. */
export type DropTarget =
  | {
      readonly kind: InsertPoint["kind"] | "start";
      readonly place: Place;
      /** What lights up, in the graph's measure. */
      readonly box: Box;
      /** The place is a row of the outline: what lights up, in the window. */
      readonly row?: Box;
    }
  | { readonly kind: "state"; readonly key: NodeKey; readonly box: Box };

/** How near the pointer has to be to an edge or a `+`, in the graph's measure. */
const reach = 26;
const within = 12;

/** The target under a point of the graph. */
export function targetAt(
  graph: SteadyGraph,
  points: readonly InsertPoint[],
  dragged: Dragged,
  at: Point,
): DropTarget | undefined {
  if (dragged.kind === "edgeEnd") return stateAt(graph, at);
  const own = new Set(dragged.kind === "states" ? dragged.keys : []);
  const key = smallestAt(graph, at, own);
  const onTop = key !== undefined && isOnTop(graph, key, at);
  // A card takes what is dropped on it, also where a way comes to its border.
  const near = nearest(graph, points, at, onTop ? within : reach);
  if (near !== undefined && (!onTop || near.kind !== "edge")) return near;
  const card = key === undefined ? undefined : onCard(graph, key);
  if (card !== undefined) return card;
  if (graph.index.root.states.size > 0) return undefined;
  const box = { x: 0, y: 0, width: graph.layout.width, height: graph.layout.height };
  return { kind: "start", place: { on: "start", scope: "" }, box };
}

function nearest(
  { layout }: SteadyGraph,
  points: readonly InsertPoint[],
  at: Point,
  most: number,
): DropTarget | undefined {
  let best: { readonly point: InsertPoint; readonly distance: number } | undefined;
  for (const point of points) {
    const own = Math.hypot(point.x - at.x, point.y - at.y);
    const route = point.edge === undefined ? undefined : layout.edges.get(point.edge);
    const distance = Math.min(own, route === undefined ? Infinity : distanceTo(route.points, at));
    if (distance <= most && (best === undefined || distance < best.distance)) {
      best = { point, distance };
    }
  }
  if (best !== undefined) return targetOf(best.point);
  // An empty branch is one target as a whole.
  const empty = points.find(({ kind, place }) => {
    const lane =
      kind === "empty" && place.on === "start" ? layout.lanes.get(place.scope) : undefined;
    return lane !== undefined && contains(lane, at);
  });
  return empty === undefined ? undefined : targetOf(empty);
}

export function targetOf({ kind, place, x, y }: InsertPoint): DropTarget {
  return { kind, place, box: { x: x - 12, y: y - 12, width: 24, height: 24 } };
}

/** Whether the point is on a card, or on the header of a container, and not on what is in it. */
function isOnTop({ model, layout }: SteadyGraph, key: NodeKey, at: Point): boolean {
  const box = layout.nodes.get(key);
  const isContainer = (model.nodes.get(key)?.scopes.length ?? 0) > 0;
  return box !== undefined && (!isContainer || at.y <= box.y + headerHeight);
}

function distanceTo(points: readonly Point[], at: Point): number {
  let least = Infinity;
  for (let index = 1; index < points.length; index++) {
    const [from, to] = [points[index - 1] as Point, points[index] as Point];
    const x = Math.min(Math.max(at.x, Math.min(from.x, to.x)), Math.max(from.x, to.x));
    const y = Math.min(Math.max(at.y, Math.min(from.y, to.y)), Math.max(from.y, to.y));
    least = Math.min(least, Math.hypot(at.x - x, at.y - y));
  }
  return least;
}

function contains(box: Box, { x, y }: Point): boolean {
  return x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height;
}

/** The innermost card there. */
function smallestAt(
  { layout }: SteadyGraph,
  at: Point,
  without: ReadonlySet<NodeKey>,
): NodeKey | undefined {
  let best: { readonly key: NodeKey; readonly size: number } | undefined;
  for (const [key, box] of layout.nodes) {
    const size = box.width * box.height;
    if (without.has(key) || !contains(box, at) || (best !== undefined && size >= best.size))
      continue;
    best = { key, size };
  }
  return best?.key;
}

/** What a card takes beside its edges: a rule, a branch, a way for its failures, or what comes behind it. */
function onCard({ index, layout }: SteadyGraph, key: NodeKey): DropTarget | undefined {
  const state = index.states.get(key);
  const box = layout.nodes.get(key);
  if (state === undefined || box === undefined) return undefined;
  switch (state.type) {
    case "Choice":
      return { kind: "rule", place: { on: "rule", choice: key }, box };
    case "Parallel":
      return { kind: "branch", place: { on: "branch", parallel: key }, box };
    case "Task":
    case "Map":
      return { kind: "catch", place: { on: "catch", state: key }, box };
    default:
      return { kind: "after", place: { on: "after", state: key }, box };
  }
}

function stateAt(graph: SteadyGraph, at: Point): DropTarget | undefined {
  const key = smallestAt(graph, at, new Set());
  const box = key === undefined ? undefined : graph.layout.nodes.get(key);
  if (key === undefined || box === undefined) return undefined;
  return { kind: "state", key: key === endKey ? "end" : key, box };
}

/** Why it cannot be dropped there. The edit itself says so: it is tried, and thrown away. */
export function reasonAgainst(
  document: DefinitionDocument,
  dragged: Dragged,
  target: DropTarget,
): RefusalCode | undefined {
  const result = tried(document, dragged, target);
  return result !== undefined && isRefused(result) ? result.refused : undefined;
}

function tried(document: DefinitionDocument, dragged: Dragged, target: DropTarget) {
  if (dragged.kind === "edgeEnd") {
    return target.kind === "state" ? retarget(document, dragged.edge, target.key) : undefined;
  }
  if (target.kind === "state") return undefined;
  if (dragged.kind === "states") return moveStates(document, dragged.keys, target.place);
  const fragment = dragged.item.build(languageOf(graphIndex(document)));
  return insertFragment(document, target.place, fragment);
}
