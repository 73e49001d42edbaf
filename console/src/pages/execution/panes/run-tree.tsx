import { useVirtualizer } from "@tanstack/react-virtual";
import { ChevronsDownUp, ChevronsUpDown, Search, X } from "lucide-react";
import { useId, useRef, useState, type KeyboardEvent } from "react";
import type { VisitView } from "../../../../../src/console/view-types.ts";
import { useFormat, useText } from "../../../i18n/language.tsx";
import { Button, IconButton } from "../../../parts/button.tsx";
import { Empty } from "../../../parts/layout.tsx";
import { useFollowSelected } from "./follow-selected.ts";
import { useLatest } from "./use-latest.ts";
import { timeOf } from "./run-marks.ts";
import { hasEnded, holdersIn, isChildHolder, type RunRow } from "./run-rows.ts";
import { RunTreeRow, treeColumns } from "./run-tree-row.tsx";
import { useRunRows, type RunRows } from "./use-run-rows.ts";
import type { Visits } from "./use-visits.ts";

/** Height of a row, in pixels. */
const rowHeight = 32;

/** What was entered, in the order of entry, nested as it was: the table that says all that graph and timeline show. */
export function RunTree({
  visits,
  selected,
  onSelect,
  now,
  startDate,
  stopDate,
  at,
  rows: shared,
  more,
}: {
  readonly visits: readonly VisitView[];
  /** The id of the selected visit. */
  readonly selected: number | undefined;
  readonly onSelect: (visit: number) => void;
  /** The server's time. */
  readonly now: number;
  readonly startDate: number;
  readonly stopDate?: number | undefined;
  /** The event whose moment `visits` are of; absent: they are as they are now. */
  readonly at?: number | undefined;
  /** What is open and looked for, where the timeline shares it. */
  readonly rows?: RunRows;
  /** Where not all visits were read: how to read more of them. */
  readonly more?: Pick<Visits, "total" | "hasMore" | "isLoadingMore" | "loadMore"> | undefined;
}) {
  const text = useText();
  const format = useFormat();
  const id = useId();
  const own = useRunRows(visits, selected);
  const rows = shared ?? own;
  const { shown, isOpen, toggle } = rows;
  const scroller = useRef<HTMLDivElement>(null);
  const [activeId, setActiveId] = useState<string>();

  const virtual = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    // Below the heading, which stays where it is.
    scrollPaddingStart: rowHeight,
  });

  const selectedIndex = shown.findIndex(({ visit }) => visit?.id === selected && visit);
  const activeIndex = Math.max(
    0,
    activeId === undefined ? selectedIndex : shown.findIndex((row) => row.id === activeId),
  );
  const active = shown[activeIndex];
  useFollowSelected(selected, selectedIndex, (index) => {
    setActiveId(undefined);
    virtual.scrollToIndex(index, { align: "auto" });
  });

  function activate(row: RunRow | undefined): void {
    if (row === undefined) return;
    setActiveId(row.id);
    virtual.scrollToIndex(shown.indexOf(row), { align: "auto" });
  }

  function press(row: RunRow): void {
    if (row.visit === undefined) toggle(row);
    else onSelect(row.visit.id);
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (active === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 2);
    const hasMore = active.children.length > 0;
    const moves: Readonly<Record<string, () => void>> = {
      ArrowDown: () => activate(shown[activeIndex + 1]),
      ArrowUp: () => activate(shown[activeIndex - 1]),
      PageDown: () => activate(shown[Math.min(activeIndex + page, shown.length - 1)]),
      PageUp: () => activate(shown[Math.max(0, activeIndex - page)]),
      Home: () => activate(shown[0]),
      End: () => activate(shown.at(-1)),
      ArrowRight: () => {
        if (hasMore && !isOpen(active)) toggle(active);
        else if (hasMore) activate(shown[activeIndex + 1]);
      },
      ArrowLeft: () => {
        if (hasMore && isOpen(active)) toggle(active);
        else activate(active.parent);
      },
      Enter: () => press(active),
      " ": () => press(active),
    };
    const move = moves[event.key];
    if (move === undefined) return;
    event.preventDefault();
    move();
  }

  const end = (at === undefined ? undefined : timeOf(visits, at)) ?? stopDate ?? now;
  const pressed = useLatest((row: RunRow) => {
    setActiveId(row.id);
    press(row);
  });
  const toggled = useLatest((row: RunRow) => {
    setActiveId(row.id);
    toggle(row);
  });

  return (
    <div className="@container flex h-full min-h-0 flex-col">
      <div className="flex items-center gap-1 border-b border-line px-3 py-1.5">
        <label className="flex h-8 min-w-0 grow items-center gap-2 rounded-md border border-line bg-surface px-2 focus-within:border-accent">
          <Search aria-hidden size={14} className="shrink-0 text-faint" />
          <span className="sr-only">{text.run.filter}</span>
          <input
            value={rows.filter}
            onChange={(event) => rows.setFilter(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === "Escape") rows.setFilter("");
              if (event.key !== "ArrowDown") return;
              event.preventDefault();
              scroller.current?.focus();
            }}
            placeholder={text.run.filterHint}
            className="min-w-0 grow bg-transparent text-[13px] outline-none placeholder:text-faint"
          />
          {rows.filter !== "" && (
            <button
              type="button"
              aria-label={text.run.clear}
              onClick={() => rows.setFilter("")}
              className="-mr-1 inline-flex h-[24px] w-[24px] items-center justify-center rounded text-dim hover:text-text"
            >
              <X aria-hidden size={14} />
            </button>
          )}
        </label>
        <span className="hidden px-2 text-xs whitespace-nowrap text-dim tabular-nums @md:inline">
          {text.run.states(format.number(more?.total ?? visits.length))}
        </span>
        {rows.tree.some(({ children }) => children.length > 0) && (
          <>
            <IconButton
              label={text.run.expandAll}
              onPress={() =>
                holdersIn(rows.tree)
                  .filter((row) => !isOpen(row) && !isChildHolder(row))
                  .forEach(toggle)
              }
            >
              <ChevronsUpDown aria-hidden size={15} />
            </IconButton>
            <IconButton
              label={text.run.collapseAll}
              onPress={() => holdersIn(rows.tree).filter(isOpen).forEach(toggle)}
            >
              <ChevronsDownUp aria-hidden size={15} />
            </IconButton>
          </>
        )}
      </div>
      <div
        ref={scroller}
        id={`${id}tree`}
        role="treegrid"
        tabIndex={0}
        aria-label={text.run.tree}
        aria-rowcount={shown.length + 1}
        aria-activedescendant={active === undefined ? undefined : `${id}${active.id}`}
        onKeyDown={onKeyDown}
        className="group/tree relative min-h-0 grow overflow-auto outline-none"
      >
        <div
          role="row"
          aria-rowindex={1}
          className={`sticky top-0 z-10 h-[32px] border-b border-line bg-surface text-xs font-medium text-dim ${treeColumns.row}`}
        >
          <span role="columnheader" className="pl-3">
            {text.run.name}
          </span>
          <span role="columnheader" className={treeColumns.type}>
            {text.run.type}
          </span>
          <span role="columnheader" className={treeColumns.started}>
            {text.run.started}
          </span>
          <span role="columnheader" className={treeColumns.duration}>
            {text.run.duration}
          </span>
          <span role="columnheader" className={treeColumns.attempts}>
            {text.run.attempts}
          </span>
        </div>
        {shown.length === 0 ? (
          <Empty title={rows.filter === "" ? text.run.noStates : text.run.noMatch}>
            {rows.filter === "" ? text.run.noStatesHint : undefined}
          </Empty>
        ) : (
          <div role="rowgroup" className="relative" style={{ height: virtual.getTotalSize() }}>
            {virtual.getVirtualItems().map(({ index, start }) => {
              const row = shown[index];
              if (row === undefined) return null;
              return (
                <RunTreeRow
                  key={row.id}
                  id={`${id}${row.id}`}
                  row={row}
                  index={index}
                  top={start}
                  end={hasEnded(row) ? undefined : end}
                  startDate={startDate}
                  isSelected={row.visit !== undefined && row.visit.id === selected}
                  isActive={index === activeIndex}
                  isOpen={isOpen(row)}
                  onPress={pressed}
                  onToggle={toggled}
                />
              );
            })}
          </div>
        )}
      </div>
      {more?.hasMore === true && (
        <div className="border-t border-line p-2 text-center">
          <Button onPress={more.loadMore} isDisabled={more.isLoadingMore}>
            {more.isLoadingMore
              ? text.run.loadingMore
              : text.run.loadMore(format.number(visits.length), format.number(more.total))}
          </Button>
        </div>
      )}
    </div>
  );
}
