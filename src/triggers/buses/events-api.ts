import type { ServiceApi } from "../../ports/service-api.ts";
import { archiveOperations } from "./archive-operations.ts";
import { busOperations } from "./bus-operations.ts";
import { connectionOperations } from "./connection-operations.ts";
import { destinationOperations } from "./destination-operations.ts";
import type { Destinations } from "./destinations.ts";
import type { EventsContext } from "./events-context.ts";
import { putEvents } from "./put-events.ts";
import { replayOperations } from "./replay-operations.ts";
import { ruleOperations } from "./rule-operations.ts";
import { tagOperations } from "./tag-operations.ts";
import { targetOperations } from "./target-operations.ts";

/** EventBridge. */
export function eventsApi(context: EventsContext, destinations: Destinations): ServiceApi {
  return {
    signingName: "events",
    protocol: { type: "json", version: "1.1", targetPrefix: "AWSEvents" },
    operations: {
      PutEvents: putEvents(context),
      ...ruleOperations(context),
      ...targetOperations(context),
      ...busOperations(context),
      ...archiveOperations(context),
      ...replayOperations(context),
      ...connectionOperations(context, destinations),
      ...destinationOperations(context, destinations),
      ...tagOperations(context),
    },
  };
}
