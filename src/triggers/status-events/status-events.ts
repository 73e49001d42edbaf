import { type ArnScope, isExpressExecution, scopeOfArn } from "../../machine/arns.ts";
import type { JournalEvent } from "../../machine/journal/journal-event.ts";
import type { FeedExecution, FeedItem, FeedSubscriber } from "../../ports/feed.ts";
import type { Logger } from "../../ports/logger.ts";
import type { EventPattern } from "../../eventing/pattern/event-pattern.ts";
import type { EpochMs } from "../../machine/ids.ts";
import type { ExecutionRecord, ExecutionStatus } from "../../ports/store.ts";
import type { DescribedExecution, Engine } from "../../runtime/engine.ts";
import { redrivability, type RedrivabilityParts } from "../../service/redrivability.ts";
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
  readonly engine: RedrivabilityParts["engine"] &
    Pick<Engine, "describeExecution" | "pendingRedrives">;
  readonly limits: RedrivabilityParts["limits"];
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
    const { record } = item.execution;
    const wanting = await this.#wanting(record);
    if (wanting === undefined) return;
    if (event.type === "MapRunRedriven") {
      await this.#tellPending(event.details.mapRunArn, event, wanting);
      return;
    }
    const change = await this.#changeOf(item, event);
    if (change !== undefined) await this.#put(change, event, wanting);
  }

  /** Who wants events of an execution; `undefined`: nobody. */
  async #wanting({ executionArn }: ExecutionRecord): Promise<Wanting | undefined> {
    const { tellers, book } = this.#options;
    const scope = scopeOfArn(executionArn);
    const isForBus = mayWant(await book.contents(scope, defaultBus));
    return isForBus || tellers.isWanted ? { scope, isForBus } : undefined;
  }

  async #put(
    change: StatusChange,
    { id, type, at }: JournalEvent,
    { scope, isForBus }: Wanting,
  ): Promise<void> {
    const { tellers, buses } = this.#options;
    const { executionArn } = change.record;
    const made = eventOf(scope, {
      // The same event of the same execution has the same id, whoever makes it.
      id: uuidOf(`${executionArn} ${id} ${type}`),
      source: statusEventSource,
      detailType: statusEventType,
      at,
      resources: [executionArn],
      detail: statusDetail(change),
    });
    await Promise.all([
      isForBus && buses.accept(made, { region: scope.region, bus: defaultBus }),
      tellers.tell(made, scope),
    ]);
  }

  /** Tells of the children of a Map Run that is redriven, as far as they have not begun again by now. Express ones have no events. */
  async #tellPending(mapRunArn: string, event: JournalEvent, wanting: Wanting): Promise<void> {
    const { engine } = this.#options;
    for (const executionArn of await engine.pendingRedrives(mapRunArn)) {
      if (isExpressExecution(executionArn)) continue;
      const described = await engine.describeExecution(executionArn);
      if (described === undefined || described.record.status === "RUNNING") continue;
      const { record, error, cause } = described;
      const change = await this.#withRedrivability(described, record.status, event.at);
      const pending = { ...change, stoppedAt: record.stopDate, error, cause } as const;
      await this.#put({ ...pending, status: "PENDING_REDRIVE" }, event, wanting);
    }
  }

  async #changeOf(
    { execution: { record }, redriveCount }: FeedItem,
    event: JournalEvent,
  ): Promise<StatusChange | undefined> {
    const { type, at } = event;
    const input = event.payload?.text;
    if (type === "ExecutionStarted" && input !== undefined) {
      const redrives = await this.#redrivability({ ...record, status: "RUNNING" }, at);
      return { record, status: "RUNNING", redriveCount, redrivability: redrives, input };
    }
    const described = await this.#options.engine.describeExecution(record.executionArn);
    if (described === undefined) return undefined;
    const ended = async (status: ExecutionStatus): Promise<StatusChange> => ({
      ...(await this.#withRedrivability(described, status, at)),
      redriveCount,
      stoppedAt: at,
    });
    switch (type) {
      case "ExecutionSucceeded":
        return { ...(await ended("SUCCEEDED")), output: event.payload?.text };
      case "ExecutionFailed":
        return { ...(await ended("FAILED")), ...event.details };
      case "ExecutionTimedOut":
        return { ...(await ended("TIMED_OUT")), ...event.details };
      case "ExecutionAborted":
        return { ...(await ended("ABORTED")), ...event.details };
      default: {
        const running = await this.#withRedrivability(described, "RUNNING", at);
        return { ...running, redriveCount, redriveDate: at };
      }
    }
  }

  /** What is told of an execution whatever has happened to it, with what it was when this had. */
  async #withRedrivability(
    { record, input }: DescribedExecution,
    status: ExecutionStatus,
    at: EpochMs,
  ): Promise<StatusChange> {
    const { redriveDate, redriveCount = 0 } = record;
    const then = { ...record, status, stopDate: record.stopDate ?? at };
    const redrives = await this.#redrivability(then, at);
    return {
      record,
      status,
      redriveCount,
      redriveDate,
      redrivability: redrives,
      input: input.text,
    };
  }

  #redrivability(record: ExecutionRecord, at: EpochMs): ReturnType<typeof redrivability> {
    const { engine, limits } = this.#options;
    return redrivability({ engine, limits, clock: { now: () => at } }, record);
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
  "MapRunRedriven",
]);

/** Where events of an execution go, beside whoever the configuration names. */
interface Wanting {
  readonly scope: ArnScope;
  readonly isForBus: boolean;
}

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
