import type { Span } from "./run-segments.ts";

/** An idle stretch is folded when it is longer than this, and than this share of all. */
const leastFoldMs = 10_000;
const leastFoldShare = 0.2;
/** How much of it stays at both its ends, so that it is seen what it lies between. */
const foldMarginMs = 250;
/** How wide a fold is drawn, in pixels. */
export const foldWidth = 56;

/**
 * The stretches in which nothing ran, as they are folded.
 *
 * `kept` are the folds of before: while a run goes on, its span grows and no fold may open again by that.
 */
export function foldsOf(
  busy: readonly Span[],
  { from, to }: Span,
  kept: readonly Span[] = [],
): readonly Span[] {
  const least = Math.max(leastFoldMs, (to - from) * leastFoldShare);
  const keptFrom = new Set(kept.map((fold) => fold.from));
  const folds: Span[] = [];
  let idleFrom = from;
  for (const span of [...busy, { from: to, to }]) {
    const fold = { from: idleFrom + foldMarginMs, to: span.from - foldMarginMs };
    const length = span.from - idleFrom;
    if (length > least || (length > leastFoldMs && keptFrom.has(fold.from))) folds.push(fold);
    idleFrom = Math.max(idleFrom, span.to);
  }
  return folds;
}

/** Where a time is drawn: in pixels from where the run starts. A fold is as wide as it is, however far it is zoomed. */
export interface Scale {
  readonly from: number;
  readonly to: number;
  readonly pixelsPerMs: number;
  readonly folds: readonly (Span & { readonly x: number })[];
  /** Of all of it. */
  readonly width: number;
  x(at: number): number;
  time(x: number): number;
}

export function scaleOf({ from, to }: Span, folds: readonly Span[], pixelsPerMs: number): Scale {
  const placed: (Span & { readonly x: number })[] = [];
  let folded = 0;
  for (const fold of folds) {
    const x = (fold.from - from - folded) * pixelsPerMs + placed.length * foldWidth;
    placed.push({ ...fold, x });
    folded += fold.to - fold.from;
  }

  function x(at: number): number {
    let before = 0;
    let gaps = 0;
    for (const fold of placed) {
      if (at < fold.from) break;
      const length = fold.to - fold.from;
      if (at < fold.to) return fold.x + ((at - fold.from) / length) * foldWidth;
      before += length;
      gaps++;
    }
    return (at - from - before) * pixelsPerMs + gaps * foldWidth;
  }

  function time(px: number): number {
    let last: (Span & { readonly x: number }) | undefined;
    for (const fold of placed) {
      if (px < fold.x) break;
      if (px < fold.x + foldWidth) {
        return fold.from + ((px - fold.x) / foldWidth) * (fold.to - fold.from);
      }
      last = fold;
    }
    if (last === undefined) return from + px / pixelsPerMs;
    return last.to + (px - last.x - foldWidth) / pixelsPerMs;
  }

  return { from, to, pixelsPerMs, folds: placed, width: x(to), x, time };
}

/** How many pixels a millisecond has when all of it is seen. */
export function fittingScale({ from, to }: Span, folds: readonly Span[], width: number): number {
  const folded = folds.reduce((sum, fold) => sum + fold.to - fold.from, 0);
  const room = Math.max(width - folds.length * foldWidth, width * 0.25, 1);
  return room / Math.max(1, to - from - folded);
}

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const steps = [
  1,
  2,
  5,
  10,
  20,
  50,
  100,
  200,
  500,
  ...[1, 2, 5, 10, 15, 30].map((count) => count * second),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * minute),
  ...[1, 2, 3, 6, 12].map((count) => count * hour),
  ...[1, 2, 7, 14, 30, 90, 365].map((count) => count * day),
];
/** How far labels are apart at least. */
const tickDistance = 92;

export interface Tick {
  readonly x: number;
  /** Since the start. */
  readonly offsetMs: number;
  /** How far it is to the next one. */
  readonly stepMs: number;
}

/** Round times since the start, between two places of the scale. */
export function ticksOf(scale: Scale, fromX: number, toX: number): readonly Tick[] {
  const { from, to, folds, pixelsPerMs } = scale;
  const step = steps.find((each) => each * pixelsPerMs >= tickDistance) ?? (steps.at(-1) as number);
  const ticks: Tick[] = [];
  let begin = from;
  for (const fold of [
    ...folds,
    { from: Math.max(to, scale.time(toX)), to: Infinity, x: Infinity },
  ]) {
    const first = Math.max(begin, scale.time(fromX));
    const last = Math.min(fold.from, scale.time(toX));
    for (let k = Math.ceil((first - from) / step); from + k * step <= last; k++) {
      const x = scale.x(from + k * step);
      // A label needs its room before a fold, and behind the tick before.
      const before = ticks.at(-1);
      if (x + 40 > fold.x || (before !== undefined && x - before.x < tickDistance * 0.6)) continue;
      ticks.push({ x, offsetMs: k * step, stepMs: step });
    }
    begin = fold.to;
  }
  return ticks;
}
