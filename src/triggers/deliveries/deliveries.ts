import { createHash } from "node:crypto";
import type { EpochMs } from "../../machine/ids.ts";
import type { Clock } from "../../ports/clock.ts";
import type { DocumentStore } from "../../ports/document-store.ts";
import type { Ids } from "../../ports/ids.ts";
import type { Logger } from "../../ports/logger.ts";
import { DueDocuments, type DueEntry } from "../due/due-documents.ts";
import { DueLoop } from "../due/due-loop.ts";
import type {
  StartTarget,
  TargetFailure,
  TargetOutcome,
  TargetRequest,
} from "../targets/target.ts";
import { deadLetter } from "./dead-letter.ts";
import { type Delivery, retryDelayMs } from "./delivery.ts";
import { GivenUp } from "./given-up.ts";
import { Outcomes } from "./outcomes.ts";
import { TroubledDeliveries } from "./troubled-deliveries.ts";

export interface DeliveriesOptions {
  readonly store: DocumentStore;
  readonly clock: Clock;
  readonly ids: Pick<Ids, "seed">;
  readonly logger: Logger;
  readonly isMine: (key: string) => boolean;
  readonly isShared: boolean;
  readonly startTarget: StartTarget;
}

/**
 * *Our choices*: after how long another node takes up what one has accepted, which is longer than a target may take; alone, whoever comes
 * after a restart takes it up at once. And how many are begun before the loop has to do them.
 */
const leaseMs = 90_000;
const leaseAloneMs = 1_000;
const mostBegun = 256;

/** What an event is given up with that was never allowed to be given. *Our choice*: the name of AWS's services for it. */
const throttled = "ThrottlingException";

/**
 * What is on its way to targets: stored before it is promised, tried until it is taken or given up, each at least once. It is given by
 * the node that accepted it, and by that which has its partition if that node is gone.
 */
export class Deliveries {
  /** What came of them, on all nodes. */
  readonly outcomes: Outcomes;
  /** What targets have refused. */
  readonly troubled: TroubledDeliveries;
  readonly #givenUp: GivenUp;
  readonly #options: DeliveriesOptions;
  readonly #due: DueDocuments;
  readonly #loop: DueLoop;
  readonly #ending = new AbortController();
  readonly #begun = new Set<Promise<void>>();
  readonly #here = new Set<string>();

