import type { GraphIndex, StateEntry } from "../../../designer/edits/graph-index.ts";
import type { Place } from "../../../designer/edits/place.ts";
import { waysOut } from "../../../designer/edits/ways.ts";
import type { Box, GraphLayout, Point } from "../../../graph/layout.ts";
import type { GraphModel, NodeKey } from "../../../graph/model.ts";

/** A place of the canvas that has a `+`, and where something can be dropped. */
export interface InsertPoint extends Point {
  /** Unique: `edge:/A|next`, `rule:/C`. */
  readonly id: string;
  readonly kind: "edge" | "after" | "rule" | "branch" | "catch" | "empty";
  readonly place: Place;
  /** The edge that it is on. */
  readonly edge?: string;
  /** The states before and behind it, as arrows lead to them. */
  readonly from?: NodeKey;
  readonly to?: NodeKey;
  /** The name of the state that it belongs to, to be said. */
  readonly name: string;
}

/** All of a graph. What has no edge to be inserted on has a point of its own: the end of a branch, a new rule, an empty scope. */
export function insertPoints(
  model: GraphModel,
  layout: GraphLayout,
  index: GraphIndex,
): readonly InsertPoint[] {
  const points: InsertPoint[] = [];
  for (const { id, source, target, kind } of model.edges.values()) {
    const route = layout.edges.get(id);
    const type = model.nodes.get(source)?.type;
    // Nothing comes behind a terminal state.
    const isTerminal = kind === "end" && (type === "Succeed" || type === "Fail");
    if (route === undefined || isTerminal) continue;
    const name = model.nodes.get(source)?.name ?? "";
    const place: Place = { on: "edge", edge: id };
    const at = middleOf(route.points, route.label);
    points.push({
      ...at,
      id: `edge:${id}`,
      kind: "edge",
      place,
      edge: id,
      from: source,
      to: target,
      name,
    });
  }
  for (const state of index.states.values()) points.push(...pointsOf(state, model, layout));
  return points;
}

/** The types that have Catchers. Documented: ASL, error handling. */
const catching: ReadonlySet<string> = new Set(["Task", "Parallel", "Map"]);

function pointsOf(
  state: StateEntry,
  model: GraphModel,
  layout: GraphLayout,
): readonly InsertPoint[] {
  const { key, name, type } = state;
  const box = layout.nodes.get(key);
  const node = model.nodes.get(key);
  if (box === undefined || node === undefined) return [];
  const points: InsertPoint[] = [];
  const isContainer = node.scopes.length > 0;
  if (type === "Choice") {
    const place: Place = { on: "rule", choice: key };
    points.push({ ...rightOf(box), id: `rule:${key}`, kind: "rule", place, from: key, name });
  }
  if (type === "Parallel" && (isContainer || state.scopes.length === 0)) {
    const place: Place = { on: "branch", parallel: key };
    const at = { x: box.x + box.width - 14, y: box.y + 17 };
    points.push({ ...at, id: `branch:${key}`, kind: "branch", place, from: key, name });
  }
  if (catching.has(type)) {
    const place: Place = { on: "catch", state: key };
    const at = { x: box.x + 20, y: box.y + box.height };
    points.push({ ...at, id: `catch:${key}`, kind: "catch", place, from: key, name });
  }
  if (endsUndrawn(state, model)) {
    const place: Place = { on: "after", state: key };
    const at = { x: box.x + box.width / 2, y: box.y + box.height + 2 };
    points.push({ ...at, id: `after:${key}`, kind: "after", place, from: key, name });
  }
  for (const scope of node.scopes) {
    const lane = layout.lanes.get(scope.key);
    if (lane === undefined || scope.nodes.length > 0) continue;
    const place: Place = { on: "start", scope: scope.key };
    points.push({
      ...centreOf(lane),
      id: `empty:${scope.key}`,
      kind: "empty",
      place,
      from: key,
      name,
    });
  }
  return points;
}

/** Whether the state's way on is there, or could be, and no edge shows it: its `End` in an inner scope, a missing `Next`. */
function endsUndrawn(state: StateEntry, model: GraphModel): boolean {
  const way = waysOut(state).find(({ kind }) => kind === "next");
  const isDrawn = model.edges.has(`${state.key}|next`) || model.edges.has(`${state.key}|end`);
  return way !== undefined && !isDrawn;
}

function rightOf({ x, y, width, height }: Box): Point {
  return { x: x + width, y: y + height / 2 };
}

export function centreOf({ x, y, width, height }: Box): Point {
  return { x: x + width / 2, y: y + height / 2 };
}

/** The middle of the longest piece of a way that is free of its label. */
function middleOf(points: readonly Point[], label: Point | undefined): Point {
  let best: Point = points[0] ?? { x: 0, y: 0 };
  let longest = -1;
  for (let at = 1; at < points.length; at++) {
    const [from, to] = [points[at - 1] as Point, points[at] as Point];
    const piece = label === undefined ? ([from, to] as const) : beside(from, to, label);
    const length = Math.abs(piece[1].x - piece[0].x) + Math.abs(piece[1].y - piece[0].y);
    if (length <= longest) continue;
    longest = length;
    best = { x: (piece[0].x + piece[1].x) / 2, y: (piece[0].y + piece[1].y) / 2 };
  }
  return best;
}

/** The longer part of a vertical piece beside the label on it. */
function beside(from: Point, to: Point, label: Point): readonly [Point, Point] {
  const isVertical = Math.abs(from.x - to.x) < 1 && Math.abs(label.x - from.x) < 40;
  const [low, high] = [Math.min(from.y, to.y), Math.max(from.y, to.y)];
  if (!isVertical || label.y < low || label.y > high) return [from, to];
  const above = label.y - 12 - low;
  const below = high - label.y - 12;
  return above > below
    ? [
        { x: from.x, y: low },
        { x: from.x, y: label.y - 12 },
      ]
    : [
        { x: from.x, y: label.y + 12 },
        { x: from.x, y: high },
      ];
}
