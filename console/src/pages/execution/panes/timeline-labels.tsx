import { memo, useRef, useState, type KeyboardEvent, type PointerEvent } from "react";
import { store, stored } from "../../../app/preferences.ts";
import { useText } from "../../../i18n/language.tsx";
import { StatusIcon } from "../../../parts/status.tsx";
import type { RunRow } from "./run-rows.ts";
import { Twisty } from "./run-tree-row.tsx";
import { useRowName } from "./use-run-rows.ts";

const preference = "timeline.labels";
const leastWidth = 96;
const usualWidth = 200;
/** One key press makes the column so much wider. */
const step = 16;
const indent = 12;
const deepest = 8;

/** How wide the column of names is: what was chosen, and never more than 45 % of all. */
export function useLabelWidth(fullWidth: number): readonly [number, (width: number) => void] {
  const [chosen, setChosen] = useState(() => Number(stored(preference)) || usualWidth);
  const most = fullWidth === 0 ? usualWidth : Math.max(leastWidth, fullWidth * 0.6);
  const usual = chosen === usualWidth ? Math.min(usualWidth, fullWidth * 0.4) : chosen;
  return [
    Math.round(Math.min(Math.max(leastWidth, usual), most)),
    (width) => {
      setChosen(width);
      store(preference, String(Math.round(width)));
    },
  ];
}

export function LabelResizer({
  width,
  most,
  onChange,
}: {
  readonly width: number;
  readonly most: number;
  readonly onChange: (width: number) => void;
}) {
  const text = useText();
  const begun = useRef<{ readonly x: number; readonly width: number }>(undefined);
  const change = (next: number) => onChange(Math.min(Math.max(leastWidth, next), most));

  function onKeyDown(event: KeyboardEvent): void {
    const by = event.key === "ArrowLeft" ? -step : event.key === "ArrowRight" ? step : 0;
    if (by === 0) return;
    event.preventDefault();
    event.stopPropagation();
    change(width + by);
  }
  function onPointerMove(event: PointerEvent): void {
    if (begun.current !== undefined) change(begun.current.width + event.clientX - begun.current.x);
  }

  return (
    <div
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={text.run.labels}
      aria-valuenow={width}
      aria-valuemin={leastWidth}
      aria-valuemax={Math.max(leastWidth, Math.round(most))}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        begun.current = { x: event.clientX, width };
      }}
      onPointerMove={onPointerMove}
      onPointerUp={() => (begun.current = undefined)}
      onPointerCancel={() => (begun.current = undefined)}
      onDoubleClick={() => onChange(usualWidth)}
      className="group absolute top-0 z-10 flex h-[28px] w-[24px] cursor-col-resize touch-none justify-center"
      style={{ left: width - 12 }}
    >
      <span className="h-full w-px bg-line group-hover:w-0.5 group-hover:bg-accent" />
    </div>
  );
}

/** For the pointer: by keyboard, states are gone through in the chart, and opened in the tree. */
export const TimelineLabel = memo(function TimelineLabel({
  row,
  top,
  width,
  isSelected,
  isOpen,
  onPress,
  onToggle,
}: {
  readonly row: RunRow;
  readonly top: number;
  readonly width: number;
  readonly isSelected: boolean;
  readonly isOpen: boolean;
  readonly onPress: (row: RunRow) => void;
  readonly onToggle: (row: RunRow) => void;
}) {
  const nameOf = useRowName();
  const name = nameOf(row);
  return (
    <div
      aria-hidden
      onClick={() => onPress(row)}
      className={`absolute inset-x-0 h-[28px] cursor-pointer text-[13px] ${isSelected ? "bg-accent-soft" : "hover:bg-sunken"}`}
      style={{ transform: `translateY(${top}px)` }}
    >
      {isSelected && <span className="absolute inset-y-0 left-0 w-0.5 bg-accent" />}
      <span
        className="flex h-full items-center pr-2"
        style={{ width, paddingLeft: (Math.min(row.level, deepest) - 1) * indent }}
      >
        <Twisty isShown={row.children.length > 0} isOpen={isOpen} onToggle={() => onToggle(row)} />
        <StatusIcon status={row.visit?.status ?? row.lane?.status ?? "running"} size={13} />
        <span
          title={name}
          className={`ml-1.5 truncate ${row.visit === undefined ? "text-dim" : "font-medium"}`}
        >
          {name}
        </span>
      </span>
    </div>
  );
});
