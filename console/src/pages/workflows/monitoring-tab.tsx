import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import type {
  MetricsView,
  SeriesView,
  WorkflowSeriesView,
} from "../../../../src/console/view-types.ts";
import { server } from "../../api/client.ts";
import { keys } from "../../api/keys.ts";
import { useFormat, useText } from "../../i18n/language.tsx";
import { Card } from "../../parts/layout.tsx";
import { Read } from "../../parts/query-state.tsx";
import { Cell, Head, rowLook, Table } from "../../parts/table.tsx";
import type { ChartLine } from "../metrics/charts.ts";
import { formatValue } from "../metrics/format-value.ts";
import { LineChart } from "../metrics/line-chart.tsx";
import { Segments } from "../../parts/segments.tsx";

const ranges = ["1", "6", "24", "168"] as const;
const refreshMs = 10_000;

/** The charts know lines by the names of the page of metrics; the words of this page are its own. */
const charts = [
  {
    id: "starts",
    lines: [
      { name: "started", colour: "--run" },
      { name: "succeeded", colour: "--ok", isDashed: true },
      { name: "failed", colour: "--fail" },
    ],
    words: ["started", "succeeded", "failed"],
  },
  { id: "running", lines: [{ name: "open", colour: "--run" }], words: ["running"] },
  { id: "rate", lines: [{ name: "cpu", colour: "--fail" }], words: ["rate"] },
  {
    id: "durations",
    lines: [
      { name: "taskP50", colour: "--run" },
      { name: "taskP99", colour: "--wait", isDashed: true },
    ],
    words: ["p50", "p99"],
  },
] as const satisfies readonly {
  readonly id: string;
  readonly lines: readonly ChartLine[];
  readonly words: readonly string[];
}[];
type Chart = (typeof charts)[number];

const hintOf = {
  starts: "startsHint",
  running: "runningHint",
  rate: "rateHint",
  durations: "durationsHint",
} as const;

/** A workflow's executions over time. */
export function MonitoringTab({
  stateMachineArn,
  hours,
  onHours,
}: {
  readonly stateMachineArn: string;
  readonly hours: string | undefined;
  readonly onHours: (hours: string) => void;
}) {
  const { monitoring: text } = useText();
  const format = useFormat();
  const range = ranges.find((each) => each === hours) ?? "24";
  const query = useQuery({
    queryKey: [...keys.workflows, stateMachineArn, "series", range],
    queryFn: () => server.workflowSeries(stateMachineArn, Number(range)),
    refetchInterval: refreshMs,
    placeholderData: keepPreviousData,
  });
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Segments
          label={text.range}
          options={ranges.map((id) => ({ id, label: text.ranges[id] }))}
          selected={range}
          onSelect={(next) => onHours(next === "24" ? "" : next)}
        />
        {query.data !== undefined && (
          <p className="text-xs text-dim">
            {text.each(format.duration(query.data.everyMs))} {text.of[query.data.of]}
          </p>
        )}
      </div>
      <Read query={query}>{(series) => <Charts series={series} />}</Read>
    </div>
  );
}

function Charts({ series }: { readonly series: WorkflowSeriesView }) {
  const view = useMemo(() => chartView(series), [series]);
  const drawn = useMemo(() => withoutGaps(view), [view]);
  const [cursor, setCursor] = useState<number>();
  return (
    <>
      <div className="grid gap-4 md:grid-cols-2">
        {charts.map((chart) => (
          <ChartCard
            key={chart.id}
            chart={chart}
            view={view}
            drawn={drawn}
            cursor={cursor}
            onCursor={setCursor}
          />
        ))}
      </div>
      <SeriesTable view={view} />
    </>
  );
}

