import { useMemo } from "react";
import type { ServerMetricsView, TimeWindow } from "../../../../src/console/view-types.ts";
import { useFormat, useText } from "../../i18n/language.tsx";
import { Card } from "../../parts/layout.tsx";
import type { ChartShown } from "./charts.ts";
import { formatValue } from "./format-value.ts";
import { LineChart } from "./line-chart.tsx";

/** A chart with its lines named, and the values that they have where the pointer is. */
export function ChartCard({
  chart,
  view,
  from,
  cursor,
  onCursor,
  onBrush,
}: {
  readonly chart: ChartShown;
  readonly view: ServerMetricsView;
  /** Where the time axis begins, in milliseconds. */
  readonly from: number;
  readonly cursor: number | undefined;
  readonly onCursor: (index: number | undefined) => void;
  readonly onBrush: (window: TimeWindow | undefined) => void;
}) {
  const text = useText();
  const format = useFormat();
  const { title, hint } = text.metrics.charts[chart.id];
  const at = cursor === undefined ? view.times.length - 1 : Math.min(cursor, view.times.length - 1);
  const limited = chart.lines.find(({ name }) => view.thresholds[name] !== undefined);
  const threshold = limited && view.thresholds[limited.name];
  const words = useMemo(
    () =>
      chart.lines
        .map(({ name }) => {
          const series = view.series[name];
          const value = formatValue(series?.values.at(-1), series?.unit ?? "count", format, text);
          return `${text.metrics.series[name]} ${value}`;
        })
        .join(", "),
    [chart, view, format, text],
  );
  return (
    <Card title={title}>
      <div className="mb-2 flex flex-wrap items-baseline gap-x-4 gap-y-1 text-xs text-dim">
        {chart.lines.map(({ name, colour, isDashed }) => {
          const series = view.series[name];
          return (
            <span key={name} className="inline-flex items-center gap-1.5">
              <Stroke colour={colour} dash={isDashed === true ? "4 2" : undefined} />
              {text.metrics.series[name]}
              <span className="font-semibold text-text tabular-nums">
                {formatValue(series?.values[at], series?.unit ?? "count", format, text)}
              </span>
            </span>
          );
        })}
        {limited !== undefined && threshold !== undefined && (
          <span className="inline-flex items-center gap-1.5">
            <Stroke colour="--fail" dash="1.5 2" />
            {text.metrics.threshold(text.metrics.series[limited.name])}
            <span className="tabular-nums">
              {formatValue(threshold, view.series[limited.name]?.unit ?? "count", format, text)}
            </span>
          </span>
        )}
        <span className="ml-auto tabular-nums">
          {cursor === undefined ? "" : format.dateTime(view.times[at] ?? view.now)}
        </span>
      </div>
      <LineChart
        view={view}
        lines={chart.lines}
        from={from}
        label={`${title}: ${words}`}
        threshold={threshold}
        onCursor={onCursor}
        onBrush={onBrush}
      />
      <p className="mt-2 text-xs text-dim">{hint}</p>
    </Card>
  );
}

function Stroke({ colour, dash }: { readonly colour: string; readonly dash: string | undefined }) {
  return (
    <svg viewBox="0 0 16 4" width={16} height={4} aria-hidden>
      <path
        d="M0 2h16"
        strokeWidth={2.5}
        strokeDasharray={dash}
        style={{ stroke: `var(${colour})` }}
      />
    </svg>
  );
}
