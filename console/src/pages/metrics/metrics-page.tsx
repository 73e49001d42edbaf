import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { ToggleButton, ToggleButtonGroup } from "react-aria-components";
import type { MetricsView } from "../../../../src/console/view-types.ts";
import { server } from "../../api/client.ts";
import { keys } from "../../api/keys.ts";
import { useLive } from "../../api/live.ts";
import { useFormat, useText } from "../../i18n/language.tsx";
import { Card, Empty, PageHead } from "../../parts/layout.tsx";
import { Read } from "../../parts/query-state.tsx";
import { CallsTable } from "./calls-table.tsx";
import { charts, type ChartShown } from "./charts.ts";
import { formatValue } from "./format-value.ts";
import { LineChart } from "./line-chart.tsx";
import { ranges, type Range } from "./metrics-search.ts";
import { NewestTable } from "./newest-table.tsx";

const usualRange: Range = 15;

/** What this process has counted of itself, in the last minutes. */
export function MetricsPage() {
  useLive({ executions: false });
  const text = useText();
  const format = useFormat();
  const navigate = useNavigate();
  const { range = usualRange } = useSearch({ from: "/metrics" });
  const query = useQuery({
    queryKey: keys.metrics(range),
    queryFn: () => server.metrics(range),
    refetchInterval: 5_000,
    placeholderData: keepPreviousData,
  });
  return (
    <>
      <PageHead
        title={text.metrics.title}
        hint={
          query.data === undefined
            ? text.metrics.hint
            : `${text.metrics.hint} ${text.metrics.since(format.dateTime(query.data.since))}`
        }
      >
        <ToggleButtonGroup
          aria-label={text.metrics.range}
          selectedKeys={[String(range)]}
          disallowEmptySelection
          onSelectionChange={(chosen) => {
            const next = ranges.find((each) => chosen.has(String(each)));
            void navigate({
              to: "/metrics",
              replace: true,
              search: next === undefined || next === usualRange ? {} : { range: next },
            });
          }}
          className="flex rounded-md border border-line bg-surface"
        >
          {ranges.map((minutes) => (
            <ToggleButton
              key={minutes}
              id={String(minutes)}
              className="h-8 px-3 text-[13px] font-medium text-dim first:rounded-l-md last:rounded-r-md data-[selected]:bg-accent-soft data-[selected]:text-accent"
            >
              {text.metrics.minutes(format.number(minutes))}
            </ToggleButton>
          ))}
        </ToggleButtonGroup>
      </PageHead>
      <Read query={query}>
        {(view) =>
          view.times.length < 2 ? (
            <Card>
              <Empty title={text.metrics.empty}>{text.metrics.emptyHint}</Empty>
            </Card>
          ) : (
            <Shown view={view} minutes={range} />
          )
        }
      </Read>
    </>
  );
}

function Shown({ view, minutes }: { readonly view: MetricsView; readonly minutes: number }) {
  const text = useText();
  const [cursor, setCursor] = useState<number>();
  return (
    <div className="flex flex-col gap-4">
      <div className="grid gap-4 md:grid-cols-2 2xl:grid-cols-3">
        {charts.map((chart) => (
          <ChartCard
            key={chart.id}
            chart={chart}
            view={view}
            minutes={minutes}
            cursor={cursor}
            onCursor={setCursor}
          />
        ))}
      </div>
      <div className="grid items-start gap-4 xl:grid-cols-2">
        <CallsTable
          title={text.metrics.operations}
          nameHead={text.metrics.operation}
          empty={text.metrics.noCalls}
          calls={view.calls}
        />
        <CallsTable
          title={text.metrics.services}
          nameHead={text.metrics.service}
          empty={text.metrics.noTasks}
          calls={view.tasks}
        />
      </div>
      <NewestTable view={view} />
    </div>
  );
}

function ChartCard({
  chart,
  view,
  minutes,
  cursor,
  onCursor,
}: {
  readonly chart: ChartShown;
  readonly view: MetricsView;
  readonly minutes: number;
  readonly cursor: number | undefined;
  readonly onCursor: (index: number | undefined) => void;
}) {
  const text = useText();
  const format = useFormat();
  const { title, hint } = text.metrics.charts[chart.id];
  const at = cursor === undefined ? view.times.length - 1 : Math.min(cursor, view.times.length - 1);
  const from = Math.max(view.now - minutes * 60_000, 0);
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
              <svg viewBox="0 0 16 4" width={16} height={4} aria-hidden>
                <path
                  d="M0 2h16"
                  strokeWidth={2.5}
                  strokeDasharray={isDashed === true ? "4 2" : undefined}
                  style={{ stroke: `var(${colour})` }}
                />
              </svg>
              {text.metrics.series[name]}
              <span className="font-semibold text-text tabular-nums">
                {formatValue(series?.values[at], series?.unit ?? "count", format, text)}
              </span>
            </span>
          );
        })}
        <span className="ml-auto tabular-nums">
          {cursor === undefined ? "" : format.dateTime(view.times[at] ?? view.now)}
        </span>
      </div>
      <LineChart
        view={view}
        lines={chart.lines}
        from={from}
        label={`${title}: ${words}`}
        onCursor={onCursor}
      />
      <p className="mt-2 text-xs text-dim">{hint}</p>
    </Card>
  );
}
