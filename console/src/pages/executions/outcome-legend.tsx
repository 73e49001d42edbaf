import type { HistogramBar } from "../../../../src/console/view-types.ts";
import { useFormat, useText } from "../../i18n/language.tsx";
import { StatusIcon, type AnyStatus } from "../../parts/status.tsx";
import { sum } from "./start-histogram.tsx";

/** What the colours of a histogram mean, and how many there are of each. */
export function OutcomeLegend({ bars }: { readonly bars: readonly HistogramBar[] }) {
  const text = useText();
  const format = useFormat();
  const counts: readonly (readonly [AnyStatus, number])[] = [
    ["SUCCEEDED", sum(bars, ({ succeeded }) => succeeded)],
    ["FAILED", sum(bars, ({ failed }) => failed)],
    ["RUNNING", sum(bars, ({ running }) => running)],
  ];
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 text-xs text-dim">
      {counts.map(([status, count]) => (
        <li key={status} className="inline-flex items-center gap-1.5">
          <StatusIcon status={status} size={13} />
          {text.status[status]}
          <span className="font-semibold text-text tabular-nums">{format.number(count)}</span>
        </li>
      ))}
    </ul>
  );
}
