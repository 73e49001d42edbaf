import { useEffect, useLayoutEffect, useRef, useState } from "react";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import type { MetricsView, MetricUnit, TimeWindow } from "../../../../src/console/view-types.ts";
import { useTheme } from "../../app/theme.ts";
import { useFormat, useText } from "../../i18n/language.tsx";
import type { ChartLine } from "./charts.ts";
import { formatValue } from "./format-value.ts";
import { plotHeight, plotOptions } from "./plot-options.ts";
import { useKeyBrush } from "./use-key-brush.ts";

/** Lines over time. What it says is also in the table beneath the charts. */
export function LineChart({
  view,
  lines,
  from,
  label,
  threshold,
  onCursor,
  onBrush,
}: {
  readonly view: Pick<MetricsView, "now" | "times" | "series">;
  readonly lines: readonly ChartLine[];
  /** Where the time axis begins, in milliseconds; it ends with `view.now`. */
  readonly from: number;
  readonly label: string;
  /** What the lines should stay below. */
  readonly threshold?: number | undefined;
  /** Told which sample the pointer, or a key, is at. */
  readonly onCursor: (index: number | undefined) => void;
  /** Told which time was chosen, by dragging or by keys; `undefined`: that of before. Absent: none can be. */
  readonly onBrush?: (window: TimeWindow | undefined) => void;
}) {
  const text = useText();
  const format = useFormat();
  const theme = useTheme();
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(undefined);
  const told = useRef({ onCursor, onBrush });
  useLayoutEffect(() => {
    told.current = { onCursor, onBrush };
  });
  const [isDark, setDark] = useState(() => matchMedia("(prefers-color-scheme: dark)").matches);
  useEffect(() => {
    const query = matchMedia("(prefers-color-scheme: dark)");
    const change = () => setDark(query.matches);
    query.addEventListener("change", change);
    return () => query.removeEventListener("change", change);
  }, []);
  const unit: MetricUnit = view.series[lines[0]?.name ?? ""]?.unit ?? "count";
  const isBrushed = onBrush !== undefined;

  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    const made = new uPlot(
      plotOptions({
        width: element.clientWidth,
        lines,
        unit,
        style: getComputedStyle(element),
        threshold,
        clock: format.clock,
        shown: (value) => formatValue(value, unit, format, text),
        isBrushed,
        onCursor: (index) => told.current.onCursor(index),
        onBrush: (begin, end) =>
          told.current.onBrush?.({ from: Math.round(begin), to: Math.round(end) }),
      }),
      [[], ...lines.map(() => [])],
      element,
    );
    plot.current = made;
    const observer = new ResizeObserver(() =>
      made.setSize({ width: element.clientWidth, height: plotHeight }),
    );
    observer.observe(element);
    return () => {
      observer.disconnect();
      made.destroy();
      plot.current = undefined;
    };
  }, [lines, unit, threshold, isBrushed, theme, isDark, format, text]);

  useLayoutEffect(() => {
    const data: uPlot.AlignedData = [
      view.times.map((at) => at / 1_000),
      ...lines.map(({ name }) => [...(view.series[name]?.values ?? [])]),
    ];
    plot.current?.setData(data, false);
    plot.current?.setScale("x", { min: from / 1_000, max: view.now / 1_000 });
  }, [view, lines, from, unit, threshold, isBrushed, theme, isDark, format, text]);

  const keys = useKeyBrush(plot, view.times, (window) => onBrush?.(window));
  if (!isBrushed) {
    return (
      <div
        ref={box}
        role="img"
        aria-label={label}
        className="min-w-0 overflow-x-clip"
        style={{ height: plotHeight }}
      />
    );
  }
  const at = view.times[keys.index];
  const values = lines.map(({ name }) => {
    const series = view.series[name];
    return `${text.metrics.series[name]} ${formatValue(series?.values[keys.index], series?.unit ?? "count", format, text)}`;
  });
  const chosen = keys.window;
  return (
    <div
      ref={box}
      role="slider"
      tabIndex={0}
      aria-label={`${label}. ${text.metrics.keys}`}
      aria-valuemin={0}
      aria-valuemax={Math.max(0, view.times.length - 1)}
      aria-valuenow={keys.index}
      aria-valuetext={
        chosen === undefined || chosen.from === chosen.to
          ? `${format.dateTime(at ?? view.now)}: ${values.join(", ")}`
          : text.metrics.chosen(format.exactTime(chosen.from), format.exactTime(chosen.to))
      }
      onKeyDown={keys.onKeyDown}
      onBlur={keys.forget}
      className="min-w-0 overflow-x-clip cursor-crosshair touch-pan-y [&_.u-select]:bg-accent/25!"
      style={{ height: plotHeight }}
    />
  );
}
