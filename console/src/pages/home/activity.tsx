import { Link, useNavigate } from "@tanstack/react-router";
import type { HomeView } from "../../../../src/console/view-types.ts";
import { useFormat, useText } from "../../i18n/language.tsx";
import { Card } from "../../parts/layout.tsx";
import { toneText, type Tone } from "../../parts/status.tsx";
import { StartHistogram } from "../executions/start-histogram.tsx";

/** How many ran in a day, how many of them well, and when. */
export function Activity({
  counts: { running, succeeded, failed },
  bars,
}: {
  readonly counts: HomeView["counts"];
  readonly bars: HomeView["histogram"];
}) {
  const text = useText();
  const format = useFormat();
  const navigate = useNavigate();
  const words = text.home.activity;
  const ended = succeeded + failed;
  const rate = ended === 0 ? words.noRate : format.percent(succeeded / ended);
  return (
    <Card title={words.title}>
      <div className="grid items-end gap-x-8 gap-y-5 lg:grid-cols-[auto_1fr]">
        <dl className="grid grid-cols-2 gap-x-8 gap-y-4 sm:grid-cols-4 lg:grid-cols-2">
          <Figure label={words.rate} value={rate} tone={failed > 0 ? undefined : "ok"} />
          <Figure
            label={words.running}
            value={format.number(running)}
            tone="run"
            filter="status:running"
          />
          <Figure
            label={words.succeeded}
            value={format.number(succeeded)}
            tone="ok"
            filter="status:succeeded started:>-24h"
          />
          <Figure
            label={words.failed}
            value={format.number(failed)}
            tone={failed > 0 ? "fail" : undefined}
            filter="status:failed status:timed_out status:aborted started:>-24h"
          />
        </dl>
        <div className="min-w-0">
          <StartHistogram
            bars={bars}
            onPick={(from, to) =>
              void navigate({
                to: "/executions",
                search: {
                  q: `started:${new Date(from).toISOString()}..${new Date(to).toISOString()}`,
                },
              })
            }
          />
        </div>
      </div>
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
