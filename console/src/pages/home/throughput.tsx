import { Link, useNavigate } from "@tanstack/react-router";
import { X } from "lucide-react";
import type { HomeView, TimeWindow } from "../../../../src/console/view-types.ts";
import { useFormat, useText } from "../../i18n/language.tsx";
import { Button } from "../../parts/button.tsx";
import { Card } from "../../parts/layout.tsx";
import { toneText, type Tone } from "../../parts/status.tsx";
import { startedWithin } from "../../parts/window-search.ts";
import { cardLinkLook } from "./card-link.ts";
import { ThroughputChart } from "./throughput-chart.tsx";

/** How many ran in a day, how many of them well, and when. A window that is chosen filters all that follows. */
export function Throughput({
  counts: { running, succeeded, failed },
  bars,
  window,
}: {
  readonly counts: HomeView["counts"];
  readonly bars: HomeView["histogram"];
  readonly window: TimeWindow | undefined;
}) {
  const text = useText();
  const format = useFormat();
  const navigate = useNavigate();
  const words = text.home.activity;
  const ended = succeeded + failed;
  const rate = ended === 0 ? words.noRate : format.percent(succeeded / ended);
  const started = window === undefined ? "started:>-24h" : startedWithin(window);
  const choose = (next: TimeWindow | undefined) =>
    void navigate({ to: "/", replace: true, resetScroll: false, search: { ...next } });
  return (
    <Card title={words.title}>
      <div className="grid items-end gap-x-8 gap-y-5 lg:grid-cols-[auto_minmax(0,1fr)]">
        <dl className="grid grid-cols-2 gap-x-8 gap-y-4 sm:grid-cols-4 lg:grid-cols-2">
          <Figure label={words.rate} value={rate} tone={failed > 0 ? undefined : "ok"} />
          <Figure
            label={window === undefined ? words.running : words.runningOfWindow}
            value={format.number(running)}
            tone="run"
            filter={window === undefined ? "status:running" : `status:running ${started}`}
          />
          <Figure
            label={words.succeeded}
            value={format.number(succeeded)}
            tone="ok"
            filter={`status:succeeded ${started}`}
          />
          <Figure
            label={words.failed}
            value={format.number(failed)}
            tone={failed > 0 ? "fail" : undefined}
            filter={`status:failed status:timed_out status:aborted ${started}`}
          />
        </dl>
        <ThroughputChart bars={bars} window={window} onChoose={choose} />
      </div>
      {window !== undefined && (
        <div className="mt-4 flex flex-wrap items-center gap-x-4 gap-y-2 rounded-lg bg-accent-soft px-3 py-1.5 text-[13px]">
          <p role="status" className="grow">
            <span className="font-semibold tabular-nums">
              {format.timeRange(window.from, window.to)}
            </span>{" "}
            <span className="text-dim">{words.filters}</span>
          </p>
          <Link to="/executions" search={{ q: started }} className={cardLinkLook}>
            {words.show}
          </Link>
          <Button look="quiet" className="h-7" onPress={() => choose(undefined)}>
            <X aria-hidden size={14} />
            {words.clear}
          </Button>
        </div>
      )}
    </Card>
  );
}

function Figure({
  label,
  value,
  tone,
  filter,
}: {
  readonly label: string;
  readonly value: string;
  readonly tone?: Tone | undefined;
  readonly filter?: string;
}) {
  return (
    <div className="flex flex-col-reverse">
      <dt className="text-xs whitespace-nowrap text-dim">{label}</dt>
      <dd
        className={`text-2xl leading-tight font-semibold tracking-tight tabular-nums ${tone === undefined ? "" : toneText[tone]}`}
      >
        {filter === undefined ? (
          value
        ) : (
          <Link to="/executions" search={{ q: filter }} className="hover:underline">
            {value}
          </Link>
        )}
      </dd>
    </div>
  );
}
