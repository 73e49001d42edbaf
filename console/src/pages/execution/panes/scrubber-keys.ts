import type { KeyboardEvent } from "react";
import { firstAfter, type RunMark } from "./run-marks.ts";
import type { Player } from "./use-player.ts";

/** Where the keys of the track lead: event by event, with Shift state by state. */
export function scrubberKeys({
  marks,
  current,
  lastEventId,
  go,
  player,
}: {
  readonly marks: readonly RunMark[];
  /** The event that is shown. */
  readonly current: number;
  readonly lastEventId: number;
  readonly go: (eventId: number) => void;
  readonly player: Player;
}): (event: KeyboardEvent) => void {
  /** The next or previous event that entered a state. */
  function goToState(by: 1 | -1): void {
    const entries = marks.filter(({ what }) => what === "entered");
    const index = firstAfter(entries, by === 1 ? current : current - 1);
    go(entries[by === 1 ? index : index - 1]?.id ?? (by === 1 ? lastEventId : 1));
  }

  return (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const move = (by: 1 | -1) => (event.shiftKey ? goToState(by) : go(current + by));
    const page = Math.max(10, Math.round(lastEventId / 20));
    const moves: Readonly<Record<string, () => void>> = {
      ArrowLeft: () => move(-1),
      ArrowDown: () => move(-1),
      ArrowRight: () => move(1),
      ArrowUp: () => move(1),
      PageDown: () => go(current - page),
      PageUp: () => go(current + page),
      Home: () => go(1),
      End: () => go(lastEventId),
      " ": player.toggle,
    };
    const act = moves[event.key];
    if (act === undefined) return;
    event.preventDefault();
    if (event.key !== " ") player.stop();
    act();
  };
}
