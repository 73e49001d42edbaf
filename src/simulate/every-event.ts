import type { JournalEvent } from "../machine/journal/journal-event.ts";
import type { FeedSubscriber } from "../ports/feed.ts";
import type { ExecutionRecord } from "../ports/store.ts";

/** Sees every event of every execution: it is done with each at once, so that none has to wait, let alone be lost. */
export function everyEvent(
  see: (record: ExecutionRecord, events: readonly JournalEvent[]) => void,
): FeedSubscriber {
  return {
    name: "this command",
    capacity: Number.POSITIVE_INFINITY,
    receive(items) {
      for (const { execution, events } of items) see(execution.record, events);
    },
    startAgain() {},
  };
}
