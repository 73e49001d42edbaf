import type { JournalEvent } from "../../machine/journal/journal-event.ts";
import type { StateMachineType } from "../../ports/store.ts";

/** How much of its limits an execution has used up, as far as its events say. */
export interface Usage {
  /** The length of its history: the id of its newest event. */
  events?: number;
  /** The largest document that any event carried, in UTF-8 bytes; absent: all were small. */
  largestPayload?: number;
}

/** Our choice: documents of fewer bytes are near no limit, and are not measured. */
const smallBytes = 64 * 1024;

/**
 * Follows what a Standard execution uses. Of an Express execution, whose history has no limit and which may be one of
 * thousands a second, nothing is measured.
 */
export function noteUsage(usage: Usage, event: JournalEvent, type: StateMachineType): void {
  if (type !== "STANDARD") return;
  // Private events have no public id.
  if (event.id > (usage.events ?? 0)) usage.events = event.id;
  const { payload } = event;
  // A document that is handed on from state to state is measured once: it remembers its size.
  if (payload !== undefined && payload.text.length * 3 > (usage.largestPayload ?? smallBytes)) {
    usage.largestPayload = Math.max(usage.largestPayload ?? 0, payload.bytes);
  }
}
