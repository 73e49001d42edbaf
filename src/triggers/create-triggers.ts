import { type ArnScope, scopeOf } from "../machine/arns.ts";
import { accessDenied, type Authorizer } from "../ports/authorizer.ts";
import type { Caller } from "../ports/caller.ts";
import type { Clock } from "../ports/clock.ts";
import type { EventBridgeHere } from "../ports/event-bridge.ts";
import type { FeedSubscriber } from "../ports/feed.ts";
import type { Ids } from "../ports/ids.ts";
import type { Logger } from "../ports/logger.ts";
import { partitionOf } from "../ports/partition-of.ts";
import { type ServiceApi, ServiceError } from "../ports/service-api.ts";
import type { Store } from "../ports/store.ts";
import type { OwnConnections } from "../integrations/http/connections/connection-book.ts";
import type { HttpClient } from "../integrations/http/http-client.ts";
import type { Engine } from "../runtime/engine.ts";
import { Destinations } from "./buses/destinations.ts";
import { busArn, busOf } from "./buses/event-arns.ts";
import { type BusEvent, eventOfText } from "./buses/event.ts";
import { EventBuses, type EventPlace } from "./buses/event-buses.ts";
import { eventsApi } from "./buses/events-api.ts";
import { Replays } from "./buses/replays.ts";
import { RuleBook } from "./buses/rule-book.ts";
import { tickingRule } from "./buses/scheduled-rules.ts";
import { Deliveries } from "./deliveries/deliveries.ts";
import { schedulerApi } from "./schedules/scheduler-api.ts";
import { Schedules } from "./schedules/schedules.ts";
import { Ticker } from "./schedules/ticker.ts";
import type {
  EventsConfiguration,
  SchedulesConfiguration,
} from "./status-events/events-configuration.ts";
import { StatusEvents, type StatusEventsOptions } from "./status-events/status-events.ts";
import { type PutIntoEventBridge, Tellers } from "./status-events/tellers.ts";
import { createStartTarget, type TargetServices } from "./targets/start-target.ts";
import type { StartTarget, TargetOutcome, TargetRequest } from "./targets/target.ts";
import { createTriggerWatch, type TriggerWatch } from "./watch/trigger-watch.ts";

export interface TriggersOptions extends Pick<TargetServices, "stepFunctions" | "call" | "tasks"> {
  readonly store: Pick<
    Store,
    "partitions" | "document" | "documents" | "putDocument" | "deleteDocument"
  >;
  readonly engine: StatusEventsOptions["engine"] & {
    readonly ownership: Pick<Engine["ownership"], "epochOf">;
  };
  /** Told of what comes to a bus, for whoever wants to show it. */
  readonly seen?: ((event: BusEvent, place: EventPlace) => void) | undefined;
  /** Whether other nodes share the store. */
  readonly isShared: boolean;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly logger: Logger;
  readonly accountId: string;
  /** Those that say whether an execution can be redriven. */
  readonly limits: StatusEventsOptions["limits"];
  readonly authorizer: Authorizer;
  readonly http: Pick<HttpClient, "send">;
  readonly putIntoEventBridge: PutIntoEventBridge;
  readonly events?: EventsConfiguration | undefined;
  readonly schedules?: SchedulesConfiguration | undefined;
}

/** What starts executions by itself: event buses, schedules, and events about executions. */
export interface Triggers {
  /** EventBridge and EventBridge Scheduler. */
  readonly apis: readonly ServiceApi[];
  /** The same EventBridge, for tasks whose roles have been asked about. */
  readonly callEvents: EventBridgeHere["call"];
  /** A connection that was made here, with its secrets. */
  readonly connection: OwnConnections;
  /** Gives something to a target once: what pipes and web routes do as well. */
  readonly startTarget: StartTarget;
  /** Makes status events of what happens to executions; it is for the feed. */
  readonly statusEvents: FeedSubscriber;
  /** What is known of them, for whoever looks after them. */
  readonly watch: TriggerWatch;
  /** Takes up what was under way, and ticks from now on. */
  start(): void;
  /** Ends; what is under way is finished or stays stored. */
  stop(): Promise<void>;
  /** Another node has changed rules: what is remembered of them is read anew. */
  forget(): void;
}