  constructor(options: DeliveriesOptions) {
    this.#options = options;
    this.outcomes = new Outcomes(options);
    this.#due = new DueDocuments(options.store, "event.delivery");
    this.#givenUp = new GivenUp(options.store);
    this.troubled = new TroubledDeliveries({
      due: this.#due,
      givenUp: this.#givenUp,
      clock: options.clock,
      accept: (deliveries) => this.accept(deliveries),
    });
    this.#loop = new DueLoop({
      ...options,
      name: "deliveries",
      documents: this.#due,
      perform: async (entry) => {
        if (this.#here.has(entry.key)) return "later";
        await this.#attempt(entry, JSON.parse(entry.body) as Delivery);
        return "done";
      },
    });
  }

  start(): void {
    this.#loop.start();
  }

  async stop(): Promise<void> {
    this.#ending.abort();
    await Promise.all([this.#loop.stop(), ...this.#begun]);
    await this.outcomes.stop();
  }

  /** Resolves when they are durable; they are begun then. */
  async accept(deliveries: readonly Delivery[]): Promise<void> {
    const { clock, isShared } = this.#options;
    const isBusy = this.#begun.size + deliveries.length > mostBegun;
    const dueAt = clock.now() + (isBusy ? 0 : isShared ? leaseMs : leaseAloneMs);
    const entries = deliveries.map((delivery) => entryOf(delivery, dueAt));
    await Promise.all(entries.map((entry) => this.#due.put(entry)));
    if (isBusy) {
      this.#loop.wake(dueAt);
      return;
    }
    for (const [index, entry] of entries.entries()) {
      this.#begin(entry, deliveries[index] as Delivery);
    }
  }

  /**
   * Tries once, and stores only what is to be tried again: for what is repeated by whoever asks until this has resolved.
   */
  async deliver(delivery: Delivery): Promise<void> {
    const outcome = await this.#given(delivery.request);
    if (outcome.type === "failed") await this.#failed(delivery, outcome);
    else if (outcome.type === "postponed") await this.#postponed(delivery, outcome.until);
  }

  async #given(request: TargetRequest): Promise<TargetOutcome> {
    const { startTarget } = this.#options;
    const outcome = await startTarget(request, this.#ending.signal);
    if (outcome.type === "postponed") return outcome;
    // A server that ends has not been refused.
    if (outcome.type === "taken" || !this.#ending.signal.aborted) {
      this.outcomes.note(request, outcome);
    }
    return outcome;
  }

  #begin(entry: DueEntry, delivery: Delivery): void {
    this.#here.add(entry.key);
    const begun = this.#attempt(entry, delivery)
      .catch((error: unknown) => {
        const { logger } = this.#options;
        logger.warn("a delivery is left for later", { key: entry.key, reason: String(error) });
        this.#loop.wake(entry.dueAt);
      })
      .finally(() => {
        this.#here.delete(entry.key);
        this.#begun.delete(begun);
      });
    this.#begun.add(begun);
  }

  async #attempt(entry: DueEntry, delivery: Delivery): Promise<void> {
    const outcome = await this.#given(delivery.request);
    if (outcome.type === "failed") {
      if (this.#ending.signal.aborted) return;
      await this.#failed(delivery, outcome);
    } else if (outcome.type === "postponed") await this.#postponed(delivery, outcome.until);
    await this.#due.remove(entry);
  }

  /** Stores it for then; that is no attempt. *Documented*: what waits longer than its age allows is not delivered. */
  async #postponed(delivery: Delivery, until: EpochMs): Promise<void> {
    if (until - delivery.since > delivery.retry.maximumAgeSeconds * 1000) {
      const message = "The API destination is called as often as it may be.";
      const failure = { type: "failed", code: throttled, message, isTransient: true } as const;
      await this.#giveUp(delivery, failure, "MaximumEventAgeInSeconds");
      return;
    }
    const postponed = (delivery.postponed ?? 0) + 1;
    await this.#due.put(entryOf({ ...delivery, postponed }, until));
    this.#loop.wake(until);
  }

  /** Stores the next attempt, or gives it up. */
  async #failed(before: Delivery, failure: TargetFailure): Promise<void> {
    const { clock, ids } = this.#options;
    const { code, message } = failure;
    const attempts = before.attempts + 1;
    const delivery = { ...before, attempts, failure: { code, message } };
    const dueAt = clock.now() + retryDelayMs(attempts, ids.seed() / 2 ** 32);
    const exhausted = exhaustedBy(delivery, failure, dueAt);
    if (exhausted === undefined) {
      await this.#due.put(entryOf(delivery, dueAt));
      this.#loop.wake(dueAt);
      return;
    }
    await this.#giveUp(delivery, failure, exhausted);
  }

  async #giveUp(delivery: Delivery, failure: TargetFailure, exhausted: Exhausted): Promise<void> {
    const { logger, startTarget, clock } = this.#options;
    const { request, deadLetterArn } = delivery;
    const about = {
      source: request.sourceArn,
      target: request.arn,
      code: failure.code,
      reason: failure.message,
    };
    if (deadLetterArn === undefined) {
      const at = clock.now();
      await this.#givenUp.put(entryOf(delivery, at).key, { delivery, at });
      this.outcomes.noteGivenUp(request);
      logger.warn("what a trigger had for its target is given up", about);
      return;
    }
    const letter = deadLetter(delivery, failure, exhausted, deadLetterArn);
    const outcome = await startTarget(letter, this.#ending.signal);
    if (outcome.type === "taken") {
      this.outcomes.noteGivenUp(request);
      return;
    }
    if (outcome.type === "postponed") throw new Error(`${deadLetterArn} is to be asked later`);
    if (outcome.isTransient) throw new Error(`${deadLetterArn}: ${outcome.message}`);
    logger.error("a dead-letter queue does not take what is given up", {
      ...about,
      queue: deadLetterArn,
      because: outcome.message,
    });
  }
}

/** *Documented*: dead-letter queues, EXHAUSTED_RETRY_CONDITION; without a value where nothing was tried again. */
export type Exhausted = "MaximumRetryAttempts" | "MaximumEventAgeInSeconds" | "NotTriedAgain";

function exhaustedBy(
  { attempts, retry, since }: Delivery,
  { isTransient }: TargetFailure,
  nextAt: EpochMs,
): Exhausted | undefined {
  if (!isTransient) return "NotTriedAgain";
  if (attempts > retry.maximumRetryAttempts) return "MaximumRetryAttempts";
  return nextAt - since > retry.maximumAgeSeconds * 1000 ? "MaximumEventAgeInSeconds" : undefined;
}

function entryOf(delivery: Delivery, dueAt: EpochMs): DueEntry {
  const { sourceArn, arn, name } = delivery.request;
  // The name is made of the cause and of the target. Two attempts are two entries, also where they are due at the same time, and so is one that was put off.
  const digest = createHash("sha256").update([sourceArn, arn, name].join("\n")).digest("hex");
  const { attempts, postponed } = delivery;
  const key = `${digest}.${attempts}${postponed === undefined ? "" : `-${postponed}`}`;
  return { dueAt, key, body: JSON.stringify(delivery) };
}
