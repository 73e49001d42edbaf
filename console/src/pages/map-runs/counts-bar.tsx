import type { MapRunCountsView } from "../../../../src/console/view-types.ts";
import { useFormat, useText } from "../../i18n/language.tsx";

export function failedOf({ failed, timedOut }: MapRunCountsView): number {
  return failed + timedOut;
}

export function endedOf(counts: MapRunCountsView): number {
  return counts.succeeded + failedOf(counts) + counts.aborted;
}

/** How far a Map Run is, as parts of one bar; what is left is its ground. */
export function CountsBar({
  counts,
  className = "h-2",
}: {
  readonly counts: MapRunCountsView;
  readonly className?: string;
}) {
  const text = useText();
  const format = useFormat();
  const names = text.mapRuns.itemStatus;
  const parts = [
    { name: names.succeeded, fill: "bg-ok", count: counts.succeeded },
    { name: names.failed, fill: "bg-fail", count: failedOf(counts) },
    { name: names.aborted, fill: "bg-off", count: counts.aborted },
    { name: names.running, fill: "bg-run", count: counts.running },
    { name: names.pendingRedrive, fill: "bg-wait", count: counts.pendingRedrive },
    { name: names.pending, fill: "", count: counts.pending },
  ].filter(({ count }) => count > 0);
  const words = parts.map(({ name, count }) => `${name} ${format.number(count)}`).join(", ");
  return (
    <div
      role="img"
      aria-label={words}
      title={words}
      className={`flex w-full gap-px overflow-hidden rounded-full bg-line ${className}`}
    >
      {parts.map(({ name, fill, count }) =>
        fill === "" ? null : (
          <div
            key={name}
            className={`min-w-[3px] ${fill}`}
            style={{ width: `${(count / counts.total) * 100}%` }}
          />
        ),
      )}
    </div>
  );
}
