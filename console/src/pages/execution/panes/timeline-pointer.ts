import { useEffect, useRef, useState, type PointerEvent } from "react";
import type { RunRow } from "./run-rows.ts";
import { rowHeight, shapeAt, type Shape } from "./timeline-shapes.ts";
import type { TimelineView } from "./use-timeline-view.ts";

interface Target {
  readonly current: HTMLElement | null;
}

/** A shape that the pointer rests on, and where on the page. */
export interface PointedShape {
  readonly shape: Shape;
  readonly x: number;
  readonly y: number;
}

/** What the pointer does on the chart: the wheel zooms at it, dragging moves, pressing chooses, resting says more. */
export function useTimelinePointer({
  chart,
  scroller,
  view,
  shown,
  shapes,
  onPress,
}: {
  readonly chart: Target;
  readonly scroller: Target;
  readonly view: TimelineView;
  readonly shown: readonly RunRow[];
  /** Those that are seen. */
  readonly shapes: readonly Shape[];
  readonly onPress: (row: RunRow) => void;
}) {
  const [tip, setTip] = useState<PointedShape>();
  useWheel(chart, (event) => {
    const lines = event.deltaMode === 1 ? 16 : 1;
    const [dx, dy] = [event.deltaX * lines, event.deltaY * lines];
    if (event.shiftKey || Math.abs(dx) > Math.abs(dy)) view.pan(dx === 0 ? dy : dx);
    else view.zoom(Math.exp(-dy * 0.002), placeIn(chart.current, event).x);
  });

  const drag = useRef<{ x: number; y: number; hasMoved: boolean }>(undefined);
  function onPointerDown(event: PointerEvent): void {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { x: event.clientX, y: event.clientY, hasMoved: false };
  }
  function onPointerMove(event: PointerEvent): void {
    const begun = drag.current;
    if (begun !== undefined) {
      const [dx, dy] = [event.clientX - begun.x, event.clientY - begun.y];
      if (!begun.hasMoved && Math.hypot(dx, dy) < 4) return;
      drag.current = { x: event.clientX, y: event.clientY, hasMoved: true };
      setTip(undefined);
      if (view.isZoomed) view.pan(-dx);
      // A finger scrolls by itself.
      if (event.pointerType !== "touch") scroller.current?.scrollBy(0, -dy);
      return;
    }
    const { x, y } = placeIn(chart.current, event);
    const shape = shapeAt(shapes, x, y);
    setTip(shape && { shape, x: event.clientX, y: event.clientY });
  }
  function onPointerUp(event: PointerEvent): void {
    const begun = drag.current;
    drag.current = undefined;
    if (begun === undefined || begun.hasMoved) return;
    const row = shown[Math.floor(placeIn(chart.current, event).y / rowHeight)];
    if (row !== undefined) onPress(row);
  }

  return {
    tip,
    handlers: {
      onPointerDown,
      onPointerMove,
      onPointerUp,
      onPointerCancel: () => (drag.current = undefined),
      onPointerLeave: () => setTip(undefined),
    },
  };
}

/** React's own wheel handler cannot keep the page from scrolling. */
function useWheel(
  target: { readonly current: HTMLElement | null },
  onWheel: (event: WheelEvent) => void,
): void {
  const handler = useRef(onWheel);
  useEffect(() => {
    handler.current = onWheel;
  });
  const element = target.current;
  useEffect(() => {
    const there = target.current;
    if (there === null) return undefined;
    const listen = (event: WheelEvent) => {
      event.preventDefault();
      handler.current(event);
    };
    there.addEventListener("wheel", listen, { passive: false });
    return () => there.removeEventListener("wheel", listen);
  }, [target, element]);
}

function placeIn(
  element: HTMLElement | null,
  { clientX, clientY }: { readonly clientX: number; readonly clientY: number },
): { readonly x: number; readonly y: number } {
  const box = element?.getBoundingClientRect();
  return { x: clientX - (box?.left ?? 0), y: clientY - (box?.top ?? 0) };
}
