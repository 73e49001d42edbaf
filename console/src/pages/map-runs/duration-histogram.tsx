import type { MapRunTimesView } from "../../../../src/console/view-types.ts";
import { useFormat, useText } from "../../i18n/language.tsx";
import { Button } from "../../parts/button.tsx";

/** Milliseconds: so many or more, and less than so many; without an end: all that took longer. */
export interface DurationRange {
  readonly least: number;
  readonly below?: number | undefined;
}

/** How many items took how long; a press on a bar shows only those. What is far from the rest has a bar of its own. */
export function DurationHistogram({
  times: { durations, p50, p95, outliersFrom },
  range,
  onRange,
}: {
  readonly times: MapRunTimesView;
  readonly range: DurationRange | undefined;
  readonly onRange: (range: DurationRange | undefined) => void;
}) {
  const { mapRuns: text } = useText();
  const format = useFormat();
  const first = durations[0];
  if (first === undefined) return <p className="py-6 text-center text-dim">{text.noDurations}</p>;
  const highest = Math.max(...durations.map(({ count }) => count));
  const usual = durations.filter(({ to }) => to !== undefined);
  const outliers = durations.find(({ to }) => to === undefined);
  const rangeText = ({ from, to }: { readonly from: number; readonly to?: number }) =>
    to === undefined
      ? text.durationMore(format.duration(from))
      : text.durationRange(format.duration(from), format.duration(to));
  return (
    <div className="flex flex-col gap-3">
      <dl className="flex flex-wrap gap-x-5 gap-y-1 text-[13px]">
        {p50 !== undefined && <Named name={text.median} value={format.duration(p50)} />}
        {p95 !== undefined && <Named name={text.p95} value={format.duration(p95)} />}
        {outliers !== undefined && outliersFrom !== undefined && (
          <Named
            name={text.outliers(format.duration(outliersFrom))}
            value={format.number(outliers.count)}
          />
        )}
      </dl>
      <ul aria-label={text.durations} className="flex h-32 items-end gap-[2px]">
        {durations.map((bar) => {
          const { from, to, count, failed } = bar;
          const isChosen = range?.least === from && range.below === to;
          const label = text.durationBar(
            rangeText(bar),
            format.number(count),
            format.number(failed),
          );
          const high = (part: number) => `${(part / highest) * 100}%`;
          return (
            <li
              key={from}
              className={`flex h-full min-w-0 grow ${to === undefined ? "ml-3 w-12 shrink-0 grow-0!" : ""}`}
            >
              <button
                type="button"
                aria-label={label}
                aria-pressed={isChosen}
                title={label}
                disabled={count === 0 && !isChosen}
                onClick={() => onRange(isChosen ? undefined : { least: from, below: to })}
                className={`flex h-full w-full flex-col-reverse rounded-sm enabled:cursor-pointer enabled:hover:bg-sunken ${isChosen ? "bg-accent-soft outline-2 -outline-offset-1 outline-accent" : ""}`}
              >
                <span
                  className={`block w-full rounded-t-[1px] ${to === undefined ? "bg-wait" : "bg-run"} ${count > failed ? "min-h-[2px]" : ""}`}
                  style={{ height: high(count - failed) }}
                />
                <span
                  className={`block w-full rounded-t-[1px] bg-fail ${failed > 0 ? "min-h-[2px]" : ""}`}
                  style={{ height: high(failed) }}
                />
                {count === 0 && <span className="block h-px w-full bg-line" />}
              </button>
            </li>
          );
        })}
      </ul>
      <div aria-hidden className="flex text-xs text-dim tabular-nums">
        <span className="grow">{format.duration(first.from)}</span>
        <span>{format.duration(usual.at(-1)?.to ?? first.from)}</span>
        {outliers !== undefined && (
          <span className="ml-3 w-12 text-center">{text.outlierMark}</span>
        )}
      </div>
      <div className="flex min-h-8 flex-wrap items-center justify-between gap-x-4 gap-y-1 text-xs text-dim">
        <span className="flex flex-wrap gap-x-4">
          <Key look="bg-run" name={text.keyUsual} />
          {outliers !== undefined && <Key look="bg-wait" name={text.keyOutliers} />}
          {durations.some(({ failed }) => failed > 0) && (
            <Key look="bg-fail" name={text.itemStatus.failed} />
          )}
        </span>
        {range !== undefined && <Button onPress={() => onRange(undefined)}>{text.allItems}</Button>}
      </div>
    </div>
  );
}

/** What a colour of a chart means. */
export function Key({ look, name }: { readonly look: string; readonly name: string }) {
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
      <span aria-hidden className={`h-2.5 w-2.5 rounded-[2px] ${look}`} />
      {name}
    </span>
  );
}

function Named({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div className="flex gap-1.5">
      <dt className="text-dim">{name}</dt>
      <dd className="font-medium tabular-nums">{value}</dd>
    </div>
  );
}
