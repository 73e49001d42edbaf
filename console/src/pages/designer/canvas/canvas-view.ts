import { useCallback, useLayoutEffect, useRef, useState, type RefObject } from "react";
import { firstView } from "../../../graph/flow-graph.tsx";
import type { Box, GraphLayout, Point } from "../../../graph/layout.ts";
import type { NodeKey } from "../../../graph/model.ts";
import {
  fitted,
  showing,
  useGestures,
  useSize,
  zoomed,
  type View,
} from "../../../graph/view/viewport.ts";
import type { SteadyGraph } from "./steady-graph.ts";

/** Our choice: what the bars above and below the graph take of it, beside the margin that any graph has. */
const bar = 32;

export interface CanvasView {
  readonly view: View;
  readonly size: { readonly width: number; readonly height: number };
  /** A place has been found for the graph: before that nothing is to be drawn. */
  readonly isPlaced: boolean;
  readonly zoom: (factor: number) => void;
  readonly fit: () => void;
  readonly actualSize: () => void;
  readonly show: (box: Box) => void;
  /** Moves the graph, in pixels of the screen. */
  readonly pan: (by: Point) => void;
  /** Puts a point of the graph into the middle. */
  readonly centre: (at: Point) => void;
  /** A point of the window as one of the graph; `undefined`: it is not over the canvas. */
  readonly toGraph: (x: number, y: number) => Point | undefined;
}

/**
 * Which part of the graph is seen. A changed graph does not move under the eyes of who edits it: the selected card, or else the one
 * nearest to the middle, keeps its place on the screen.
 */
export function useCanvasView(
  area: RefObject<HTMLDivElement | null>,
  graph: SteadyGraph | undefined,
  selected: readonly NodeKey[],
): CanvasView {
  const size = useSize(area);
  const [view, setView] = useState<View>({ x: 0, y: 0, scale: 1 });
  const shown = useRef<SteadyGraph>(undefined);
  /** The newest that was laid out for good: what is in it has had a place for a while. */
  const settled = useRef<SteadyGraph>(undefined);
  const [isPlaced, setPlaced] = useState(false);
  const newest = useRef({ view, selected });
  newest.current = { view, selected };
  useGestures(area, setView, isOther);

  useLayoutEffect(() => {
    if (graph === undefined || size.width === 0 || size.height === 0) return;
    const before = shown.current;
    if (before === graph) return;
    const known = settled.current ?? before;
    shown.current = graph;
    if (!graph.isProvisional) settled.current = graph;
    setPlaced(true);
    const { view: old, selected: keys } = newest.current;
    const chosen = graph.layout.nodes.get(keys[0] ?? "");
    const isFirst = before === undefined || before.index.root.states.size === 0;
    if (isFirst) {
      const whole = belowBar(firstView(graph.layout, size.width, size.height - bar));
      setView(chosen === undefined ? whole : betweenBars(whole, chosen, size));
      return;
    }
    const isKnown = (key: NodeKey): boolean => known?.layout.nodes.has(key) === true;
    const kept = anchored(old, before, graph, keys, size, isKnown);
    setView(chosen === undefined ? kept : betweenBars(kept, chosen, size));
  }, [graph, size]);

  const toGraph = useCallback(
    (x: number, y: number): Point | undefined => {
      const box = area.current?.getBoundingClientRect();
      if (box === undefined || x < box.left || x > box.right || y < box.top || y > box.bottom) {
        return undefined;
      }
      const { view: now } = newest.current;
      return { x: (x - box.left - now.x) / now.scale, y: (y - box.top - now.y) / now.scale };
    },
    [area],
  );
  const pan = useCallback(
    (by: Point) => setView((now) => ({ ...now, x: now.x + by.x, y: now.y + by.y })),
    [],
  );
  const { width, height } = size;
  const middle = { x: width / 2, y: height / 2 };
  return {
    view,
    size,
    isPlaced,
    zoom: (factor) => setView((now) => zoomed(now, now.scale * factor, middle)),
    fit: () => graph !== undefined && setView(belowBar(fitted(graph.layout, width, height - bar))),
    actualSize: () => setView((now) => zoomed(now, 1, middle)),
    pan,
    show: (box) => setView((now) => betweenBars(now, box, size)),
    centre: (at) =>
      setView((now) => ({
        ...now,
        x: width / 2 - at.x * now.scale,
        y: height / 2 - at.y * now.scale,
      })),
    toGraph,
  };
}

function belowBar(view: View): View {
  return { ...view, y: view.y + bar };
}

/** The view moved as little as it takes for a box to be seen, and no bar to lie over it. */
function betweenBars(
  view: View,
  box: Box,
  { width, height }: { readonly width: number; readonly height: number },
): View {
  return belowBar(showing({ ...view, y: view.y - bar }, box, width, height - 2 * bar));
}

/** Shift and a drag over the background selects what lies in it; ways are pressed and dragged themselves. */
function isOther({ shiftKey, target }: PointerEvent): boolean {
  const isWay = target instanceof Element && target.closest("[data-edge], [data-edge-end], input");
  return shiftKey || Boolean(isWay);
}

function anchored(
  view: View,
  before: SteadyGraph,
  after: SteadyGraph,
  selected: readonly NodeKey[],
  { width, height }: { readonly width: number; readonly height: number },
  isKnown: (key: NodeKey) => boolean,
): View {
  const isKept = (key: NodeKey): boolean =>
    isKnown(key) && before.layout.nodes.has(key) && after.layout.nodes.has(key);
  const chosen = after.layout.nodes.get(selected[0] ?? "");
  // What is new has no place to keep: then that beside it.
  const near =
    chosen === undefined
      ? { x: (width / 2 - view.x) / view.scale, y: (height / 2 - view.y) / view.scale }
      : { x: chosen.x + chosen.width / 2, y: chosen.y };
  const layout = chosen === undefined ? before.layout : after.layout;
  const key = selected.find(isKept) ?? nearestTo(layout, isKept, near);
  const [from, to] = [before.layout.nodes.get(key ?? ""), after.layout.nodes.get(key ?? "")];
  if (from === undefined || to === undefined) return view;
  return {
    ...view,
    x: view.x + (from.x + from.width / 2 - to.x - to.width / 2) * view.scale,
    y: view.y + (from.y - to.y) * view.scale,
  };
}

function nearestTo(
  layout: GraphLayout,
  isKept: (key: NodeKey) => boolean,
  { x, y }: Point,
): NodeKey | undefined {
  let best: { readonly key: NodeKey; readonly distance: number } | undefined;
  for (const [key, box] of layout.nodes) {
    if (!isKept(key)) continue;
    const middle = box.y + Math.min(box.height, 52) / 2;
    const distance = Math.hypot(box.x + box.width / 2 - x, middle - y);
    if (best === undefined || distance < best.distance) best = { key, distance };
  }
  return best?.key;
}
