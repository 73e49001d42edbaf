import type { JsonObject } from "../../expression/json.ts";
import type { EventBridgeHere } from "../../ports/event-bridge.ts";
import type { MissedTicks } from "../schedules/ticking.ts";

/** What `events` of the configuration says. */
export interface EventsConfiguration {
  /**
   * Where `events:putEvents` and `aws-sdk:eventbridge` of workflows go: to the buses of this server, or to AWS. Absent: here where services are
   * answered from memory, or where the AWS SDK finds neither credentials nor an endpoint: there is nobody else then who could take them.
   */
  readonly putEvents?: "here" | "aws";
  /** Status events go to EventBridge as well. */
  readonly forward?: ForwardConfiguration;
  /** Who is told of status events by HTTP. */
  readonly webhooks?: readonly WebhookConfiguration[];
}

export interface ForwardConfiguration {
  /** A name or an ARN; absent: `default`. */
  readonly eventBusName?: string;
  readonly region?: string;
  /** *Documented*: EventBridge takes none that begins with `aws.`; absent: `stepwell.states`. */
  readonly source?: string;
  /** Absent: all. */
  readonly pattern?: JsonObject;
}

export interface WebhookConfiguration {
  readonly url: string;
  /** What calls are signed by. */
  readonly secret: string;
  /** Which events; absent: all. */
  readonly pattern?: JsonObject;
}

/** What `schedules` of the configuration says. */
export interface SchedulesConfiguration {
  /** Which ticks are made up for that came while nobody was there; absent: the last. */
  readonly missed?: MissedTicks;
}

/** Where `events:putEvents` of workflows goes. */
export function whenHere({ putEvents }: EventsConfiguration = {}): EventBridgeHere["when"] {
  if (putEvents === undefined) return "unconfigured";
  return putEvents === "here" ? "always" : "never";
}

/** Of executions that are only tried nobody is told, and their events stay where the configuration alone would have sent them. */
export function eventsOfTrials({ putEvents = "aws" }: EventsConfiguration): EventsConfiguration {
  return { putEvents };
}
