import type { JournalEvent } from "../../machine/journal/journal-event.ts";
import type { StateMachineType } from "../../ports/store.ts";

/** How much of its limits an execution has used up, as far as its events say. */
export interface Usage {
  /** The length of its history: the id of its newest event. */
  events?: number;
  /** The largest document that any event carried, in UTF-8 bytes. */
  largestPayload?: number;
}

/**
 * Follows what a Standard execution uses. Of an Express execution, whose history has no limit and which may be one of
 * thousands a second, nothing is measured.
 */
export function noteUsage(usage: Usage, event: JournalEvent, type: StateMachineType): void {
  if (type !== "STANDARD") return;
  const { id, payload } = event;
  // Private events have no public id.
  if (id > (usage.events ?? 0)) usage.events = id;
  // A document that is handed on from state to state is measured once: it remembers its size.
  if (payload !== undefined && payload.text.length * 3 > (usage.largestPayload ?? 0)) {
    usage.largestPayload = Math.max(usage.largestPayload ?? 0, payload.bytes);
  }
}
