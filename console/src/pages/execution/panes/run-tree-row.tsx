import { ArrowUpRight, ChevronRight } from "lucide-react";
import { memo } from "react";
import { useFormat, useText } from "../../../i18n/language.tsx";
import { StatusIcon } from "../../../parts/status.tsx";
import type { RunRow } from "./run-rows.ts";
import { useRowName } from "./use-run-rows.ts";

/** What there is room for: a narrow pane shows the name and how long it took. */
export const treeColumns = {
  row: "grid items-center gap-x-3 pr-3 grid-cols-[minmax(0,1fr)_5.5rem] @sm:grid-cols-[minmax(0,1fr)_5.5rem_5.5rem] @lg:grid-cols-[minmax(0,1fr)_5.5rem_5.5rem_4rem] @2xl:grid-cols-[minmax(0,1fr)_minmax(0,11rem)_5.5rem_5.5rem_4rem]",
  type: "hidden @2xl:block truncate",
  started: "hidden @sm:block text-right whitespace-nowrap tabular-nums",
  duration: "text-right whitespace-nowrap tabular-nums",
  attempts: "hidden @lg:block text-right tabular-nums",
} as const;

/** How far a level is indented, in pixels; deep ones no further, so that names have room. */
const indent = 14;
const deepest = 10;

/** Drawn anew only when something of it has changed: a list of many is scrolled through. */
export const RunTreeRow = memo(function RunTreeRow({
  id,
  row,
  index,
  top,
  end,
  startDate,
  isSelected,
  isActive,
  isOpen,
  onPress,
  onToggle,
}: {
  readonly id: string;
  readonly row: RunRow;
  readonly index: number;
  readonly top: number;
  /** Until when it is counted, while it goes on. */
  readonly end: number | undefined;
  readonly startDate: number;
  readonly isSelected: boolean;
  readonly isActive: boolean;
  readonly isOpen: boolean;
  readonly onPress: (row: RunRow) => void;
  readonly onToggle: (row: RunRow) => void;
}) {
  const text = useText();
  const format = useFormat();
  const nameOf = useRowName();
  const { visit, lane, level, children } = row;
  const status = visit?.status ?? lane?.status ?? "running";
  const from = visit?.enteredAt ?? lane?.from ?? startDate;
  const to = visit === undefined ? lane?.to : visit.exitedAt;
  const error = visit === undefined ? undefined : visit.error;
  const hasMore = children.length > 0;
  return (
    <div
      id={id}
      role="row"
      aria-rowindex={index + 2}
      aria-level={level}
      aria-posinset={row.position}
      aria-setsize={row.siblings}
      aria-expanded={hasMore ? isOpen : undefined}
      aria-selected={isSelected}
      onClick={() => onPress(row)}
      className={`absolute inset-x-0 h-[32px] cursor-pointer text-[13px] ${treeColumns.row} ${isSelected ? "bg-accent-soft" : "hover:bg-sunken"} ${isActive ? "group-focus-visible/tree:outline-2 group-focus-visible/tree:-outline-offset-2 group-focus-visible/tree:outline-accent" : ""}`}
      style={{ transform: `translateY(${top}px)` }}
    >
      {isSelected && <span aria-hidden className="absolute inset-y-0 left-0 w-0.5 bg-accent" />}
      <span
        role="gridcell"
        className="flex h-full min-w-0 items-center"
        style={{ paddingLeft: (Math.min(level, deepest) - 1) * indent }}
      >
        <Twisty isShown={hasMore} isOpen={isOpen} onToggle={() => onToggle(row)} />
        <StatusIcon status={status} />
        <span className="sr-only">{text.status[status]}</span>
        <span
          title={nameOf(row)}
          className={`ml-2 truncate ${visit === undefined ? "text-dim" : "font-medium"}`}
        >
          {nameOf(row)}
        </span>
        {visit !== undefined && visit.id < 0 && (
          <span title={text.execution.childState} className="ml-1 shrink-0 text-faint">
            <ArrowUpRight aria-hidden size={13} />
            <span className="sr-only">{text.execution.childState}</span>
          </span>
        )}
        {visit?.items !== undefined && (
          <span className="ml-2 shrink-0 text-xs text-faint tabular-nums">
            {text.run.eventShort(
              format.number(visit.items.succeeded + visit.items.failed + visit.items.aborted),
              format.number(visit.items.total),
            )}
          </span>
        )}
        {error !== undefined && (
          <span
            title={visit?.cause === undefined ? error : `${error}\n${visit.cause}`}
            className={`ml-2 min-w-0 shrink-[4] truncate text-xs ${status === "failed" ? "text-fail" : "text-wait"}`}
          >
            {error}
          </span>
        )}
      </span>
      <span
        role="gridcell"
        title={visit?.resource ?? visit?.type}
        className={`${treeColumns.type} text-xs text-dim`}
      >
        {visit === undefined ? "" : shortResource(visit.resource) || visit.type}
      </span>
      <span
        role="gridcell"
        title={format.exactTime(from)}
        className={`${treeColumns.started} text-xs text-dim`}
      >
        +{format.duration(from - startDate)}
      </span>
      <span role="gridcell" className={treeColumns.duration}>
        {format.duration((to ?? Math.max(end ?? from, from)) - from)}
      </span>
      <span role="gridcell" className={`${treeColumns.attempts} text-dim`}>
        {visit === undefined || visit.attempts.length === 0 ? (
          ""
        ) : (
          <span
            className={
              visit.attempts.length > 1
                ? "rounded-full bg-wait-soft px-1.5 py-0.5 text-xs font-medium text-wait"
                : ""
            }
          >
            {format.number(visit.attempts.length)}
          </span>
        )}
      </span>
    </div>
  );
});

/** For the pointer; the keyboard opens and closes with the arrows, and the row says which it is. */
export function Twisty({
  isShown,
  isOpen,
  onToggle,
}: {
  readonly isShown: boolean;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
}) {
  if (!isShown) return <span className="w-[24px] shrink-0" />;
  return (
    <span
      aria-hidden
      onClick={(event) => {
        event.stopPropagation();
        onToggle();
      }}
      className="flex h-full w-[24px] shrink-0 items-center justify-center text-faint hover:text-text"
    >
      <ChevronRight size={14} className={`transition-transform ${isOpen ? "rotate-90" : ""}`} />
    </span>
  );
}

/** What a task calls, without where: `lambda:invoke`, `flaky`. */
export function shortResource(resource: string | undefined): string {
  if (resource === undefined || !resource.startsWith("arn:")) return resource ?? "";
  return resource.split(":").slice(6).join(":") || resource;
}
