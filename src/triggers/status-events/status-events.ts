import { scopeOfArn } from "../../machine/arns.ts";
import type { JournalEvent } from "../../machine/journal/journal-event.ts";
import type { FeedExecution, FeedItem, FeedSubscriber } from "../../ports/feed.ts";
import type { Logger } from "../../ports/logger.ts";
import type { EventPattern } from "../../eventing/pattern/event-pattern.ts";
import type { Engine } from "../../runtime/engine.ts";
import { defaultBus } from "../buses/event-arns.ts";
import { eventOf, uuidOf } from "../buses/event.ts";
import type { EventBuses } from "../buses/event-buses.ts";
import type { BusContents, RuleBook } from "../buses/rule-book.ts";
import {
  type StatusChange,
  statusDetail,
  statusEventSource,
  statusEventType,
} from "./status-event.ts";
import type { Tellers } from "./tellers.ts";

export interface StatusEventsOptions {
  readonly engine: Pick<Engine, "describeExecution">;
  readonly book: RuleBook;
  readonly buses: EventBuses;
  /** Webhooks and the way to EventBridge. */
  readonly tellers: Tellers;
  readonly logger: Logger;
}

/** *Our choice*: events of the feed that may wait; status events are few among them. */
const capacity = 100_000;

/**
 * Makes AWS's events of executions' changes, and gives them to the default bus, to webhooks and to EventBridge. *Documented*: of Standard
 * workflows, best effort. Where nobody wants them nothing is made, nor read.
 */
export class StatusEvents implements FeedSubscriber {
  readonly name = "status events";
  readonly capacity = capacity;
  readonly #options: StatusEventsOptions;
  /** By Region: whether a rule or an archive may want them, as of a state of the rules. */
  readonly #wanted = new Map<string, { readonly changes: number; readonly isWanted: boolean }>();

  constructor(options: StatusEventsOptions) {
    this.#options = options;
  }

  wants({ type, identity }: FeedExecution): boolean {
    if (type !== "STANDARD") return false;
    const { tellers, book } = this.#options;
    if (tellers.isWanted) return true;
    const known = this.#wanted.get(identity.region);
    if (known?.changes === book.changes) return known.isWanted;
    // Nobody knows yet: it is found out, and until then the events are looked at.
    this.#findOut(identity.region);
    return true;
  }

  async receive(items: readonly FeedItem[]): Promise<void> {
    const { logger } = this.#options;
    for (const item of items) {
      for (const event of item.events) {
        if (!changing.has(event.type)) continue;
        try {
          await this.#tell(item, event);
        } catch (error) {
          const { executionArn, traceHeader } = item.execution.record;
          const reason = String(error);
          logger.warn("a status event was lost", { executionArn, traceHeader, reason });
        }
      }
    }
  }

  startAgain(): void {
    this.#options.logger.warn("status events were lost: there were more than could be told");
  }

  async #tell(item: FeedItem, event: JournalEvent): Promise<void> {
    const { tellers, buses, book } = this.#options;
    const { record } = item.execution;
    const scope = scopeOfArn(record.executionArn);
    const contents = await book.contents(scope, defaultBus);
    const isForBus = mayWant(contents);
    if (!isForBus && !tellers.isWanted) return;
    const change = await this.#changeOf(item, event);
    if (change === undefined) return;
    const made = eventOf(scope, {
      id: idOf(record.executionArn, event),
      source: statusEventSource,
      detailType: statusEventType,
      at: event.at,
      resources: [record.executionArn],
      detail: statusDetail(change),
    });
    await Promise.all([
      isForBus && buses.accept(made, { region: scope.region, bus: defaultBus }),
      tellers.tell(made, scope),
    ]);
  }

  async #changeOf(
    { execution: { record }, redriveCount }: FeedItem,
    event: JournalEvent,
  ): Promise<StatusChange | undefined> {
    const { type, at } = event;
    const input = event.payload?.text;
    if (type === "ExecutionStarted" && input !== undefined) {
      return { record, status: "RUNNING", at, redriveCount, input };
    }
    const described = await this.#options.engine.describeExecution(record.executionArn);
    if (described === undefined) return undefined;
    const { redriveDate } = described.record;
    const told = { record, at, redriveCount, redriveDate, input: described.input.text };
    switch (type) {
      case "ExecutionSucceeded":
        return { ...told, status: "SUCCEEDED", stoppedAt: at, output: event.payload?.text };
      case "ExecutionFailed":
        return { ...told, status: "FAILED", stoppedAt: at, ...event.details };
      case "ExecutionTimedOut":
        return { ...told, status: "TIMED_OUT", stoppedAt: at, ...event.details };
      case "ExecutionAborted":
        return { ...told, status: "ABORTED", stoppedAt: at, ...event.details };
      default:
        return { ...told, status: "RUNNING", redriveDate: at };
    }
  }

  #findOut(region: string): void {
    const { book, logger } = this.#options;
    const { changes } = book;
    book.contents({ partition: "aws", region }, defaultBus).then(
      (contents) => void this.#wanted.set(region, { changes, isWanted: mayWant(contents) }),
      (error: unknown) => logger.warn("rules could not be read", { reason: String(error) }),
    );
  }
}

const changing: ReadonlySet<string> = new Set([
  "ExecutionStarted",
  "ExecutionSucceeded",
  "ExecutionFailed",
  "ExecutionTimedOut",
  "ExecutionAborted",
  "ExecutionRedriven",
]);

function mayWant({ rules, archives }: BusContents): boolean {
  return (
    archives.length > 0 ||
    rules.some(({ record, pattern }) => record.state !== "DISABLED" && mayMatch(pattern))
  );
}

/** Whether a pattern does not rule these events out by their source or type. */
function mayMatch(pattern: EventPattern | undefined): boolean {
  const known: { readonly [name: string]: string } = {
    source: statusEventSource,
    "detail-type": statusEventType,
  };
  return (
    pattern?.ways.some((way) =>
      way.every(({ name, comparisons }) => {
        const value = known[name];
        return value === undefined || comparisons.some((holds) => holds(value));
      }),
    ) ?? false
  );
}

/** The same event of the same execution has the same id, whoever makes it. */
function idOf(executionArn: string, { id, type }: JournalEvent): string {
  return uuidOf(`${executionArn} ${id} ${type}`);
}
