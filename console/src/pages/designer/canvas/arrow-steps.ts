import { nextInDirection } from "../../../graph/view/next-in-direction.ts";
import { endKey, startKey, type NodeKey } from "../../../graph/model.ts";
import type { Direction } from "./selection-place.ts";
import type { InsertPoint } from "./insert-points.ts";
import type { SteadyGraph } from "./steady-graph.ts";

/** What has the focus on the canvas: a card by its key, or a `+` by its id. */
export type Spot = { readonly key: NodeKey } | { readonly point: string };

/**
 * Where an arrow leads: from a card down onto its first way out and up onto a way in; from a way to the states at its ends, and
 * sideways to the other ways of its state. From a container down leads into it.
 */
export function arrowStep(
  graph: SteadyGraph,
  points: readonly InsertPoint[],
  from: Spot,
  direction: Direction,
): Spot | undefined {
  return "key" in from
    ? fromCard(graph, points, from.key, direction)
    : fromPoint(graph, points, from.point, direction);
}

function fromCard(
  graph: SteadyGraph,
  points: readonly InsertPoint[],
  key: NodeKey,
  direction: Direction,
): Spot | undefined {
  if (direction === "Left" || direction === "Right") {
    const next = nextInDirection(graph.layout, key, direction);
    return next === undefined ? undefined : { key: next };
  }
  if (direction === "Up") {
    const into = points.find(({ to, kind }) => kind === "edge" && to === key);
    if (into !== undefined) return { point: into.id };
    const holder = graph.index.states.get(key)?.scope.holder;
    return holder === undefined ? undefined : { key: holder.key };
  }
  const inner = graph.model.nodes.get(key)?.scopes.find(({ nodes }) => nodes.length > 0);
  const first = inner?.startAt ?? inner?.nodes[0]?.key;
  if (first !== undefined) return { key: first };
  const [out] = waysFrom(points, key);
  if (out !== undefined) return { point: out.id };
  const holder = graph.index.states.get(key)?.scope.holder;
  return holder === undefined ? undefined : pointAfter(points, holder.key);
}

/** What leads out of a container: its ways themselves, not what is in it. */
function pointAfter(points: readonly InsertPoint[], key: NodeKey): Spot {
  const out = waysFrom(points, key).find(({ kind }) => kind === "edge" || kind === "after");
  return out === undefined ? { key } : { point: out.id };
}

function waysFrom(points: readonly InsertPoint[], key: NodeKey): readonly InsertPoint[] {
  const rank = ({ kind }: InsertPoint): number =>
    kind === "empty" ? 0 : kind === "edge" || kind === "after" ? 1 : kind === "catch" ? 3 : 2;
  return points
    .filter(({ from }) => from === key)
    .toSorted((a, b) => rank(a) - rank(b) || a.x - b.x);
}

function fromPoint(
  graph: SteadyGraph,
  points: readonly InsertPoint[],
  id: string,
  direction: Direction,
): Spot | undefined {
  const point = points.find((each) => each.id === id);
  if (point === undefined) return undefined;
  const { from, to } = point;
  if (direction === "Up")
    return from === undefined || from === startKey ? undefined : { key: from };
  if (direction === "Down") {
    if (to !== undefined && to !== endKey) return { key: to };
    const holder = graph.index.states.get(from ?? "")?.scope.holder;
    return holder === undefined ? undefined : pointAfter(points, holder.key);
  }
  const ways = from === undefined ? [] : waysFrom(points, from).toSorted((a, b) => a.x - b.x);
  const at = ways.findIndex((each) => each.id === id);
  const other = ways[at + (direction === "Left" ? -1 : 1)];
  return other === undefined ? undefined : { point: other.id };
}
