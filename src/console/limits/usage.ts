import type { JournalEvent } from "../../machine/journal/journal-event.ts";
import type { StateMachineType } from "../../ports/store.ts";

/** How much of its limits an execution has used up, as far as its events say. */
export interface Usage {
  /** The length of its history: the id of its newest event. */
  events?: number;
  /** The largest document that any event carried, in UTF-8 bytes; 0 for small ones. */
  largestPayload?: number;
}

/** Our choice, in bytes: smaller documents are near no limit that anybody sets, and most are smaller. */
const leastMeasured = 4_096;

/**
 * Follows what a Standard execution uses. Of an Express execution, whose history has no limit and which may be one of
 * thousands a second, nothing is measured.
 */
export function noteUsage(
  usage: Usage,
  events: readonly JournalEvent[],
  type: StateMachineType,
): void {
  if (type !== "STANDARD") return;
  let newest = usage.events ?? 0;
  let largest = usage.largestPayload ?? 0;
  let measured: JournalEvent["payload"];
  for (const { id, payload } of events) {
    // Private events have no public id.
    if (id > newest) newest = id;
    // A document is handed on from state to state.
    if (payload === undefined || payload === measured) continue;
    measured = payload;
    if (payload.text.length * 3 > Math.max(largest, leastMeasured))
      largest = Math.max(largest, payload.bytes);
  }
  usage.events = newest;
  usage.largestPayload = largest;
}
