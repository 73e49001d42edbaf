import { useRef, useState, type KeyboardEvent } from "react";
import type { HistogramBar } from "../../../../src/console/view-types.ts";
import { useFormat, useText } from "../../i18n/language.tsx";

interface Range {
  /** Where it was begun; the other end may be before it. */
  readonly anchor: number;
  readonly end: number;
}

/** Starts over time by outcome. A bar that is pressed, or several that are dragged over, narrow the time. */
export function StartHistogram({
  bars,
  onPick,
}: {
  readonly bars: readonly HistogramBar[];
  readonly onPick: (from: number, to: number) => void;
}) {
  const text = useText();
  const format = useFormat();
  const box = useRef<HTMLDivElement>(null);
  const [range, setRange] = useState<Range>();
  const isDragged = useRef(false);
  const highest = Math.max(1, ...bars.map(totalOf));
  const first = bars[0];
  const last = bars.at(-1);
  if (first === undefined || last === undefined) return null;

  const barAt = (x: number): number => {
    const { left = 0, width = 1 } = box.current?.getBoundingClientRect() ?? {};
    return clamp(Math.floor(((x - left) / width) * bars.length), bars.length);
  };
  const pick = ({ anchor, end }: Range) => {
    const from = bars[Math.min(anchor, end)];
    const to = bars[Math.max(anchor, end)];
    if (from !== undefined && to !== undefined) onPick(from.from, to.to - 1);
    setRange(undefined);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const move = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (move !== 0) {
      event.preventDefault();
      const end = range === undefined ? bars.length - 1 : clamp(range.end + move, bars.length);
      setRange({ anchor: event.shiftKey && range !== undefined ? range.anchor : end, end });
    } else if ((event.key === "Enter" || event.key === " ") && range !== undefined) {
      event.preventDefault();
      pick(range);
    } else if (event.key === "Escape") setRange(undefined);
  };

  const selected =
    range === undefined
      ? []
      : bars.slice(Math.min(range.anchor, range.end), Math.max(range.anchor, range.end) + 1);
  const words = spoken(selected);
  function spoken(chosen: readonly HistogramBar[]): string {
    const begin = chosen[0];
    const end = chosen.at(-1);
    if (begin === undefined || end === undefined) return "";
    const total = format.number(sum(chosen, totalOf));
    return chosen.length === 1
      ? text.executions.histogram.bar(
          format.dateTime(begin.from),
          total,
          format.number(begin.failed),
        )
      : text.executions.histogram.range(
          format.dateTime(begin.from),
          format.dateTime(end.to),
          total,
        );
  }

  return (
    <div>
      <div
        ref={box}
        role="slider"
        tabIndex={0}
        aria-label={`${text.executions.histogram.label}. ${text.executions.histogram.keys}`}
        aria-valuemin={0}
        aria-valuemax={bars.length - 1}
        aria-valuenow={range?.end ?? bars.length - 1}
        aria-valuetext={words === "" ? text.app.none : words}
        onKeyDown={onKeyDown}
        onBlur={() => setRange(undefined)}
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          isDragged.current = true;
          const at = barAt(event.clientX);
          setRange({ anchor: at, end: at });
        }}
        onPointerMove={(event) => {
          const end = barAt(event.clientX);
          if (isDragged.current) setRange((before) => ({ anchor: before?.anchor ?? end, end }));
          else if (range?.anchor !== end || range.end !== end) setRange({ anchor: end, end });
        }}
        onPointerLeave={() => !isDragged.current && setRange(undefined)}
        onPointerUp={() => {
          if (isDragged.current && range !== undefined) pick(range);
          isDragged.current = false;
        }}
        onPointerCancel={() => {
          isDragged.current = false;
          setRange(undefined);
        }}
        className="flex h-16 cursor-crosshair touch-pan-y items-end select-none"
      >
        {bars.map((bar, index) => (
          <Bar key={bar.from} bar={bar} highest={highest} isSelected={isWithin(index, range)} />
        ))}
      </div>
      <div className="mt-1.5 flex justify-between gap-3 text-xs text-dim tabular-nums">
        <span className="whitespace-nowrap">{format.dateTime(first.from)}</span>
        <span aria-hidden className="min-w-0 truncate text-center max-sm:hidden">
          {words === "" ? text.executions.histogram.hint : words}
        </span>
        <span className="whitespace-nowrap">{format.dateTime(last.to)}</span>
      </div>
    </div>
  );
}

function Bar({
  bar,
  highest,
  isSelected,
}: {
  readonly bar: HistogramBar;
  readonly highest: number;
  readonly isSelected: boolean;
}) {
  const parts = [
    ["bg-ok", bar.succeeded],
    ["bg-fail", bar.failed],
    ["bg-run", bar.running],
  ] as const;
  return (
    <span
      className={`flex h-full min-w-0 grow basis-0 flex-col-reverse gap-px px-px ${isSelected ? "bg-accent-soft" : ""}`}
    >
      {totalOf(bar) === 0 && <span className="block h-px w-full bg-line" />}
      {parts.map(([fill, count]) =>
        count === 0 ? null : (
          <span
            key={fill}
            className={`block min-h-0.5 w-full rounded-[1px] ${fill}`}
            style={{ height: `${(count / highest) * 100}%` }}
          />
        ),
      )}
    </span>
  );
}

function totalOf({ running, succeeded, failed }: HistogramBar): number {
  return running + succeeded + failed;
}

export function sum(bars: readonly HistogramBar[], count: (bar: HistogramBar) => number): number {
  return bars.reduce((total, bar) => total + count(bar), 0);
}

function isWithin(index: number, range: Range | undefined): boolean {
  if (range === undefined) return false;
  return index >= Math.min(range.anchor, range.end) && index <= Math.max(range.anchor, range.end);
}

function clamp(index: number, count: number): number {
  return Math.max(0, Math.min(count - 1, index));
}
