import type { MapRunTimesView } from "../../../../src/console/view-types.ts";
import { useFormat, useText } from "../../i18n/language.tsx";
import { ItemSign } from "./item-legend.tsx";

/** The items that took longest, and those that have been running for as long. */
export function SlowestItems({
  times: { slowest, p50 },
  onPick,
}: {
  readonly times: MapRunTimesView;
  readonly onPick: (index: number) => void;
}) {
  const { mapRuns: text } = useText();
  const format = useFormat();
  const longest = slowest[0]?.took ?? 0;
  if (slowest.length === 0)
    return <p className="px-4 py-6 text-center text-dim">{text.noDurations}</p>;
  return (
    <ol aria-label={text.slowest}>
      {slowest.map(({ index, took, status }) => (
        <li key={index} className="border-b border-line last:border-0">
          <button
            type="button"
            onClick={() => onPick(index)}
            className="grid w-full grid-cols-[auto_minmax(4.5rem,auto)_1fr_minmax(7rem,auto)] items-center gap-3 px-4 py-1.5 text-left text-[13px] hover:bg-sunken"
          >
            <ItemSign status={status} />
            <span className="tabular-nums">
              <span className="sr-only">{text.itemStatus[status]} </span>
              {text.itemAt(format.number(index))}
            </span>
            <span aria-hidden className="h-1.5 overflow-hidden rounded-full bg-line">
              <span
                className="block h-full bg-run"
                style={{ width: `${longest === 0 ? 0 : (took / longest) * 100}%` }}
              />
            </span>
            <span className="text-right whitespace-nowrap tabular-nums">
              {format.duration(took)}
              {p50 !== undefined && p50 > 0 && took >= 2 * p50 && (
                <span className="ml-2 text-xs text-dim">
                  {text.timesMedian(format.number(Math.round(took / p50)))}
                </span>
              )}
            </span>
          </button>
        </li>
      ))}
    </ol>
  );
}
