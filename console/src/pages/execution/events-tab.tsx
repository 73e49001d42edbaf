import { useInfiniteQuery } from "@tanstack/react-query";
import { useVirtualizer } from "@tanstack/react-virtual";
import { Fragment, useRef, useState } from "react";
import type { ExecutionView } from "../../../../src/console/view-types.ts";
import type { HistoryEvent } from "../../api/client.ts";
import { keys } from "../../api/keys.ts";
import { useFormat, useText } from "../../i18n/language.tsx";
import { Button } from "../../parts/button.tsx";
import { JsonView } from "../../parts/json-view.tsx";
import { Failure, Loading } from "../../parts/layout.tsx";
import { useEventSource } from "./event-source.ts";
import { detailsOf } from "./visit-data.ts";

/** Events that are asked for at a time. */
const pageOfEvents = 500;

/** The history, event by event: the newest last, as it was written. */
export function EventsTab({ view }: { readonly view: ExecutionView }) {
  const text = useText();
  const format = useFormat();
  const [sought, setSought] = useState("");
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set());
  const list = useRef<HTMLDivElement>(null);
  const source = useEventSource();
  const pages = useInfiniteQuery({
    queryKey: keys.events(view.executionArn),
    initialPageParam: 1,
    queryFn: ({ pageParam }) =>
      source.events(view.executionArn, { from: pageParam, limit: pageOfEvents }),
    getNextPageParam: (page) => {
      const last = page.events.at(-1);
      return page.more && last !== undefined ? last.id + 1 : undefined;
    },
  });
  const events = pages.data?.pages.flatMap((page) => page.events) ?? [];
  const lower = sought.toLowerCase();
  const shown = lower === "" ? events : events.filter((event) => has(event, lower));
  const rows = useVirtualizer({
    count: shown.length,
    getScrollElement: () => list.current,
    estimateSize: () => 34,
    getItemKey: (index) => shown[index]?.id ?? index,
    overscan: 12,
  });
  if (pages.isError) return <Failure error={pages.error} again={() => void pages.refetch()} />;
  if (pages.data === undefined) return <Loading />;

  const toggle = (id: number) =>
    setOpened((before) => {
      const after = new Set(before);
      if (!after.delete(id)) after.add(id);
      return after;
    });
  const goTo = (id: number) => {
    const index = shown.findIndex((event) => event.id === id);
    if (index >= 0) rows.scrollToIndex(index, { align: "center" });
  };
  return (
    <div className="rounded-xl border border-line bg-surface shadow-card">
      <div className="flex flex-wrap items-center gap-3 border-b border-line p-3">
        <input
          type="search"
          aria-label={text.execution.eventFilter}
          placeholder={text.execution.eventFilter}
          value={sought}
          onChange={(event) => setSought(event.target.value)}
          className="h-8 w-full max-w-80 rounded-md border border-line bg-sunken px-2.5 outline-none focus:border-accent"
        />
        <span className="text-dim tabular-nums">
          {text.execution.eventsOf(format.number(shown.length), format.number(view.lastEventId))}
        </span>
        <div className="grow" />
        {pages.hasNextPage && (
          <Button isDisabled={pages.isFetchingNextPage} onPress={() => void pages.fetchNextPage()}>
            {text.execution.loadMore}
          </Button>
        )}
      </div>
      <div
        ref={list}
        role="region"
        aria-label={text.execution.events}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reached by keyboard
        tabIndex={0}
        className="max-h-[70vh] overflow-auto"
      >
        <div className="relative" style={{ height: rows.getTotalSize() }}>
          {rows.getVirtualItems().map((row) => {
            const event = shown[row.index];
            if (event === undefined) return null;
            return (
              <div
                key={row.key}
                ref={rows.measureElement}
                data-index={row.index}
                className="absolute inset-x-0 top-0 border-b border-line"
                style={{ transform: `translateY(${row.start}px)` }}
              >
                <EventRow
                  event={event}
                  startDate={view.startDate}
                  isOpen={opened.has(event.id)}
                  onToggle={() => toggle(event.id)}
                  onGo={goTo}
                />
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

function EventRow({
  event,
  startDate,
  isOpen,
  onToggle,
  onGo,
}: {
  readonly event: HistoryEvent;
  readonly startDate: number;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
  readonly onGo: (id: number) => void;
}) {
  const text = useText();
  const format = useFormat();
  const details = detailsOf(event);
  const at = event.timestamp * 1_000;
  const name = details["name"] ?? details["state"] ?? details["resource"];
  const isFailure = /Failed|TimedOut|Aborted/.test(event.type);
  return (
    <Fragment>
      <div className="flex items-center gap-3 px-3 hover:bg-sunken">
        <button
          type="button"
          aria-expanded={isOpen}
          onClick={onToggle}
          className="grid min-w-0 grow grid-cols-[3.5rem_minmax(9rem,15rem)_minmax(0,1fr)_auto] items-center gap-3 py-1.5 text-left"
        >
          <span className="text-right text-dim tabular-nums">{event.id}</span>
          <span className={`truncate font-medium ${isFailure ? "text-fail" : ""}`}>
            {event.type}
          </span>
          <span className="truncate text-dim">{typeof name === "string" ? name : ""}</span>
          <time
            dateTime={new Date(at).toISOString()}
            title={format.dateTime(at)}
            className="text-xs whitespace-nowrap text-dim tabular-nums"
          >
            +{format.duration(at - startDate)}
          </time>
        </button>
        <button
          type="button"
          disabled={event.previousEventId === 0}
          onClick={() => onGo(event.previousEventId)}
          className="min-h-6 w-16 text-right text-xs text-dim tabular-nums enabled:hover:text-accent enabled:hover:underline"
          aria-label={`${text.execution.eventPrevious} ${event.previousEventId}`}
        >
          ← {event.previousEventId}
        </button>
      </div>
      {isOpen && (
        <div className="px-3 pb-3 pl-18">
          <JsonView value={JSON.stringify(event)} label={event.type} />
        </div>
      )}
    </Fragment>
  );
}

function has(event: HistoryEvent, sought: string): boolean {
  return (
    event.type.toLowerCase().includes(sought) ||
    JSON.stringify(event).toLowerCase().includes(sought)
  );
}
