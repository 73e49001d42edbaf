import { useVirtualizer } from "@tanstack/react-virtual";
import { EqualNot } from "lucide-react";
import { useEffect, useId, useRef, type KeyboardEvent } from "react";
import type { VisitView } from "../../../../src/console/view-types.ts";
import { useFormat, useText } from "../../i18n/language.tsx";
import { StatusIcon } from "../../parts/status.tsx";
import type { RunPair } from "./align-runs.ts";
import type { DifferenceKind } from "./run-differences.ts";
import { SideMark, type Side } from "./side-mark.tsx";

const rowHeight = 46;
const columns = "grid grid-cols-[minmax(0,1fr)_5.25rem_5.25rem] items-center gap-x-2 px-3";

/** What a row is of: the states of both, and in what they differ. */
export interface ComparedPair {
  readonly id: string;
  readonly pair: RunPair;
  /** Those that count. */
  readonly differences: readonly DifferenceKind[];
  /** Its documents have been compared. */
  readonly isDataKnown: boolean;
}

/** The states of both executions, those that belong together in one row. */
export function PairList({
  rows,
  selected,
  first,
  onSelect,
  className = "",
}: {
  readonly rows: readonly ComparedPair[];
  readonly selected: string | undefined;
  /** The first row that differs. */
  readonly first: string | undefined;
  readonly onSelect: (pair: string) => void;
  readonly className?: string;
}) {
  const text = useText();
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
  });
  const index = rows.findIndex((row) => row.id === selected);
  useEffect(() => {
    if (index >= 0) virtual.scrollToIndex(index, { align: "auto" });
    // Only when another row is selected: the list is not moved for what else changes.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [index]);

  function onKeyDown(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: index + 1,
      ArrowUp: index - 1,
      PageDown: index + 8,
      PageUp: index - 8,
      Home: 0,
      End: rows.length - 1,
    };
    const to = steps[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const row = rows[Math.min(Math.max(0, to), rows.length - 1)];
    if (row !== undefined) onSelect(row.id);
  }

  return (
    <div className={`flex min-h-0 flex-col ${className}`}>
      <div
        aria-hidden
        className={`${columns} h-8 shrink-0 border-b border-line text-xs font-medium text-dim`}
      >
        <span>{text.compare.states}</span>
        <SideMark side="a" size={16} />
        <SideMark side="b" size={16} />
      </div>
      <div
        ref={scroller}
        role="listbox"
        tabIndex={0}
        aria-label={text.compare.list}
        aria-activedescendant={index < 0 ? undefined : `${id}${selected}`}
        onKeyDown={onKeyDown}
        className="relative min-h-0 grow overflow-auto focus-visible:-outline-offset-2"
      >
        <div role="presentation" className="relative" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index: place, start }) => {
            const row = rows[place];
            if (row === undefined) return null;
            return (
              <Row
                key={row.id}
                id={`${id}${row.id}`}
                row={row}
                top={start}
                place={place + 1}
                count={rows.length}
                isSelected={place === index}
                isFirst={row.id === first}
                onPress={() => onSelect(row.id)}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
}

function Row({
  id,
  row: {
    pair: { a, b, name, level, lane },
    differences,
  },
  top,
  place,
  count,
  isSelected,
  isFirst,
  onPress,
}: {
  readonly id: string;
  readonly row: ComparedPair;
  readonly top: number;
  readonly place: number;
  readonly count: number;
  readonly isSelected: boolean;
  readonly isFirst: boolean;
  readonly onPress: () => void;
}) {
  const text = useText();
  const format = useFormat();
  const alone = a === undefined ? "b" : b === undefined ? "a" : undefined;
  const said =
    alone === undefined
      ? differences.map((kind) => text.compare.kind[kind]).join(", ")
      : text.compare.presence[alone];
  const ground = isSelected
    ? "bg-accent-soft"
    : alone === "a"
      ? "bg-run-soft/60"
      : alone === "b"
        ? "bg-wait-soft/60"
        : "hover:bg-sunken";
  const number = (index: number) =>
    lane?.kind === "branch"
      ? text.run.branch(format.number(index + 1))
      : text.run.item(format.number(index));
  return (
    // What is chosen by pressing is chosen by the keys of the list, which has the focus.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
    <div
      id={id}
      role="option"
      aria-selected={isSelected}
      aria-posinset={place}
      aria-setsize={count}
      onClick={onPress}
      style={{ top, height: rowHeight }}
      className={`absolute inset-x-0 cursor-pointer border-b border-line ${columns} ${ground} ${isSelected ? "outline-2 -outline-offset-2 outline-accent" : ""}`}
    >
      <span className="min-w-0" style={{ paddingLeft: Math.min(level, 8) * 14 }}>
        <span className="flex min-w-0 items-center gap-1.5">
          {lane !== undefined && (
            <span className="shrink-0 rounded bg-sunken px-1 text-[11px] text-dim">
              {number(lane.index)}
            </span>
          )}
          <span className="truncate text-[13px] font-medium">{name}</span>
        </span>
        {said !== "" && (
          <span className="flex items-center gap-1 truncate text-[11px] text-dim">
            {isFirst ? (
              <span className="shrink-0 rounded-full bg-accent px-1.5 text-[10px] leading-4 font-semibold text-accent-text">
                {text.compare.firstDifference}
              </span>
            ) : (
              <EqualNot aria-hidden size={11} className="shrink-0" />
            )}
            <span className="truncate">{said}</span>
          </span>
        )}
      </span>
      <Half side="a" visit={a} />
      <Half side="b" visit={b} />
    </div>
  );
}

function Half({ side, visit }: { readonly side: Side; readonly visit: VisitView | undefined }) {
  const text = useText();
  const format = useFormat();
  return (
    <span className="flex min-w-0 items-center gap-1.5 text-xs tabular-nums">
      <span className="sr-only">
        {text.compare.side[side]}: {text.status[visit?.status ?? "notEntered"]}
      </span>
      {visit === undefined ? (
        <span aria-hidden className="text-faint">
          –
        </span>
      ) : (
        <>
          <StatusIcon status={visit.status} size={13} />
          {visit.exitedAt !== undefined && (
            <span className="truncate text-dim">
              {format.duration(visit.exitedAt - visit.enteredAt)}
            </span>
          )}
        </>
      )}
    </span>
  );
}
