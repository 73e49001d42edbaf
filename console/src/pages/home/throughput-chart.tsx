import { useRef, useState, type KeyboardEvent, type PointerEvent } from "react";
import type { HistogramBar, TimeWindow } from "../../../../src/console/view-types.ts";
import { useFormat, useText } from "../../i18n/language.tsx";
import { brushedByKey, endsOf, type Brush } from "../../parts/brush.ts";
import { brushOfWindow, countsOf, isWindowOf, windowOfBrush } from "./bars.ts";

/**
 * Starts over time by outcome, of which a part can be chosen: dragged over, or by the arrow keys, which choose when the
 * key is let go. Escape chooses all of it again.
 */
export function ThroughputChart({
  bars,
  window,
  onChoose,
}: {
  readonly bars: readonly HistogramBar[];
  readonly window: TimeWindow | undefined;
  readonly onChoose: (window: TimeWindow | undefined) => void;
}) {
  const text = useText();
  const format = useFormat();
  const words = text.home.activity;
  const box = useRef<HTMLDivElement>(null);
  /** What is being chosen, and, once it is, from which end it goes on; absent: nothing is. */
  const [draft, setDraft] = useState<Brush>();
  const [isChosen, setChosen] = useState(false);
  const [pointed, setPointed] = useState<number>();
  const isDragged = useRef(false);
  const first = bars[0];
  const last = bars.at(-1);
  if (first === undefined || last === undefined) return null;

  const highest = Math.max(1, ...bars.map((bar) => countsOf([bar]).total));
  const isInForce = draft !== undefined && (!isChosen || isWindowOf(bars, draft, window));
  const brush = isInForce ? draft : window && brushOfWindow(bars, window);
  const isChoosing = isInForce && !isChosen;
  const [from, to] = brush === undefined ? [0, -1] : endsOf(brush);
  const chosen = bars.slice(from, to + 1);
  const said = (some: readonly HistogramBar[]): string => {
    const [begin, end] = [some[0], some.at(-1)];
    if (begin === undefined || end === undefined) return "";
    const { total, failed } = countsOf(some);
    return words.chosen(
      format.timeRange(begin.from, end.to),
      format.number(total),
      format.number(failed),
    );
  };
  const choose = (next: Brush) => {
    setChosen(true);
    onChoose(windowOfBrush(bars, next));
  };
  const begin = (next: Brush) => {
    setDraft(next);
    setChosen(false);
  };
  const barAt = ({ clientX }: PointerEvent): number => {
    const { left = 0, width = 1 } = box.current?.getBoundingClientRect() ?? {};
    const index = Math.floor(((clientX - left) / width) * bars.length);
    return Math.max(0, Math.min(bars.length - 1, index));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape" && brush !== undefined) {
      event.preventDefault();
      setDraft(undefined);
      onChoose(undefined);
    }
    const next = brushedByKey(brush, event, bars.length);
    if (next === undefined) return;
    event.preventDefault();
    begin(next);
  };
  const hovered = pointed === undefined ? undefined : bars[pointed];

  return (
    <div className="min-w-0">
      <p aria-hidden className="mb-1 flex gap-3 text-xs text-dim tabular-nums">
        <span className="min-w-0 grow truncate">
          {hovered !== undefined && !isChoosing
            ? said([hovered])
            : said(chosen) || words.chooseHint}
        </span>
        <span className="whitespace-nowrap">{words.highest(format.number(highest))}</span>
      </p>
      <div
        ref={box}
        role="slider"
        tabIndex={0}
        aria-label={`${words.chart}. ${words.keys}`}
        aria-valuemin={0}
        aria-valuemax={bars.length - 1}
        aria-valuenow={brush?.end ?? bars.length - 1}
        aria-valuetext={said(chosen) || words.wholeDay}
        onKeyDown={onKeyDown}
        onKeyUp={() => !isDragged.current && isChoosing && choose(draft)}
        onBlur={() => !isDragged.current && isChoosing && choose(draft)}
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          isDragged.current = true;
          const at = barAt(event);
          begin({ anchor: at, end: at });
        }}
        onPointerMove={(event) => {
          const at = barAt(event);
          setPointed(at);
          if (isDragged.current) setDraft((before) => ({ anchor: before?.anchor ?? at, end: at }));
        }}
        onPointerLeave={() => setPointed(undefined)}
        onPointerUp={() => {
          if (isDragged.current && draft !== undefined) choose(draft);
          isDragged.current = false;
        }}
        onPointerCancel={() => {
          isDragged.current = false;
          setDraft(undefined);
        }}
        className="flex h-24 cursor-crosshair touch-pan-y items-end border-b border-line select-none"
      >
        {bars.map((bar, index) => (
          <Bar
            key={bar.from}
            bar={bar}
            highest={highest}
            look={
              brush === undefined ? "plain" : index >= from && index <= to ? "chosen" : "left out"
            }
          />
        ))}
      </div>
      <div aria-hidden className="mt-1.5 flex justify-between gap-3 text-xs text-dim tabular-nums">
        {ticks(bars).map((at) => (
          <span key={at}>{format.clock(at)}</span>
        ))}
      </div>
    </div>
  );
}

/** Both ends, and three times between them. */
function ticks(bars: readonly HistogramBar[]): readonly number[] {
  const [from, to] = [bars[0]?.from ?? 0, bars.at(-1)?.to ?? 0];
  return [0, 0.25, 0.5, 0.75, 1].map((share) => from + (to - from) * share);
}

function Bar({
  bar,
  highest,
  look,
}: {
  readonly bar: HistogramBar;
  readonly highest: number;
  readonly look: "plain" | "chosen" | "left out";
}) {
  const parts = [
    ["bg-ok", bar.succeeded],
    ["bg-fail", bar.failed],
    ["bg-run", bar.running],
  ] as const;
  return (
    <span
      className={`flex h-full min-w-0 grow basis-0 flex-col-reverse gap-px px-px ${look === "chosen" ? "bg-accent-soft" : ""}`}
    >
      {parts.map(([fill, count]) =>
        count === 0 ? null : (
          <span
            key={fill}
            className={`block min-h-0.5 w-full rounded-[1px] ${fill} ${look === "left out" ? "opacity-35" : ""}`}
            style={{ height: `${(count / highest) * 100}%` }}
          />
        ),
      )}
    </span>
  );
}
