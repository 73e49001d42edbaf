import { useState } from "react";
import type { MapRunTimesView } from "../../../../src/console/view-types.ts";
import { useFormat, useText } from "../../i18n/language.tsx";
import { Key } from "./duration-histogram.tsx";

const width = 480;
const height = 128;

/** Items that began and that ended each second, since the start. */
export function ThroughputChart({ moments }: { readonly moments: MapRunTimesView["throughput"] }) {
  const { mapRuns: text } = useText();
  const format = useFormat();
  const [chosen, setChosen] = useState<number>();
  const first = moments[0];
  const last = moments.at(-1);
  if (first === undefined || last === undefined)
    return <p className="py-6 text-center text-dim">{text.noDurations}</p>;
  const seconds = (first.to - first.from) / 1_000;
  const rates = moments.map(({ started, ended }) => ({
    started: started / seconds,
    ended: ended / seconds,
  }));
  const highest = Math.max(...rates.flatMap(({ started, ended }) => [started, ended]));
  const step = width / moments.length;
  const path = (which: "started" | "ended") =>
    rates
      .map((rate, at) => {
        const y = height - (rate[which] / Math.max(highest, Number.MIN_VALUE)) * (height - 4) - 1;
        return `${at === 0 ? "M" : "L"}${at * step} ${y}H${(at + 1) * step}`;
      })
      .join("");
  const shown = rates[chosen ?? -1];
  const at = moments[chosen ?? -1];
  const said = (rate: number) => text.perSecond(format.number(Math.round(rate * 10) / 10));
  const words =
    shown === undefined || at === undefined
      ? text.throughputMost(said(highest))
      : text.throughputAt(
          format.duration(at.from - first.from),
          said(shown.started),
          said(shown.ended),
        );
  const move = (to: number) => setChosen(Math.max(0, Math.min(moments.length - 1, to)));
  return (
    <div className="flex flex-col gap-3">
      <p className="min-h-5 text-[13px] tabular-nums" aria-hidden>
        {words}
      </p>
      <div
        role="slider"
        tabIndex={0}
        aria-label={text.throughput}
        aria-valuemin={0}
        aria-valuemax={moments.length - 1}
        aria-valuenow={chosen ?? 0}
        aria-valuetext={words}
        onPointerMove={(event) => {
          const box = event.currentTarget.getBoundingClientRect();
          move(Math.floor(((event.clientX - box.left) / box.width) * moments.length));
        }}
        onPointerLeave={() => setChosen(undefined)}
        onBlur={() => setChosen(undefined)}
        onKeyDown={(event) => {
          const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
          if (by === undefined) return;
          event.preventDefault();
          move((chosen ?? -1) + by);
        }}
        className="h-32 border-b border-line"
      >
        <svg
          aria-hidden
          viewBox={`0 0 ${width} ${height}`}
          preserveAspectRatio="none"
          className="h-full w-full"
        >
          {chosen !== undefined && (
            <rect x={chosen * step} width={step} height={height} className="fill-line" />
          )}
          <path
            d={`${path("ended")}V${height}H0Z`}
            className="fill-ok-soft stroke-ok"
            strokeWidth={1.5}
            vectorEffect="non-scaling-stroke"
          />
          <path
            d={path("started")}
            fill="none"
            className="stroke-run"
            strokeWidth={1.5}
            strokeDasharray="5 3"
            vectorEffect="non-scaling-stroke"
          />
        </svg>
      </div>
      <div aria-hidden className="flex justify-between text-xs text-dim tabular-nums">
        <span>{format.duration(0)}</span>
        <span>{format.duration(last.to - first.from)}</span>
      </div>
      <p className="flex min-h-8 flex-wrap items-center gap-x-4 text-xs text-dim">
        <Key look="bg-ok-soft outline outline-ok" name={text.finishedEach} />
        <Key
          look="border-t-2 border-dashed border-run rounded-none! h-0!"
          name={text.startedEach}
        />
      </p>
    </div>
  );
}
