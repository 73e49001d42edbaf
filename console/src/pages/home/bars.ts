import type { HistogramBar, TimeWindow } from "../../../../src/console/view-types.ts";
import { endsOf, type Brush } from "../../parts/brush.ts";

/** From the beginning of the first bar to the end of the last one. */
export function windowOfBrush(bars: readonly HistogramBar[], brush: Brush): TimeWindow | undefined {
  const [first, last] = endsOf(brush);
  const [from, to] = [bars[first]?.from, bars[last]?.to];
  return from === undefined || to === undefined ? undefined : { from, to };
}

/** Whether it is just this window that the bars were chosen for. */
export function isWindowOf(
  bars: readonly HistogramBar[],
  brush: Brush,
  window: TimeWindow | undefined,
): boolean {
  const own = windowOfBrush(bars, brush);
  return own !== undefined && own.from === window?.from && own.to === window.to;
}

/** The bars that lie in the window, at least partly; `undefined`: it is not of this day. */
export function brushOfWindow(
  bars: readonly HistogramBar[],
  { from, to }: TimeWindow,
): Brush | undefined {
  const anchor = bars.findIndex((bar) => bar.to > from);
  const end = bars.findLastIndex((bar) => bar.from < to);
  return anchor === -1 || end < anchor ? undefined : { anchor, end };
}

export function countsOf(bars: readonly HistogramBar[]): {
  readonly total: number;
  readonly failed: number;
} {
  let [total, failed] = [0, 0];
  for (const bar of bars) {
    total += bar.running + bar.succeeded + bar.failed;
    failed += bar.failed;
  }
  return { total, failed };
}
