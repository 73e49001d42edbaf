import type { FeedSubscriber } from "../../ports/feed.ts";

/** The status events for a feed that begins before they are there: what comes meanwhile waits for them. */
export function lateStatusEvents(ready: Promise<FeedSubscriber>): FeedSubscriber {
  let statusEvents: FeedSubscriber | undefined;
  void ready.then((found) => (statusEvents = found));
  return {
    name: "status events",
    /** *Our choice*: events of the feed that may wait; status events are few among them. */
    capacity: 100_000,
    wants: (execution) =>
      statusEvents === undefined
        ? execution.type === "STANDARD"
        : (statusEvents.wants?.(execution) ?? true),
    receive: async (items) => (await ready).receive(items),
    startAgain: async () => (await ready).startAgain(),
  };
}
