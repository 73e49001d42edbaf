import { useState, type KeyboardEvent } from "react";
import { useFormat, useText } from "../../../i18n/language.tsx";
import type { RunRow } from "./run-rows.ts";
import type { TimelineView } from "./use-timeline-view.ts";

/** How far one key press moves and zooms. */
const panStep = 80;
export const zoomStep = 1.5;

/** Moves, zooms and selects by keys. */
export function useTimelineKeys({
  view,
  width,
  end,
  shown,
  selectedIndex,
  onSelect,
  toggle,
}: {
  readonly view: TimelineView;
  readonly width: number;
  /** Until when what is open has gone on. */
  readonly end: number;
  readonly shown: readonly RunRow[];
  readonly selectedIndex: number;
  readonly onSelect: (visit: number) => void;
  readonly toggle: (row: RunRow) => void;
}) {
  const text = useText();
  const format = useFormat();
  /** What was selected by keyboard, for those who hear it. */
  const [said, setSaid] = useState("");

  function selectNext(by: 1 | -1): void {
    for (let index = selectedIndex + by; index >= 0 && index < shown.length; index += by) {
      const visit = shown[index]?.visit;
      if (visit === undefined) continue;
      const took = format.duration((visit.exitedAt ?? end) - visit.enteredAt);
      setSaid(`${visit.name}, ${text.status[visit.status]}, ${took}`);
      return onSelect(visit.id);
    }
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const selectedRow = shown[selectedIndex];
    const moves: Readonly<Record<string, () => void>> = {
      "+": () => view.zoom(zoomStep, width / 2),
      "=": () => view.zoom(zoomStep, width / 2),
      "-": () => view.zoom(1 / zoomStep, width / 2),
      "0": view.fit,
      ArrowLeft: () => view.pan(-panStep),
      ArrowRight: () => view.pan(panStep),
      ArrowDown: () => selectNext(1),
      ArrowUp: () => selectNext(-1),
      Enter: () => {
        if (selectedRow !== undefined && selectedRow.children.length > 0) toggle(selectedRow);
      },
      z: () => {
        const visit = selectedRow?.visit;
        if (visit === undefined) return;
        const margin = ((visit.exitedAt ?? end) - visit.enteredAt) * 0.1;
        view.show(visit.enteredAt - margin, (visit.exitedAt ?? end) + margin);
      },
    };
    const move = moves[event.key];
    if (move === undefined) return;
    event.preventDefault();
    move();
  }

  return { said, onKeyDown };
}
