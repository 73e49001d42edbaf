import { useCallback, useEffect, useRef, useState, type RefObject } from "react";
import type { Box } from "../layout.ts";

/** Which part of the graph is seen: `scale` pixels of the screen for one of the graph. */
export interface View {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

export const leastScale = 0.05;
export const mostScale = 2;
const margin = 24;

/** The view that shows all of a graph, as large as it may be. */
export function fitted(
  content: { readonly width: number; readonly height: number },
  width: number,
  height: number,
): View {
  const scale = Math.max(
    leastScale,
    Math.min(1, (width - 2 * margin) / content.width, (height - 2 * margin) / content.height),
  );
  return {
    scale,
    x: (width - content.width * scale) / 2,
    y: Math.max(margin, (height - content.height * scale) / 2),
  };
}

/** The view scaled to `scale` with one point of the screen left where it is. */
export function zoomed(
  view: View,
  scale: number,
  at: { readonly x: number; readonly y: number },
): View {
  const next = Math.min(mostScale, Math.max(leastScale, scale));
  const factor = next / view.scale;
  return { scale: next, x: at.x - (at.x - view.x) * factor, y: at.y - (at.y - view.y) * factor };
}

/** The view moved as little as it takes for a box to be seen. */
export function showing(view: View, box: Box, width: number, height: number): View {
  const left = box.x * view.scale + view.x;
  const top = box.y * view.scale + view.y;
  const right = left + box.width * view.scale;
  const bottom = top + Math.min(box.height, 80) * view.scale;
  let { x, y } = view;
  if (left < margin) x += margin - left;
  else if (right > width - margin) x -= right - (width - margin);
  if (top < margin) y += margin - top;
  else if (bottom > height - margin) y -= bottom - (height - margin);
  return { ...view, x, y };
}

/** How large an element is, followed. */
export function useSize(element: RefObject<HTMLElement | null>): {
  readonly width: number;
  readonly height: number;
} {
  const [size, setSize] = useState({ width: 0, height: 0 });
  useEffect(() => {
    const observed = element.current;
    if (observed === null) return undefined;
    const observer = new ResizeObserver(() => {
      setSize({ width: observed.clientWidth, height: observed.clientHeight });
    });
    observer.observe(observed);
    return () => observer.disconnect();
  }, [element]);
  return size;
}

/** Moving by drag, by wheel and by two fingers; zooming by Ctrl or ⌘ with the wheel, or by pinching. */
export function useGestures(
  element: RefObject<HTMLElement | null>,
  change: (change: (view: View) => View) => void,
  /** Presses that mean something else than to move the view. */
  isOther?: (event: PointerEvent) => boolean,
): void {
  const pointers = useRef(new Map<number, { x: number; y: number }>());
  const listen = useCallback(() => {
    const area = element.current;
    if (area === null) return undefined;
    const place = (event: { clientX: number; clientY: number }) => {
      const { left, top } = area.getBoundingClientRect();
      return { x: event.clientX - left, y: event.clientY - top };
    };
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      if (event.ctrlKey || event.metaKey) {
        const factor = Math.exp(-event.deltaY / 250);
        change((view) => zoomed(view, view.scale * factor, place(event)));
      } else change((view) => ({ ...view, x: view.x - event.deltaX, y: view.y - event.deltaY }));
    };
    const onDown = (event: PointerEvent) => {
      if ((event.button !== 0 && event.button !== 1) || isOther?.(event) === true) return;
      if (event.target instanceof Element && event.target.closest("button, a") !== null) return;
      area.setPointerCapture(event.pointerId);
      pointers.current.set(event.pointerId, place(event));
    };
    const onMove = (event: PointerEvent) => {
      const before = pointers.current.get(event.pointerId);
      if (before === undefined) return;
      const now = place(event);
      const [other] = [...pointers.current].flatMap(([id, at]) =>
        id === event.pointerId ? [] : [at],
      );
      pointers.current.set(event.pointerId, now);
      if (other === undefined) {
        change((view) => ({ ...view, x: view.x + now.x - before.x, y: view.y + now.y - before.y }));
        return;
      }
      const apart = Math.hypot(now.x - other.x, now.y - other.y);
      const was = Math.hypot(before.x - other.x, before.y - other.y) || 1;
      change((view) => zoomed(view, (view.scale * apart) / was, other));
    };
    const onUp = (event: PointerEvent) => void pointers.current.delete(event.pointerId);
    area.addEventListener("wheel", onWheel, { passive: false });
    area.addEventListener("pointerdown", onDown);
    area.addEventListener("pointermove", onMove);
    area.addEventListener("pointerup", onUp);
    area.addEventListener("pointercancel", onUp);
    return () => {
      area.removeEventListener("wheel", onWheel);
      area.removeEventListener("pointerdown", onDown);
      area.removeEventListener("pointermove", onMove);
      area.removeEventListener("pointerup", onUp);
      area.removeEventListener("pointercancel", onUp);
    };
  }, [element, change, isOther]);
  useEffect(listen, [listen]);
}
