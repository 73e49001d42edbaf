import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef } from "react";
import { itemStatuses, type MapRunView } from "../../../../src/console/view-types.ts";
import { server, type ChildFilter } from "../../api/client.ts";
import { keys } from "../../api/keys.ts";
import { useFormat, useText } from "../../i18n/language.tsx";
import { Empty } from "../../parts/layout.tsx";
import { Read } from "../../parts/query-state.tsx";
import { Took } from "../../parts/time.tsx";
import { ItemSign } from "./item-legend.tsx";

const pageSize = 500;
const rowHeight = 36;
const columns = "grid grid-cols-[5rem_9rem_7rem_minmax(10rem,1fr)] min-w-[34rem]";

/** The children as rows, for whoever wants to read them; all 100,000 can be scrolled through. */
export function ChildTable({
  run,
  filter,
  onOpen,
  onStatus,
}: {
  readonly run: MapRunView;
  readonly filter: Omit<ChildFilter, "index">;
  /** Shows a child beside the table. */
  readonly onOpen: (index: number) => void;
  readonly onStatus: (status: string | undefined) => void;
}) {
  const text = useText();
  const format = useFormat();
  const scroller = useRef<HTMLDivElement>(null);
  const query = useInfiniteQuery({
    queryKey: keys.mapRunChildren(run.mapRunArn, filter),
    queryFn: ({ pageParam }) =>
      server.mapRunChildren(run.mapRunArn, { ...filter, offset: pageParam, limit: pageSize }),
    initialPageParam: 0,
    getNextPageParam: (last, pages) => {
      const read = pages.reduce((sum, { rows }) => sum + rows.length, 0);
      return read < last.total && last.rows.length > 0 ? read : undefined;
    },
    placeholderData: keepPreviousData,
    // A few pages are read again while it runs; whoever has scrolled far reads what was.
    refetchInterval: ({ state }) =>
      run.status === "RUNNING" && (state.data?.pages.length ?? 0) <= 2 ? 2_000 : false,
  });
  const rows = query.data?.pages.flatMap((page) => page.rows) ?? [];
  const total = query.data?.pages.at(-1)?.total ?? 0;
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  });
  const lastShown = virtual.getVirtualItems().at(-1)?.index ?? 0;
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && lastShown > rows.length - 50) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage, lastShown, rows.length]);

  return (
    <>
      <div className="flex flex-wrap items-center gap-3 border-b border-line px-4 py-2">
        <label className="flex items-center gap-2 text-[13px] text-dim">
          {text.mapRuns.status}
          <select
            value={filter.status ?? ""}
            onChange={(event) => onStatus(event.target.value || undefined)}
            className="h-7 rounded-md border border-line bg-surface px-2 text-text"
          >
            <option value="">{text.mapRuns.anyStatus}</option>
            {itemStatuses
              .filter((each) => each !== "pending" && each !== "pendingRedrive")
              .map((each) => (
                <option key={each} value={each}>
                  {text.mapRuns.itemStatus[each]}
                </option>
              ))}
          </select>
        </label>
        {filter.error !== undefined && (
          <span className="truncate text-[13px] text-dim">{filter.error}</span>
        )}
        {filter.least !== undefined && (
          <span className="text-[13px] text-dim tabular-nums">
            {filter.below === undefined
              ? text.mapRuns.durationMore(format.duration(filter.least))
              : text.mapRuns.durationRange(
                  format.duration(filter.least),
                  format.duration(filter.below),
                )}
          </span>
        )}
        <span className="ml-auto text-xs text-dim tabular-nums">{format.number(total)}</span>
      </div>
      <Read query={query}>
        {() =>
          rows.length === 0 ? (
            <Empty title={text.mapRuns.noChildren}>{text.mapRuns.noChildrenHint}</Empty>
          ) : (
            <div
              ref={scroller}
              role="table"
              aria-label={text.mapRuns.children}
              aria-rowcount={total + 1}
              // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reached by keyboard
              tabIndex={0}
              className="max-h-[28rem] overflow-auto"
            >
              <div
                role="row"
                aria-rowindex={1}
                className={`${columns} sticky top-0 z-10 border-b border-line bg-surface text-xs font-medium text-dim`}
              >
                {[
                  text.mapRuns.index,
                  text.mapRuns.status,
                  text.time.duration,
                  text.mapRuns.error,
                ].map((name) => (
                  <span key={name} role="columnheader" className="px-4 py-2">
                    {name}
                  </span>
                ))}
              </div>
              <div
                role="rowgroup"
                className="relative min-w-[34rem]"
                style={{ height: virtual.getTotalSize() }}
              >
                {virtual.getVirtualItems().map(({ index, start }) => {
                  const row = rows[index];
                  if (row === undefined) return null;
                  return (
                    <div
                      key={row.index}
                      role="row"
                      aria-rowindex={index + 2}
                      className={`${columns} absolute inset-x-0 top-0 h-9 items-center border-b border-line text-[13px] hover:bg-sunken`}
                      style={{ transform: `translateY(${start}px)` }}
                    >
                      <span role="cell" className="px-4 tabular-nums">
                        <button
                          type="button"
                          onClick={() => onOpen(row.index)}
                          className="inline-flex h-6 min-w-6 items-center text-accent hover:underline"
                        >
                          {format.number(row.index)}
                        </button>
                      </span>
                      <span role="cell" className="inline-flex items-center gap-2 px-4">
                        <ItemSign status={row.status} />
                        {text.mapRuns.itemStatus[row.status]}
                      </span>
                      <span role="cell" className="px-4 text-dim">
                        <Took from={row.startDate} to={row.stopDate} />
                      </span>
                      <span role="cell" className="truncate px-4 text-dim" title={row.cause}>
                        {row.error}
                      </span>
                    </div>
                  );
                })}
              </div>
            </div>
          )
        }
      </Read>
    </>
  );
}
