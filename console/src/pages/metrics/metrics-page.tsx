import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { X } from "lucide-react";
import { useMemo, useState } from "react";
import type { ServerMetricsView, TimeWindow } from "../../../../src/console/view-types.ts";
import { server } from "../../api/client.ts";
import { keys } from "../../api/keys.ts";
import { useLive } from "../../api/live.ts";
import { useFormat, useText } from "../../i18n/language.tsx";
import { Button } from "../../parts/button.tsx";
import { Card, Empty, PageHead } from "../../parts/layout.tsx";
import { Read } from "../../parts/query-state.tsx";
import { Segments } from "../../parts/segments.tsx";
import { startedWithin, windowOf } from "../../parts/window-search.ts";
import { CallsTable } from "./calls-table.tsx";
import { ChartCard } from "./chart-card.tsx";
import { charts } from "./charts.ts";
import { DurationsTable } from "./durations-table.tsx";
import { ranges, type Range } from "./metrics-search.ts";
import { NewestTable } from "./newest-table.tsx";

const usualRange: Range = 15;
/** Our choice: a shorter time has too few samples for a line. */
const leastMs = 20_000;

function atLeast({ from, to }: TimeWindow): TimeWindow {
  const missing = Math.max(0, leastMs - (to - from));
  return { from: Math.round(from - missing / 2), to: Math.round(to + missing / 2) };
}

/** What this process has counted of itself, in the last minutes. */
export function MetricsPage() {
  useLive({ executions: false });
  const text = useText();
  const format = useFormat();
  const navigate = useNavigate();
  const search = useSearch({ from: "/metrics" });
  const { range = usualRange } = search;
  const window = useMemo(() => windowOf(search), [search]);
  const query = useQuery({
    queryKey: keys.metrics(range, window),
    queryFn: () => server.metrics(range, window),
    // What has been is not measured again.
    refetchInterval: window === undefined ? 5_000 : false,
    placeholderData: keepPreviousData,
  });
  const zoom = (chosen: TimeWindow | undefined) => {
    const { range: asked } = search;
    void navigate({
      to: "/metrics",
      resetScroll: false,
      search: { ...(asked !== undefined && { range: asked }), ...(chosen && atLeast(chosen)) },
    });
  };
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
        <Segments
          label={text.metrics.range}
          options={ranges.map((minutes) => ({
            id: String(minutes),
            label: text.metrics.minutes(format.number(minutes)),
          }))}
          selected={String(range)}
          onSelect={(id) => {
            const next = ranges.find((each) => String(each) === id);
            void navigate({
              to: "/metrics",
              replace: true,
              search: next === undefined || next === usualRange ? {} : { range: next },
            });
          }}
        />
      </PageHead>
      {window !== undefined && <ZoomBar window={window} onReset={() => zoom(undefined)} />}
      <Read query={query}>
        {(view) =>
          view.times.length < 2 ? (
            <Card>
              {window === undefined ? (
                <Empty title={text.metrics.empty}>{text.metrics.emptyHint}</Empty>
              ) : (
                <Empty title={text.metrics.emptyWindow}>{text.metrics.emptyWindowHint}</Empty>
              )}
            </Card>
          ) : (
            <Shown view={view} window={window} minutes={range} onBrush={zoom} />
          )
        }
      </Read>
    </>
  );
}

function Shown({
  view,
  window,
  minutes,
  onBrush,
}: {
  readonly view: ServerMetricsView;
  readonly window: TimeWindow | undefined;
  readonly minutes: number;
  readonly onBrush: (window: TimeWindow | undefined) => void;
}) {
  const text = useText();
  const [cursor, setCursor] = useState<number>();
  // What is being read may still be that of another window.
  const drawn = useMemo(
    () => (window === undefined ? view : { ...view, now: window.to }),
    [view, window],
  );
  const from = window?.from ?? Math.max(view.now - minutes * 60_000, 0);
  return (
    <div className="flex flex-col gap-4">
      <div className="grid gap-4 md:grid-cols-2 2xl:grid-cols-3">
        {charts.map((chart) => (
          <ChartCard
            key={chart.id}
            chart={chart}
            view={drawn}
            from={from}
            cursor={cursor}
            onCursor={setCursor}
            onBrush={onBrush}
          />
        ))}
      </div>
      <DurationsTable rows={view.workflows} />
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

/** Which part of the time the charts show, what ran in it, and the way back. */
function ZoomBar({
  window,
  onReset,
}: {
  readonly window: TimeWindow;
  readonly onReset: () => void;
}) {
  const text = useText();
  const format = useFormat();
  return (
    <div className="mb-4 flex flex-wrap items-center gap-x-4 gap-y-2 rounded-xl border border-line bg-accent-soft px-4 py-2 text-[13px]">
      <p role="status" className="grow">
        <span className="font-semibold tabular-nums">
          {text.metrics.zoomed(format.dateTime(window.from), format.dateTime(window.to))}
        </span>{" "}
        <span className="text-dim">{format.duration(window.to - window.from)}</span>
      </p>
      <Link
        to="/executions"
        search={{ q: startedWithin(window) }}
        className="inline-flex min-h-7 items-center font-medium text-accent hover:underline"
      >
        {text.metrics.show}
      </Link>
      <Button look="quiet" className="h-7" onPress={onReset}>
        <X aria-hidden size={14} />
        {text.metrics.reset}
      </Button>
    </div>
  );
}
