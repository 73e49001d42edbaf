import { useLayoutEffect, useState, type KeyboardEvent, type RefObject } from "react";
import type uPlot from "uplot";
import type { TimeWindow } from "../../../../src/console/view-types.ts";
import { brushedByKey, endsOf, type Brush } from "../../parts/brush.ts";

/**
 * Moves the line of a chart by the arrow keys, chooses a time with Shift, and tells it when Enter is pressed; Escape
 * forgets the choice, and without one asks for the time of before. It is kept by its times: samples come and go.
 */
export function useKeyBrush(
  plot: RefObject<uPlot | undefined>,
  times: readonly number[],
  tell: (window: TimeWindow | undefined) => void,
) {
  const [ends, setEnds] = useState<readonly [anchor: number, end: number]>();
  const places = ends?.map((time) => Math.max(0, times.indexOf(time)));
  const brush: Brush | undefined = places && { anchor: places[0] ?? 0, end: places[1] ?? 0 };
  const [first, last] = brush === undefined ? [0, 0] : endsOf(brush);
  const window =
    brush === undefined ? undefined : { from: times[first] ?? 0, to: times[last] ?? 0 };

  useLayoutEffect(() => {
    const drawn = plot.current;
    if (drawn === undefined || brush === undefined || window === undefined) return;
    const left = (at: number) => drawn.valToPos(at / 1_000, "x");
    drawn.setCursor({ left: left(times[brush.end] ?? 0), top: 0 });
    const from = left(window.from);
    const height = drawn.over.clientHeight;
    drawn.setSelect({ left: from, width: left(window.to) - from, top: 0, height }, false);
  });

  function forget(): void {
    if (ends === undefined) return;
    setEnds(undefined);
    plot.current?.setSelect({ left: 0, width: 0, top: 0, height: 0 }, false);
    plot.current?.setCursor({ left: -10, top: -10 });
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") {
      event.preventDefault();
      if (ends === undefined) tell(undefined);
      else forget();
      return;
    }
    if (event.key === "Enter" && window !== undefined && window.from < window.to) {
      event.preventDefault();
      forget();
      tell(window);
      return;
    }
    const next = brushedByKey(brush, event, times.length);
    if (next === undefined) return;
    event.preventDefault();
    setEnds([times[next.anchor] ?? 0, times[next.end] ?? 0]);
  }

  return { onKeyDown, forget, window, index: brush?.end ?? Math.max(0, times.length - 1) };
}
