import { isJsonObject } from "../../expression/json.ts";
import type { EpochMs } from "../../machine/ids.ts";
import { type Clock, scheduleRound } from "../../ports/clock.ts";
import type { DocumentStore } from "../../ports/document-store.ts";
import type { Logger } from "../../ports/logger.ts";
import { DocumentCollection } from "../../service/document-collection.ts";
import type { TargetOutcome, TargetRequest } from "../targets/target.ts";

/** What came of what one trigger had for its targets, on all nodes, in the last {@link keptDays} days of UTC. */
export interface SourceOutcomes extends OutcomeCounts {
  /** The newest first. */
  readonly newest: readonly SourceOutcome[];
}

interface OutcomeCounts {
  readonly taken: number;
  /** Attempts that were refused. */
  readonly failed: number;
  /** What is not tried any more. */
  readonly givenUp: number;
}

/** One attempt. */
export interface SourceOutcome {
  readonly at: EpochMs;
  readonly targetArn: string;
  /** What it has started, where that is an execution. */
  readonly executionArn?: string;
  /** Why it was refused. */
  readonly code?: string;
  readonly message?: string;
}

/** What is stored of a source: each day's counts, by its date. */
interface StoredOutcomes {
  readonly days: { readonly [date: string]: OutcomeCounts };
  readonly newest: readonly SourceOutcome[];
}

/**
 * *Our choices*: how long is counted, outcomes of a source that are told, characters of a refusal's message, after how long counts are
 * stored, sources that are stored at a time, and those that may wait for it.
 */
const keptDays = 7;
const mostNewest = 5;
const mostCharacters = 500;
const storedAfterMs = 5_000;
const mostStored = 500;
const mostWaiting = 20_000;

const dayMs = 86_400_000;
const nothing: OutcomeCounts = { taken: 0, failed: 0, givenUp: 0 };
const none: StoredOutcomes = { days: {}, newest: [] };

export interface OutcomesOptions {
  readonly store: DocumentStore;
  readonly clock: Clock;
  readonly logger: Pick<Logger, "warn">;
}

/**
 * Counts what came of deliveries, by the rule or the schedule that they are of. A count is an addition in memory; each few seconds what has
 * come is added to the source's document, where that of other nodes is. A node that dies takes the last seconds along: nothing depends on them.
 */
export class Outcomes {
  readonly #options: OutcomesOptions;
  readonly #documents: DocumentCollection<StoredOutcomes>;
  /** What is not stored yet. */
  readonly #waiting = new Map<string, StoredOutcomes>();
  /** The source that is being stored. */
  #storing: { readonly sourceArn: string; readonly done: Promise<void> } | undefined;
  #round: Promise<void> = Promise.resolve();
  #cancel: (() => void) | undefined;
  #isEnding = false;
  #sweptOn: string | undefined;

  constructor(options: OutcomesOptions) {
    this.#options = options;
    this.#documents = new DocumentCollection(options.store, "event.outcomes");
  }

  async of(sourceArn: string): Promise<SourceOutcomes> {
    if (this.#storing?.sourceArn === sourceArn) await this.#storing.done;
    // Before the document is read: what is stored meanwhile would be in neither.
    const waiting = this.#waiting.get(sourceArn) ?? none;
    const all = both((await this.#documents.get(sourceArn)) ?? none, waiting);
    const { days, newest } = this.#recent(all);
    return { ...Object.values(days).reduce(sumOf, nothing), newest };
  }

  note(
    { sourceArn, arn }: TargetRequest,
    outcome: Exclude<TargetOutcome, { type: "postponed" }>,
  ): void {
    const at = this.#options.clock.now();
    const isTaken = outcome.type === "taken";
    const one: SourceOutcome = {
      at,
      targetArn: arn,
      ...(isTaken
        ? startedBy(outcome)
        : { code: outcome.code, message: outcome.message.slice(0, mostCharacters) }),
    };
    const count = isTaken ? { ...nothing, taken: 1 } : { ...nothing, failed: 1 };
    this.#add(sourceArn, { days: { [dateOf(at)]: count }, newest: [one] });
  }

  noteGivenUp({ sourceArn }: Pick<TargetRequest, "sourceArn">): void {
    const today = dateOf(this.#options.clock.now());
    this.#add(sourceArn, { days: { [today]: { ...nothing, givenUp: 1 } }, newest: [] });
  }

  /** Stores what there is; nothing is counted afterwards. */
  async stop(): Promise<void> {
    this.#isEnding = true;
    this.#cancel?.();
    await this.#round;
    await this.#store(Number.POSITIVE_INFINITY);
  }

  #add(sourceArn: string, more: StoredOutcomes): void {
    if (this.#waiting.size >= mostWaiting && !this.#waiting.has(sourceArn)) return;
    this.#waiting.set(sourceArn, both(this.#waiting.get(sourceArn) ?? none, more));
    this.#wait();
  }

  #wait(): void {
    if (this.#cancel !== undefined || this.#isEnding || this.#waiting.size === 0) return;
    const { clock } = this.#options;
    this.#cancel = scheduleRound(clock, clock.now() + storedAfterMs, () => {
      this.#round = this.#store(mostStored).finally(() => {
        this.#cancel = undefined;
        this.#wait();
      });
    });
  }

