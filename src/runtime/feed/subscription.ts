import type { FeedItem, FeedSubscriber } from "../../ports/feed.ts";
import type { Logger } from "../../ports/logger.ts";
import { asError } from "../partition/for-each-execution.ts";

/** What waits for one subscriber, and how far it is. */
export class Subscription {
  readonly subscriber: FeedSubscriber;
  readonly #logger: Logger;
  #waiting: FeedItem[] = [];
  #waitingEvents = 0;
  /** It has lost something, and has not been told yet. */
  #hasMissed = false;
  #isScheduled = false;
  #delivery: Promise<void> | undefined;
  #isOver = false;

  constructor(subscriber: FeedSubscriber, logger: Logger) {
    this.subscriber = subscriber;
    this.#logger = logger;
  }

  /** Events that wait. */
  get waitingEvents(): number {
    return this.#waitingEvents;
  }

  /** Never throws, and calls nobody. */
  offer(item: FeedItem): void {
    if (this.#isOver || this.#hasMissed) return;
    this.#waiting.push(item);
    this.#waitingEvents += item.events.length;
    if (this.#waitingEvents > this.subscriber.capacity) this.#lose();
    this.#schedule();
  }

  /** What it knows is to be read anew, and what waits with it. */
  startAgain(): void {
    if (this.#isOver || this.#hasMissed) return;
    this.#forget();
    this.#schedule();
  }

  /** Nothing is delivered any more. */
  end(): void {
    this.#isOver = true;
    this.#waiting = [];
    this.#waitingEvents = 0;
  }

  /** Resolves when all that waits has been delivered. */
  async drained(): Promise<void> {
    while (!this.#isOver && (this.#isScheduled || this.#delivery !== undefined)) {
      await (this.#delivery ?? Promise.resolve());
    }
  }

  #lose(): void {
    this.#logger.warn("a subscriber of the feed is too slow, and starts again", {
      subscriber: this.subscriber.name,
      lostEvents: this.#waitingEvents,
    });
    this.#forget();
  }

  #forget(): void {
    this.#hasMissed = true;
    this.#waiting = [];
    this.#waitingEvents = 0;
  }

  /** Right after what feeds it, in the same turn of the event loop: a commit's items come together. */
  #schedule(): void {
    if (this.#isScheduled || this.#delivery !== undefined) return;
    this.#isScheduled = true;
    queueMicrotask(() => {
      this.#isScheduled = false;
      this.#deliver();
    });
  }

  #deliver(): void {
    if (this.#isOver) return;
    const told = this.#tell();
    if (told === undefined) return;
    this.#delivery = told.then(
      () => this.#delivered(),
      (thrown: unknown) => {
        this.#logMistake(thrown);
        this.#delivered();
      },
    );
  }

  #delivered(): void {
    this.#delivery = undefined;
    if (this.#waiting.length > 0 || this.#hasMissed) this.#schedule();
  }

  /** A promise if the subscriber has something to wait for. */
  #tell(): Promise<void> | undefined {
    try {
      if (this.#hasMissed) {
        this.#hasMissed = false;
        return this.subscriber.startAgain() ?? undefined;
      }
      const items = this.#waiting;
      this.#waiting = [];
      this.#waitingEvents = 0;
      return this.subscriber.receive(items) ?? undefined;
    } catch (thrown) {
      this.#logMistake(thrown);
      return undefined;
    }
  }

  #logMistake(thrown: unknown): void {
    const { message, stack } = asError(thrown);
    this.#logger.error("a subscriber of the feed failed", {
      subscriber: this.subscriber.name,
      message: stack ?? message,
    });
  }
}