function ChartCard({
  chart,
  view,
  drawn,
  cursor,
  onCursor,
}: {
  readonly chart: Chart;
  readonly view: MetricsView;
  readonly drawn: MetricsView;
  readonly cursor: number | undefined;
  readonly onCursor: (index: number | undefined) => void;
}) {
  const text = useText();
  const format = useFormat();
  const last = view.times.length - 1;
  const at = cursor === undefined ? last : Math.min(cursor, last);
  const shown = chart.lines.map((line, index) => {
    const series = view.series[line.name];
    const word = chart.words[index] ?? chart.words[0];
    return {
      line: line as ChartLine,
      label: text.monitoring[word],
      value: formatValue(series?.values[at], series?.unit ?? "count", format, text),
    };
  });
  const title = text.monitoring[chart.id];
  return (
    <Card title={title}>
      <div className="mb-2 flex flex-wrap items-baseline gap-x-4 gap-y-1 text-xs text-dim">
        {shown.map(({ line: { name, colour, isDashed }, label, value }) => (
          <span key={name} className="inline-flex items-center gap-1.5">
            <svg viewBox="0 0 16 4" width={16} height={4} aria-hidden>
              <path
                d="M0 2h16"
                strokeWidth={2.5}
                strokeDasharray={isDashed === true ? "4 2" : undefined}
                style={{ stroke: `var(${colour})` }}
              />
            </svg>
            {label}
            <span className="font-semibold text-text tabular-nums">{value}</span>
          </span>
        ))}
        <span className="ml-auto tabular-nums">
          {cursor === undefined ? "" : format.dateTime(view.times[at] ?? view.now)}
        </span>
      </div>
      <LineChart
        view={drawn}
        lines={chart.lines}
        from={view.since}
        label={`${title}: ${shown.map(({ label, value }) => `${label} ${value}`).join(", ")}`}
        onCursor={onCursor}
      />
      <p className="mt-2 text-xs text-dim">{text.monitoring[hintOf[chart.id]]}</p>
    </Card>
  );
}

/** What the charts show, for whoever cannot see them: the times in which something happened. */
function SeriesTable({ view }: { readonly view: MetricsView }) {
  const text = useText();
  const format = useFormat();
  const columns = charts.flatMap(({ lines, words }) =>
    lines.map(({ name }, index) => ({ name, word: words[index] ?? words[0] })),
  );
  const rows = view.times
    .map((at, index) => ({ at, index }))
    .filter(({ index }) =>
      ["started", "succeeded", "failed", "open"].some(
        (name) => (view.series[name]?.values[index] ?? 0) > 0,
      ),
    )
    .reverse();
  return (
    <details>
      <summary className="min-h-6 cursor-pointer rounded text-[13px] text-dim hover:text-text">
        {text.monitoring.table}
      </summary>
      <div className="mt-2 overflow-hidden rounded-xl border border-line bg-surface">
        <Table label={text.monitoring.table}>
          <thead>
            <tr>
              <Head>{text.monitoring.until}</Head>
              {columns.map(({ name, word }) => (
                <Head key={name} className="text-right">
                  {text.monitoring[word]}
                </Head>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ at, index }) => (
              <tr key={at} className={rowLook}>
                <Cell className="whitespace-nowrap tabular-nums">{format.dateTime(at)}</Cell>
                {columns.map(({ name }) => {
                  const series = view.series[name];
                  return (
                    <Cell key={name} className="text-right tabular-nums">
                      {formatValue(series?.values[index], series?.unit ?? "count", format, text)}
                    </Cell>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </Table>
      </div>
    </details>
  );
}

function chartView(series: WorkflowSeriesView): MetricsView {
  const counted = (values: readonly number[]): SeriesView => ({ unit: "count", values });
  const timed = (values: readonly (number | null)[]): SeriesView => ({
    unit: "milliseconds",
    values,
  });
  const { now, everyMs, times, started, succeeded, failed, running, p50, p99 } = series;
  const rates = failed.map((count, index) => {
    const ended = count + (succeeded[index] ?? 0);
    return ended === 0 ? null : count / ended;
  });
  return {
    now,
    since: (times[0] ?? now) - everyMs,
    everyMs,
    times,
    series: {
      started: counted(started),
      succeeded: counted(succeeded),
      failed: counted(failed),
      open: counted(running),
      cpu: { unit: "share", values: rates },
      taskP50: timed(p50),
      taskP99: timed(p99),
    },
    calls: [],
    tasks: [],
  };
}

/** A value is that of the time before its point: its line begins there, or it would not be seen beside a gap. */
function withoutGaps(view: MetricsView): MetricsView {
  const series = Object.entries(view.series).map(([name, { unit, values }]) => [
    name,
    { unit, values: values.map((value, index) => value ?? values[index + 1] ?? null) },
  ]);
  return { ...view, series: Object.fromEntries(series) as MetricsView["series"] };
}
