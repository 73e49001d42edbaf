import type { JournalEvent } from "../../machine/journal/journal-event.ts";
import type { Feed, FeedExecution, FeedItem, FeedSubscriber } from "../../ports/feed.ts";
import type { Logger } from "../../ports/logger.ts";
import { Subscription } from "./subscription.ts";

/**
 * The one place where durable events go out. Whoever is told has a queue of its own, with a bound: a slow one holds up
 * neither a commit nor the others. Where nobody wants to know, nothing is done.
 */
export class EventFeed implements Feed {
  readonly #logger: Logger;
  #subscriptions: readonly Subscription[] = [];
  #sequence = 0;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  subscribe(subscriber: FeedSubscriber): () => void {
    const subscription = new Subscription(subscriber, this.#logger);
    this.#subscriptions = [...this.#subscriptions, subscription];
    return () => {
      this.#subscriptions = this.#subscriptions.filter((each) => each !== subscription);
      subscription.end();
    };
  }

  /** Whether somebody wants to know of the execution. */
  isWanted(execution: FeedExecution): boolean {
    for (const subscription of this.#subscriptions) {
      if (wants(subscription, execution)) return true;
    }
    return false;
  }

  /** What is told is durable. */
  publish(told: Omit<FeedItem, "sequence" | "events">, events: readonly JournalEvent[]): void {
    const { execution, status, stoppedAt, redriveCount } = told;
    const sequence = ++this.#sequence;
    const item: FeedItem = { sequence, execution, events, status, stoppedAt, redriveCount };
    for (const subscription of this.#subscriptions) {
      if (wants(subscription, item.execution)) subscription.offer(item);
    }
  }

  /** Something was missed before it came here: all start again. */
  startAgain(): void {
    for (const subscription of this.#subscriptions) subscription.startAgain();
  }

  /** Events that wait, by the subscriber's name. */
  waiting(): readonly { readonly name: string; readonly events: number }[] {
    return this.#subscriptions.map(({ subscriber, waitingEvents }) => ({
      name: subscriber.name,
      events: waitingEvents,
    }));
  }

  /** Delivers what waits, for at most `graceMs`, and nothing more after that. */
  async close(graceMs: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, graceMs);
    });
    const drained = Promise.all(this.#subscriptions.map((each) => each.drained()));
    await Promise.race([drained, timeout]);
    clearTimeout(timer);
    for (const subscription of this.#subscriptions) subscription.end();
    this.#subscriptions = [];
  }
}

function wants({ subscriber }: Subscription, execution: FeedExecution): boolean {
  return subscriber.wants?.(execution) ?? true;
}
