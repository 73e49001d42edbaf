import { useEffect, type RefObject } from "react";
import type { Point } from "../../../graph/layout.ts";
import type { DragStore } from "./drag-store.ts";

/** Our choices: so near to the border the graph begins to move, and this fast at it, in pixels of the screen. */
const borderPx = 48;
const fastestPxPerSecond = 900;

/** How fast the graph moves under a hand that holds something near the border, in pixels per second; faster the nearer it is. */
export function panSpeed(
  at: Point,
  size: { readonly width: number; readonly height: number },
): Point {
  return { x: along(at.x, size.width), y: along(at.y, size.height) };
}

function along(at: number, length: number): number {
  // In a small window the middle stays calm.
  const border = Math.min(borderPx, length / 4);
  const into = at < border ? border - at : at > length - border ? length - border - at : 0;
  return (Math.max(-border, Math.min(border, into)) / border) * fastestPxPerSecond;
}

/**
 * Moves the graph while something is dragged near the border of what is seen, so that it can be dropped further on. What comes in over
 * the border is on its way to a place that must not flee from it: the border counts once it has been away from there.
 */
export function useAutoPan(
  area: RefObject<HTMLElement | null>,
  drags: DragStore,
  pan: (by: Point) => void,
): void {
  useEffect(() => {
    let frame: number | undefined;
    let wasAway = false;
    const step = (last: number) => (now: number) => {
      frame = undefined;
      const { current: drag } = drags;
      const box = area.current?.getBoundingClientRect();
      if (drag === undefined || !drag.isOver || box === undefined) return;
      const at = { x: drag.x - box.left, y: drag.y - box.top };
      const speed = panSpeed(at, box);
      if (speed.x === 0 && speed.y === 0) {
        wasAway = true;
      } else if (wasAway) {
        // A page that was busy makes no leap of it.
        const seconds = Math.min(0.05, (now - last) / 1_000);
        pan({ x: speed.x * seconds, y: speed.y * seconds });
        drags.look();
      }
      frame ??= requestAnimationFrame(step(now));
    };
    const begin = (): void => {
      if (drags.current === undefined) wasAway = false;
      if (drags.current?.isOver === true) frame ??= requestAnimationFrame(step(performance.now()));
    };
    const end = drags.subscribe(begin);
    return () => {
      end();
      if (frame !== undefined) cancelAnimationFrame(frame);
    };
  }, [area, drags, pan]);
}
