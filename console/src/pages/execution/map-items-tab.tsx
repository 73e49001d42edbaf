import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import type { InlineItemsView, VisitView } from "../../../../src/console/view-types.ts";
import { server } from "../../api/client.ts";
import { keys } from "../../api/keys.ts";
import { useFormat, useText } from "../../i18n/language.tsx";
import { Read } from "../../parts/query-state.tsx";
import { ItemGrid } from "../map-runs/item-grid.tsx";
import { maskOf } from "../map-runs/item-statuses.ts";

const liveMs = 1_000;

/** The iterations of a Map that runs within the execution, a cell each; a press selects the first state of one. */
export function MapItemsTab({
  executionArn,
  visit,
  onSelect,
}: {
  readonly executionArn: string;
  readonly visit: VisitView;
  readonly onSelect: (visit: number) => void;
}) {
  const query = useQuery({
    // What has happened since makes it another key: how the items are does not change after the end.
    queryKey: [...keys.inlineItems(executionArn, visit.id), visit.status],
    queryFn: () => server.inlineItems(executionArn, visit.id),
    refetchInterval: visit.exitedAt === undefined ? liveMs : false,
  });
  return (
    <Read query={query}>
      {(view) => (
        <Iterations executionArn={executionArn} map={visit.id} view={view} onSelect={onSelect} />
      )}
    </Read>
  );
}

function Iterations({
  executionArn,
  map,
  view: { items, errors },
  onSelect,
}: {
  readonly executionArn: string;
  readonly map: number;
  readonly view: InlineItemsView;
  readonly onSelect: (visit: number) => void;
}) {
  const { mapRuns: text } = useText();
  const format = useFormat();
  const [error, setError] = useState<string>();
  const [isNotStarted, setNotStarted] = useState(false);
  const group = errors.find((each) => each.error === error);
  const mask = useMemo(
    () => (group === undefined ? undefined : maskOf(group.ranges, items.total)),
    [group, items.total],
  );
  if (items.total === 0) return <p className="p-3 text-dim">{text.noIterations}</p>;
  const open = async (lane: number) => {
    const { visits } = await server.visits(executionArn, { parent: map, lane, limit: 1 });
    const [first] = visits;
    setNotStarted(first === undefined);
    if (first !== undefined) onSelect(first.id);
  };
  return (
    <div className="flex flex-col gap-3">
      {errors.length > 0 && (
        <ul aria-label={text.errors} className="flex flex-wrap gap-2">
          {errors.map((each) => (
            <li key={each.error} className="min-w-0">
              <button
                type="button"
                aria-pressed={each.error === error}
                title={each.cause}
                onClick={() => setError(each.error === error ? undefined : each.error)}
                className={`inline-flex min-h-7 max-w-full items-center gap-2 rounded-md border px-2 text-[13px] ${each.error === error ? "border-fail bg-fail-soft" : "border-line hover:bg-sunken"}`}
              >
                <span className="truncate text-fail">{each.error || text.itemStatus.failed}</span>
                <span className="font-medium tabular-nums">{format.number(each.count)}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      <ItemGrid
        total={items.total}
        packed={items.packed}
        mask={mask}
        describe={(index) => errorAt(errors, index)}
        onPick={(index) => void open(index)}
        height={200}
      />
      <p role="status" className="text-xs text-dim empty:hidden">
        {isNotStarted && text.iterationGone}
      </p>
    </div>
  );
}

function errorAt(errors: InlineItemsView["errors"], index: number): string | undefined {
  return errors.find(({ ranges }) =>
    ranges.some(
      (from, at) => at % 2 === 0 && index >= from && index < from + (ranges[at + 1] ?? 0),
    ),
  )?.error;
}