/** *Our choice*: buses that an event may pass, so that two that send to each other come to an end. */
const mostHops = 8;

/** Joins the parts of the triggers. */
export function createTriggers(options: TriggersOptions): Triggers {
  const { store, engine, clock, accountId, authorizer } = options;
  const isMine = (key: string): boolean =>
    engine.ownership.epochOf(partitionOf(key, store.partitions)) !== undefined;
  const shared = { ...options, isMine };
  const book = new RuleBook(store, accountId);
  const destinations = new Destinations(store, options);

  const startTarget: StartTarget = async (request, signal) =>
    (await tellers.give(request, signal)) ?? targets(request, signal);
  const deliveries = new Deliveries({ ...shared, startTarget });
  const tellers = new Tellers({
    ...options,
    configuration: options.events ?? {},
    deliveries,
  });
  const buses = new EventBuses({ ...options, book, deliveries });
  const targets = createStartTarget({
    ...options,
    now: () => clock.now(),
    forward,
    destination: (request, caller) => destinations.call(request, caller),
  });
  const replays = new Replays({ ...shared, book, buses });
  const schedules = new Schedules({ store, deliveries, clock });
  const ticker = new Ticker({
    ...shared,
    missed: options.schedules?.missed ?? "last",
    find: async (arn) =>
      (await schedules.ticking(arn)) ?? tickingRule(arn, { book, buses, deliveries }),
  });
  const context = { book, buses, ticker, replays, clock, ids: options.ids };

  /** Puts an event that a rule has matched on another bus, as the rule's role. */
  async function forward(request: TargetRequest, caller: Caller): Promise<TargetOutcome> {
    const scope: ArnScope = scopeOf(caller.region, accountId);
    const { region, name: bus } = busOf(request.arn, scope);
    const resource = busArn({ ...scope, region }, bus);
    const asked = { caller, action: "events:PutEvents", resource };
    const decision = await authorizer.mayCall(asked);
    if (!decision.allowed) {
      return lasting("AccessDeniedException", accessDenied(asked, decision));
    }
    const hops = (request.hops ?? 0) + 1;
    if (hops > mostHops) {
      return lasting("ValidationException", `The event has passed ${mostHops} event buses.`);
    }
    let event;
    try {
      event = eventOfText(request.input);
    } catch {
      return lasting("ValidationException", "What is put on a bus has to be a JSON object.");
    }
    await buses.accept(event, { region, bus, hops });
    return { type: "taken", output: null };
  }

  const events = eventsApi(context, destinations);
  return {
    async callEvents(operation, members, region, signal) {
      const caller: Caller = { ...scopeOf(region, accountId), principal: { type: "owner" } };
      const call = { caller, requestId: options.ids.uuid(), signal };
      const found = Object.hasOwn(events.operations, operation)
        ? events.operations[operation]
        : undefined;
      if (found === undefined) {
        throw new ServiceError(
          "UnknownOperationException",
          `Stepwell's event buses have no operation ${operation}.`,
        );
      }
      return (await found.prepare({ members }, call).perform()).members ?? {};
    },
    connection: (name, region) => destinations.connection(name, region),
    apis: [events, schedulerApi({ schedules, ticker, clock })],
    startTarget,
    watch: createTriggerWatch({ ...shared, book, buses, deliveries, schedules, replays, ticker }),
    statusEvents: new StatusEvents({ ...options, book, buses, tellers }),
    start() {
      deliveries.start();
      ticker.start();
      replays.start();
    },
    async stop() {
      await Promise.all([ticker.stop(), replays.stop()]);
      await deliveries.stop();
    },
    forget: () => book.forget(),
  };
}

function lasting(code: string, message: string): TargetOutcome {
  return { type: "failed", code, message, isTransient: false };
}
