import type uPlot from "uplot";
import type { MetricUnit } from "../../../../src/console/view-types.ts";
import type { ChartLine } from "./charts.ts";

export const plotHeight = 150;
/** All charts of the page share the line under the pointer. */
const syncKey = "metrics";
/** Our choice: a threshold is drawn once a line has come to this part of it; before, it would press the lines flat. */
const nearShare = 0.5;

/** How a chart is drawn, with the colours of the theme that `style` has. */
export function plotOptions({
  width,
  lines,
  unit,
  style,
  threshold,
  clock,
  shown,
  isBrushed,
  onCursor,
  onBrush,
}: {
  readonly width: number;
  readonly lines: readonly ChartLine[];
  readonly unit: MetricUnit;
  readonly style: CSSStyleDeclaration;
  readonly threshold: number | undefined;
  /** The time of an axis's mark, in milliseconds. */
  readonly clock: (at: number) => string;
  readonly shown: (value: number) => string;
  /** A time can be chosen by dragging. */
  readonly isBrushed: boolean;
  readonly onCursor: (index: number | undefined) => void;
  /** In milliseconds. */
  readonly onBrush: (from: number, to: number) => void;
}): uPlot.Options {
  const colour = (token: string) => style.getPropertyValue(token).trim();
  const axis = {
    stroke: colour("--dim"),
    font: `11px ${style.fontFamily}`,
    grid: { stroke: colour("--line"), width: 1 },
    ticks: { show: false },
  };
  return {
    width,
    height: plotHeight,
    legend: { show: false },
    cursor: {
      sync: { key: syncKey },
      drag: { x: isBrushed, y: false, setScale: false },
      points: { size: 6 },
      y: false,
    },
    scales: {
      x: { time: true },
      y: { range: (_, __, high) => [0, topOf(high, unit, threshold)] },
    },
    axes: [
      {
        ...axis,
        size: 26,
        space: 70,
        values: (_, splits) => splits.map((at) => clock(at * 1_000)),
      },
      { ...axis, size: 72, space: 36, values: (_, splits) => splits.map(shown) },
    ],
    series: [
      {},
      ...lines.map((line) => ({
        stroke: colour(line.colour),
        width: 1.75,
        ...(line.isDashed && { dash: [5, 3] }),
        points: { show: false },
        spanGaps: false,
      })),
    ],
    hooks: {
      setCursor: [(plot) => onCursor(plot.cursor.idx ?? undefined)],
      setSelect: [
        (plot) => {
          const { left, width: wide } = plot.select;
          plot.setSelect({ left: 0, width: 0, top: 0, height: 0 }, false);
          // The other charts follow the one that is dragged over: only that one has the pointer's event, and tells.
          if (!(plot.cursor.event instanceof MouseEvent) || wide < leastDrag) return;
          onBrush(plot.posToVal(left, "x") * 1_000, plot.posToVal(left + wide, "x") * 1_000);
        },
      ],
      draw: [(plot) => drawThreshold(plot, threshold, colour("--fail"))],
    },
  };
}

/** Pixels: less is a press, not a drag. */
const leastDrag = 6;

function drawThreshold(plot: uPlot, threshold: number | undefined, stroke: string): void {
  if (threshold === undefined || threshold > (plot.scales["y"]?.max ?? 0)) return;
  const { ctx, bbox } = plot;
  const y = Math.round(plot.valToPos(threshold, "y", true));
  ctx.save();
  ctx.strokeStyle = stroke;
  ctx.lineWidth = devicePixelRatio;
  ctx.setLineDash([2 * devicePixelRatio, 3 * devicePixelRatio]);
  ctx.beginPath();
  ctx.moveTo(bbox.left, y);
  ctx.lineTo(bbox.left + bbox.width, y);
  ctx.stroke();
  ctx.restore();
}

const least: Readonly<Record<MetricUnit, number>> = {
  perSecond: 1,
  count: 4,
  milliseconds: 1,
  bytes: 1_000_000,
  share: 0.1,
};

/** A line at 0 shall lie on the ground, and one that never exceeds 0.01 not look like a mountain. */
export function topOf(
  high: number | null,
  unit: MetricUnit,
  threshold: number | undefined,
): number {
  const top = high !== null && Number.isFinite(high) ? high : 0;
  const isNear = threshold !== undefined && top >= threshold * nearShare;
  return Math.max(least[unit], top * 1.1, isNear ? threshold * 1.1 : 0);
}
