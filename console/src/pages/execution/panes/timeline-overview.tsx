import { useEffect, useRef, type PointerEvent } from "react";
import { useText } from "../../../i18n/language.tsx";
import type { RunRow } from "./run-rows.ts";
import type { Scale } from "./run-scale.ts";
import { segmentsOf } from "./run-segments.ts";

const height = 36;
/** How near to an edge of the window the pointer takes hold of it. */
const grip = 8;

/** All of the run in little, with a window on what is shown: it can be moved, and drawn out anew. */
export function TimelineOverview({
  rows,
  whole,
  from,
  to,
  end,
  onChange,
}: {
  readonly rows: readonly RunRow[];
  /** The scale in which all of it fits. */
  readonly whole: Scale;
  /** What is shown, in pixels of that scale. */
  readonly from: number;
  readonly to: number;
  readonly end: number;
  readonly onChange: (from: number, to: number) => void;
}) {
  const text = useText();
  const canvas = useRef<HTMLCanvasElement>(null);
  const drag = useRef<{
    readonly at: number;
    readonly from: number;
    readonly to: number;
    readonly what: string;
  }>(undefined);
  const { width } = whole;

  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext("2d");
    if (element === null || !context) return;
    const density = devicePixelRatio || 1;
    element.width = Math.round(width * density);
    element.height = Math.round(height * density);
    context.scale(density, density);
    const style = getComputedStyle(element);
    const step = Math.min(4, (height - 6) / Math.max(1, rows.length));
    rows.forEach((row, index) => {
      for (const { kind, from: begun, to: done } of segmentsOf(row, end)) {
        if (kind === "retry" || kind === "queued") continue;
        const tone =
          kind === "failed"
            ? "fail"
            : kind === "waiting" || kind === "timer"
              ? "wait"
              : kind === "running"
                ? "run"
                : kind === "aborted"
                  ? "off"
                  : kind === "holder"
                    ? "line-strong"
                    : "ok";
        context.fillStyle = style.getPropertyValue(`--${tone}`);
        const x = whole.x(begun);
        context.fillRect(
          x,
          3 + index * step,
          Math.max(1, whole.x(done) - x),
          Math.max(1, step - 0.5),
        );
      }
    });
  }, [rows, whole, width, end]);

  const place = (event: PointerEvent) =>
    event.clientX - event.currentTarget.getBoundingClientRect().left;

  function onPointerDown(event: PointerEvent): void {
    event.currentTarget.setPointerCapture(event.pointerId);
    const at = place(event);
    const what =
      Math.abs(at - from) < grip
        ? "from"
        : Math.abs(at - to) < grip
          ? "to"
          : at > from && at < to
            ? "both"
            : "new";
    drag.current = { at, from, to, what };
  }

  function onPointerMove(event: PointerEvent): void {
    const begun = drag.current;
    if (begun === undefined) return;
    const at = place(event);
    const by = at - begun.at;
    if (begun.what === "both") {
      const moved = Math.min(Math.max(by, -begun.from), width - begun.to);
      onChange(begun.from + moved, begun.to + moved);
    } else if (begun.what === "new") {
      if (Math.abs(by) > 3) onChange(Math.min(begun.at, at), Math.max(begun.at, at));
    } else {
      const fixed = begun.what === "from" ? begun.to : begun.from;
      onChange(Math.max(0, Math.min(fixed, at)), Math.min(width, Math.max(fixed, at)));
    }
  }

  const left = Math.min(Math.max(0, from), width);
  const right = Math.min(Math.max(left + 4, to), width);
  return (
    <div
      aria-label={text.run.overview}
      role="img"
      className="relative cursor-crosshair touch-none overflow-hidden bg-sunken"
      style={{ width, height }}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={() => (drag.current = undefined)}
      onPointerCancel={() => (drag.current = undefined)}
    >
      <canvas ref={canvas} className="block" style={{ width, height }} />
      <span className="absolute inset-y-0 left-0 bg-bg/55" style={{ width: left }} />
      <span className="absolute inset-y-0 right-0 bg-bg/55" style={{ width: width - right }} />
      <span
        className="absolute inset-y-0 cursor-grab rounded border-x-4 border-y border-accent"
        style={{ left, width: Math.max(8, right - left) }}
      />
    </div>
  );
}
