import { useEffect, useLayoutEffect, useRef, useState } from "react";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import type { MetricUnit, MetricsView } from "../../../../src/console/view-types.ts";
import { useTheme } from "../../app/theme.ts";
import { useFormat, useLanguage, useText } from "../../i18n/language.tsx";
import type { ChartLine } from "./charts.ts";
import { formatValue } from "./format-value.ts";

const height = 150;
/** All charts of the page share the line under the pointer. */
const syncKey = "metrics";

/** Lines over time. What it says is also in the table beneath the charts. */
export function LineChart({
  view,
  lines,
  from,
  label,
  onCursor,
}: {
  readonly view: MetricsView;
  readonly lines: readonly ChartLine[];
  /** Where the time axis begins, in milliseconds. */
  readonly from: number;
  readonly label: string;
  /** Told which sample the pointer is at. */
  readonly onCursor: (index: number | undefined) => void;
}) {
  const text = useText();
  const format = useFormat();
  const { language } = useLanguage();
  const theme = useTheme();
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(undefined);
  const told = useRef(onCursor);
  useLayoutEffect(() => {
    told.current = onCursor;
  });
  const [isDark, setDark] = useState(() => matchMedia("(prefers-color-scheme: dark)").matches);
  useEffect(() => {
    const query = matchMedia("(prefers-color-scheme: dark)");
    const change = () => setDark(query.matches);
    query.addEventListener("change", change);
    return () => query.removeEventListener("change", change);
  }, []);
  const unit: MetricUnit = view.series[lines[0]?.name ?? ""]?.unit ?? "count";

  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    const style = getComputedStyle(element);
    const colour = (token: string) => style.getPropertyValue(token).trim();
    const font = `11px ${style.fontFamily}`;
    const clock = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit" });
    const axis = {
      stroke: colour("--dim"),
      font,
      grid: { stroke: colour("--line"), width: 1 },
      ticks: { show: false },
    };
    const made = new uPlot(
      {
        width: element.clientWidth,
        height,
        legend: { show: false },
        cursor: {
          sync: { key: syncKey },
          drag: { x: false, y: false },
          points: { size: 6 },
          y: false,
        },
        scales: { x: { time: true }, y: { range: (_, __, high) => [0, niceTop(high, unit)] } },
        axes: [
          {
            ...axis,
            size: 26,
            space: 70,
            values: (_, splits) => splits.map((at) => clock.format(at * 1_000)),
          },
          {
            ...axis,
            size: 72,
            space: 36,
            values: (_, splits) => splits.map((value) => formatValue(value, unit, format, text)),
          },
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
        hooks: { setCursor: [(u) => told.current(u.cursor.idx ?? undefined)] },
      },
      [[], ...lines.map(() => [])],
      element,
    );
    plot.current = made;
    const observer = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height }));
    observer.observe(element);
    return () => {
      observer.disconnect();
      made.destroy();
      plot.current = undefined;
    };
  }, [lines, unit, language, theme, isDark, format, text]);

  useLayoutEffect(() => {
    const data: uPlot.AlignedData = [
      view.times.map((at) => at / 1_000),
      ...lines.map(({ name }) => [...(view.series[name]?.values ?? [])]),
    ];
    plot.current?.setData(data, false);
    plot.current?.setScale("x", { min: from / 1_000, max: view.now / 1_000 });
  }, [view, lines, from, unit, language, theme, isDark, format, text]);

  return <div ref={box} role="img" aria-label={label} className="min-w-0" style={{ height }} />;
}

/** A line at 0 shall lie on the ground, and one that never exceeds 0.01 not look like a mountain. */
function niceTop(high: number, unit: MetricUnit): number {
  const least: Readonly<Record<MetricUnit, number>> = {
    perSecond: 1,
    count: 4,
    milliseconds: 1,
    bytes: 1_000_000,
    share: 0.1,
  };
  return Math.max(least[unit], (Number.isFinite(high) ? high : 0) * 1.1);
}
