import { useCallback, useMemo, useState } from "react";
import { fittingScale, scaleOf, type Scale } from "./run-scale.ts";
import type { Span } from "./run-segments.ts";

/** A millisecond is never wider than this, in pixels. */
const mostPixelsPerMs = 40;
/** How far beyond its ends it can be moved, in pixels. */
const slack = 60;

interface Place {
  readonly pixelsPerMs: number;
  readonly offset: number;
}

export interface TimelineView {
  readonly scale: Scale;
  /** All of it, in the same width. */
  readonly whole: Scale;
  /** The left edge, in pixels of the scale. */
  readonly offset: number;
  readonly isZoomed: boolean;
  /** What is at `px` stays there. */
  readonly zoom: (factor: number, px: number) => void;
  readonly pan: (px: number) => void;
  readonly fit: () => void;
  readonly show: (from: number, to: number) => void;
}

/**
 * What of the time is seen: all of it, until somebody zooms. From then on, what is seen stays where it is, however the
 * run goes on: a place is counted from the start of the run.
 */
export function useTimelineView(span: Span, folds: readonly Span[], width: number): TimelineView {
  const [place, setPlace] = useState<Place>();
  const { from, to } = span;
  const fitting = fittingScale({ from, to }, folds, width);
  const whole = useMemo(() => scaleOf({ from, to }, folds, fitting), [from, to, folds, fitting]);
  const isZoomed = place !== undefined && place.pixelsPerMs > fitting * 1.001;
  const pixelsPerMs = isZoomed ? place.pixelsPerMs : fitting;
  const scale = useMemo(
    () => scaleOf({ from, to }, folds, pixelsPerMs),
    [from, to, folds, pixelsPerMs],
  );
  const offset = isZoomed ? place.offset : 0;

  const put = useCallback(
    (next: Scale, at: number) => {
      const most = Math.max(next.width - width + slack, 0);
      const offsetThere = Math.min(Math.max(at, -slack), most);
      setPlace(
        next.pixelsPerMs <= fitting * 1.001
          ? undefined
          : { pixelsPerMs: next.pixelsPerMs, offset: offsetThere },
      );
    },
    [fitting, width],
  );
  const zoom = useCallback(
    (factor: number, px: number) => {
      const at = scale.time(offset + px);
      const most = Math.max(mostPixelsPerMs, fitting);
      const perMs = Math.min(Math.max(scale.pixelsPerMs * factor, fitting), most);
      const next = scaleOf({ from, to }, folds, perMs);
      put(next, next.x(at) - px);
    },
    [scale, offset, fitting, from, to, folds, put],
  );
  const pan = useCallback((px: number) => put(scale, offset + px), [scale, offset, put]);
  const fit = useCallback(() => setPlace(undefined), []);
  const show = useCallback(
    (first: number, last: number) => {
      const seen = { from: first, to: Math.max(last, first + 1) };
      const within = folds.filter((fold) => fold.to > first && fold.from < last);
      const perMs = fittingScale(
        seen,
        within.map((fold) => ({
          from: Math.max(fold.from, seen.from),
          to: Math.min(fold.to, seen.to),
        })),
        width,
      );
      const next = scaleOf(
        { from, to },
        folds,
        Math.min(Math.max(perMs, fitting), Math.max(mostPixelsPerMs, fitting)),
      );
      put(next, next.x(first));
    },
    [folds, width, fitting, from, to, put],
  );
  return useMemo(
    () => ({ scale, whole, offset, isZoomed, zoom, pan, fit, show }),
    [scale, whole, offset, isZoomed, zoom, pan, fit, show],
  );
}
