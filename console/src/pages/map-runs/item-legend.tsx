import { useMemo } from "react";
import { itemStatuses, type ItemStatus } from "../../../../src/console/view-types.ts";
import { useFormat, useText } from "../../i18n/language.tsx";
import { countStatuses } from "./item-statuses.ts";

const fills: Readonly<Record<ItemStatus, string>> = {
  pending: "fill-line",
  running: "fill-run",
  succeeded: "fill-ok",
  failed: "fill-fail",
  aborted: "fill-off",
  pendingRedrive: "fill-wait",
};

/** A status as the grid draws it. */
export function ItemSign({ status }: { readonly status: ItemStatus }) {
  const isSmall = status === "running";
  return (
    <svg viewBox="0 0 12 12" width={12} height={12} aria-hidden className="shrink-0">
      <rect
        x={isSmall ? 2.7 : 0}
        y={isSmall ? 2.7 : 0}
        width={isSmall ? 6.6 : 12}
        height={isSmall ? 6.6 : 12}
        className={fills[status]}
      />
      {status === "failed" && (
        <path d="M3 3l6 6M9 3l-6 6" className="stroke-surface" strokeWidth={1.75} />
      )}
      {status === "aborted" && <path d="M3 6h6" className="stroke-surface" strokeWidth={1.75} />}
      {status === "pendingRedrive" && (
        <path d="M6 3v6" className="stroke-surface" strokeWidth={1.75} />
      )}
    </svg>
  );
}

/** What the cells mean, and how many there are of each. */
export function StatusLegend({ statuses }: { readonly statuses: Uint8Array }) {
  const text = useText();
  const format = useFormat();
  const counts = useMemo(() => countStatuses(statuses), [statuses]);
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 text-xs text-dim">
      {itemStatuses.map((status, number) =>
        counts[number] === 0 ? null : (
          <li key={status} className="inline-flex items-center gap-1.5 whitespace-nowrap">
            <ItemSign status={status} />
            {text.mapRuns.itemStatus[status]}
            <span className="font-medium text-text tabular-nums">
              {format.number(counts[number] ?? 0)}
            </span>
          </li>
        ),
      )}
    </ul>
  );
}