  async #store(most: number): Promise<void> {
    try {
      for (const sourceArn of [...this.#waiting.keys()].slice(0, most)) {
        const done = this.#storeOne(sourceArn);
        this.#storing = { sourceArn, done: done.catch(() => {}) };
        await done;
      }
      await this.#sweep();
    } catch (error) {
      const { logger } = this.#options;
      logger.warn("what came of triggers is counted later", { reason: String(error) });
    } finally {
      this.#storing = undefined;
    }
  }

  async #storeOne(sourceArn: string): Promise<void> {
    const more = this.#waiting.get(sourceArn) ?? none;
    this.#waiting.delete(sourceArn);
    try {
      await this.#documents.update(sourceArn, (before = none) => this.#recent(both(before, more)));
    } catch (error) {
      this.#waiting.set(sourceArn, both(more, this.#waiting.get(sourceArn) ?? none));
      throw error;
    }
  }

  /** Once a day: what is too old goes, and with it what was counted of triggers that are gone. */
  async #sweep(): Promise<void> {
    const today = dateOf(this.#options.clock.now());
    if (this.#sweptOn === today) return;
    this.#sweptOn = today;
    for await (const { id, value } of this.#documents.all()) {
      if (isEmpty(this.#recent(value))) {
        await this.#documents.update(id, (now = none) =>
          isEmpty(this.#recent(now)) ? undefined : now,
        );
      }
    }
  }

  #recent({ days, newest }: StoredOutcomes): StoredOutcomes {
    const first = dateOf(this.#options.clock.now() - (keptDays - 1) * dayMs);
    return {
      days: Object.fromEntries(Object.entries(days).filter(([date]) => date >= first)),
      newest: newest.filter(({ at }) => dateOf(at) >= first),
    };
  }
}

function dateOf(at: EpochMs): string {
  return new Date(at).toISOString().slice(0, "2026-11-30".length);
}

function isEmpty({ days, newest }: StoredOutcomes): boolean {
  return Object.keys(days).length === 0 && newest.length === 0;
}

function both(one: StoredOutcomes, other: StoredOutcomes): StoredOutcomes {
  const days = { ...one.days };
  for (const [date, counts] of Object.entries(other.days)) {
    days[date] = sumOf(days[date] ?? nothing, counts);
  }
  // Of one moment that which was noted last is the newest.
  const newest = [...other.newest, ...one.newest].toSorted((a, b) => b.at - a.at);
  return { days, newest: newest.slice(0, mostNewest) };
}

function sumOf(one: OutcomeCounts, other: OutcomeCounts): OutcomeCounts {
  return {
    taken: one.taken + other.taken,
    failed: one.failed + other.failed,
    givenUp: one.givenUp + other.givenUp,
  };
}

function startedBy({
  output,
}: Extract<TargetOutcome, { type: "taken" }>): Pick<SourceOutcome, "executionArn"> {
  const executionArn = isJsonObject(output) ? output["executionArn"] : undefined;
  return typeof executionArn === "string" ? { executionArn } : {};
}
