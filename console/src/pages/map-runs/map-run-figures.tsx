import { Pencil } from "lucide-react";
import { useState, type ReactNode } from "react";
import type { MapRunCountsView, MapRunView } from "../../../../src/console/view-types.ts";
import { useFormat, useText } from "../../i18n/language.tsx";
import { Button } from "../../parts/button.tsx";
import { Card } from "../../parts/layout.tsx";
import { Took } from "../../parts/time.tsx";
import { CountsBar, endedOf, failedOf } from "./counts-bar.tsx";
import { EditMapRun } from "./edit-map-run.tsx";

/** How far the run is, how fast, and within which limits. */
export function MapRunFigures({ run }: { readonly run: MapRunView }) {
  const text = useText();
  const format = useFormat();
  const [isEditing, setEditing] = useState(false);
  const isRunning = run.status === "RUNNING";
  const counts = run.itemCounts;
  const ended = endedOf(run.executionCounts);
  const left = Math.max(0, run.executionCounts.total, run.items.total) - ended;
  const rate = run.rate >= 10 ? Math.round(run.rate) : Math.round(run.rate * 10) / 10;
  return (
    <Card>
      <div className="mb-4 flex flex-col gap-2">
        <div className="flex flex-wrap items-baseline justify-between gap-x-4">
          <span className="text-[15px] font-semibold tabular-nums">
            {text.mapRuns.ended(format.number(endedOf(counts)), format.number(counts.total))}
          </span>
          <span className="text-dim tabular-nums">{format.percent(shareEnded(counts))}</span>
        </div>
        <CountsBar counts={counts} className="h-2.5" />
      </div>
      <dl className="grid grid-cols-2 gap-x-6 gap-y-4 sm:grid-cols-3 xl:grid-cols-5">
        <Figure name={text.mapRuns.rate}>{text.mapRuns.perSecond(format.number(rate))}</Figure>
        {isRunning ? (
          <Figure name={text.mapRuns.left}>
            {run.rate > 0 ? format.duration((left / run.rate) * 1_000) : text.mapRuns.unknown}
          </Figure>
        ) : (
          <Figure name={text.mapRuns.took}>
            <Took from={run.startDate} to={run.stopDate} />
          </Figure>
        )}
        <Figure name={text.mapRuns.concurrency}>
          {run.maxConcurrency === 0 ? text.mapRuns.unlimited : format.number(run.maxConcurrency)}
        </Figure>
        <Figure name={text.mapRuns.tolerated}>
          <Tolerance run={run} />
        </Figure>
        {isRunning && (
          <div className="flex items-end xl:justify-end">
            <Button onPress={() => setEditing(true)}>
              <Pencil aria-hidden size={13} />
              {text.mapRuns.edit}
            </Button>
          </div>
        )}
      </dl>
      {isEditing && <EditMapRun run={run} onClose={() => setEditing(false)} />}
    </Card>
  );
}

/** 100 % is said only of what has ended altogether. */
function shareEnded(counts: MapRunCountsView): number {
  if (counts.total === 0) return 0;
  const share = endedOf(counts) / counts.total;
  return share < 1 ? Math.min(share, 0.999) : share;
}

function Figure({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-xs text-dim">{name}</dt>
      <dd className="mt-0.5 text-[15px] font-medium tabular-nums">{children}</dd>
    </div>
  );
}

/** How much of what is tolerated has failed. */
function Tolerance({ run }: { readonly run: MapRunView }) {
  const text = useText();
  const format = useFormat();
  const { toleratedFailureCount: count, toleratedFailurePercentage: percentage } = run;
  if (count === 0 && percentage === 0) return <>{text.mapRuns.toleratedNone}</>;
  const words =
    percentage === 0
      ? text.mapRuns.toleratedCount(format.number(count))
      : count === 0
        ? text.mapRuns.toleratedPercentage(format.percent(percentage / 100))
        : text.mapRuns.toleratedBoth(format.number(count), format.percent(percentage / 100));
  const ofPercentage = Math.floor((run.itemCounts.total * percentage) / 100);
  const limit =
    count === 0 ? ofPercentage : percentage === 0 ? count : Math.min(count, ofPercentage);
  const failed = failedOf(run.itemCounts);
  const share = limit === 0 ? 1 : Math.min(1, failed / limit);
  const label = text.mapRuns.toleranceUsed(format.number(failed), format.number(limit));
  return (
    <>
      {words}
      <div
        role="meter"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={limit}
        aria-valuenow={Math.min(failed, limit)}
        title={label}
        className="mt-1.5 h-1.5 w-full max-w-40 overflow-hidden rounded-full bg-line"
      >
        <div
          className={`h-full ${share >= 1 ? "bg-fail" : share > 0.7 ? "bg-wait" : "bg-ok"}`}
          style={{ width: `${share * 100}%` }}
        />
      </div>
      <div className="mt-1 text-xs font-normal text-dim">{label}</div>
    </>
  );
}
