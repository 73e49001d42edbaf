import type { HistogramBar } from "../../../src/console/view-types.ts";
import { useFormat, useText } from "../i18n/language.tsx";

/** A line of small columns; what it says is also in its name. */
export function Sparkline({
  values,
  label,
}: {
  readonly values: readonly number[];
  readonly label: string;
}) {
  const highest = Math.max(1, ...values);
  const width = 96;
  const step = width / values.length;
  return (
    <svg role="img" aria-label={label} width={width} height={22} className="block text-run">
      {values.map((value, index) => (
        <rect
          key={index}
          x={index * step}
          width={Math.max(1, step - 1)}
          y={22 - Math.max(value === 0 ? 1 : 2, (value / highest) * 20)}
          height={Math.max(value === 0 ? 1 : 2, (value / highest) * 20)}
          rx={1}
          className={value === 0 ? "fill-line" : "fill-current"}
        />
      ))}
    </svg>
  );
}

/** How many went well, failed, and run, as parts of one bar. */
export function OutcomeBar({
  succeeded,
  failed,
  running,
}: {
  readonly succeeded: number;
  readonly failed: number;
  readonly running: number;
}) {
  const text = useText();
  const format = useFormat();
  const total = succeeded + failed + running;
  const words = [
    `${text.status.SUCCEEDED} ${format.number(succeeded)}`,
    `${text.status.FAILED} ${format.number(failed)}`,
    `${text.status.RUNNING} ${format.number(running)}`,
  ].join(", ");
  return (
    <div
      role="img"
      aria-label={words}
      title={words}
      className="flex h-2 w-full min-w-24 gap-px overflow-hidden rounded-full bg-sunken"
    >
      {[
        ["bg-ok", succeeded],
        ["bg-fail", failed],
        ["bg-run", running],
      ].map(([fill, count]) =>
        count === 0 ? null : (
          <div
            key={fill}
            className={String(fill)}
            style={{ width: `${Math.max(3, (Number(count) / total) * 100)}%` }}
          />
        ),
      )}
    </div>
  );
}

/** Starts over time by outcome. A range that is dragged, or picked by keyboard, is told. */
export function Histogram({
  bars,
  height = 72,
  onPick,
}: {
  readonly bars: readonly HistogramBar[];
  readonly height?: number;
  readonly onPick?: (from: number, to: number) => void;
}) {
  const text = useText();
  const format = useFormat();
  const highest = Math.max(
    1,
    ...bars.map(({ running, succeeded, failed }) => running + succeeded + failed),
  );
  return (
    <div className="flex items-end gap-[2px]" style={{ height }}>
      {bars.map((bar) => {
        const total = bar.running + bar.succeeded + bar.failed;
        const part = (count: number) => `${(count / highest) * 100}%`;
        const label = `${format.dateTime(bar.from)}: ${format.number(total)}, ${text.status.FAILED} ${format.number(bar.failed)}`;
        return (
          <button
            key={bar.from}
            type="button"
            aria-label={label}
            title={label}
            disabled={onPick === undefined || total === 0}
            onClick={() => onPick?.(bar.from, bar.to)}
            className="flex h-full min-w-0 grow cursor-default flex-col-reverse gap-px rounded-sm enabled:cursor-pointer enabled:hover:bg-sunken"
          >
            <span
              className="block w-full rounded-[1px] bg-ok"
              style={{ height: part(bar.succeeded) }}
            />
            <span
              className="block w-full rounded-[1px] bg-fail"
              style={{ height: part(bar.failed) }}
            />
            <span
              className="block w-full rounded-[1px] bg-run"
              style={{ height: part(bar.running) }}
            />
            {total === 0 && <span className="block h-px w-full bg-line" />}
          </button>
        );
      })}
    </div>
  );
}
