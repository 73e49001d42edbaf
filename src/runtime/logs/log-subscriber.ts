import type { ExecutionLog } from "../../ports/execution-log.ts";
import type { FeedSubscriber } from "../../ports/feed.ts";
import { logEntries } from "./log-entries.ts";

/** Events of one turn of the event loop at most: the log itself takes them at once, and bounds what it queues. */
const eventsAtMost = 1_000_000;

/** Writes of the feed what logging configurations ask for. *Documented*: best effort, so that nothing is made up for. */
export function logSubscriber(log: ExecutionLog): FeedSubscriber {
  return {
    name: "execution logs",
    capacity: eventsAtMost,
    wants: ({ logging }) => logging !== undefined,
    receive(items) {
      for (const { execution, events, redriveCount } of items) {
        const { logging, identity } = execution;
        if (logging !== undefined) {
          log.write(logEntries(events, logging, { ...identity, redriveCount }));
        }
      }
    },
    startAgain() {},
  };
}
