import type { VisitView } from "../../../../src/console/view-types.ts";
import { useText } from "../../i18n/language.tsx";
import { StatusIcon, toneFill, toneOf } from "../../parts/status.tsx";
import { Took, useNow } from "../../parts/time.tsx";

/** The states of a short run as bars over its time. */
export function ItemTimeline({
  visits,
  startDate,
  stopDate,
  selected,
  onSelect,
}: {
  readonly visits: readonly VisitView[];
  readonly startDate: number;
  readonly stopDate: number | undefined;
  readonly selected: number | undefined;
  readonly onSelect: (visit: number | undefined) => void;
}) {
  const text = useText();
  const now = useNow();
  const end = stopDate ?? now;
  const whole = Math.max(1, end - startDate);
  return (
    <ol aria-label={text.mapRuns.timeline} className="rounded-lg border border-line">
      {visits.map((visit) => {
        const until = visit.exitedAt ?? end;
        const left = ((visit.enteredAt - startDate) / whole) * 100;
        const isSelected = visit.id === selected;
        return (
          <li key={visit.id} className="border-b border-line last:border-0">
            <button
              type="button"
              aria-pressed={isSelected}
              onClick={() => onSelect(isSelected ? undefined : visit.id)}
              className={`grid w-full grid-cols-[minmax(0,10rem)_1fr_4.5rem] items-center gap-3 px-3 py-1 text-left text-[13px] hover:bg-sunken ${isSelected ? "bg-accent-soft" : ""}`}
            >
              <span className="flex min-w-0 items-center gap-2">
                <StatusIcon status={visit.status} size={13} />
                <span className="sr-only">{text.status[visit.status]}</span>
                <span className="truncate">{visit.name}</span>
              </span>
              <span aria-hidden className="relative h-2 rounded-full bg-sunken">
                <span
                  className={`absolute inset-y-0 min-w-[3px] rounded-full ${toneFill[toneOf(visit.status)]}`}
                  style={{
                    left: `min(${Math.max(0, left)}%, calc(100% - 3px))`,
                    width: `${(Math.max(0, until - visit.enteredAt) / whole) * 100}%`,
                  }}
                />
              </span>
              <span className="text-right text-xs text-dim">
                <Took from={visit.enteredAt} to={visit.exitedAt ?? stopDate} />
              </span>
            </button>
          </li>
        );
      })}
    </ol>
  );
}
