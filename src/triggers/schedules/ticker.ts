import type { EpochMs } from "../../machine/ids.ts";
import type { Clock } from "../../ports/clock.ts";
import type { DocumentStore } from "../../ports/document-store.ts";
import type { Logger } from "../../ports/logger.ts";
import { DueDocuments, type DueEntry } from "../due/due-documents.ts";
import { DueLoop } from "../due/due-loop.ts";
import { DocumentCollection } from "../../service/document-collection.ts";
import {
  dueTick,
  type MissedTicks,
  nextTick,
  type Tick,
  type Ticking,
  type Timing,
} from "./ticking.ts";

export interface TickerOptions {
  readonly store: DocumentStore;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Whether this node has the partition of an ARN. */
  readonly isMine: (arn: string) => boolean;
  readonly isShared: boolean;
  readonly missed: MissedTicks;
  /** What ticks under this ARN; `undefined`: nothing does, or it is off. */
  readonly find: (arn: string) => Promise<Ticking | undefined>;
}

/** How far a schedule is. It is changed by who does its ticks, whatever node that is. */
interface ClockRecord {
  /** What the tick was computed of. */
  readonly timing: Timing;
  readonly next: Tick;
  /** The last tick that was done. */
  readonly last?: EpochMs;
}

/** *Our choice*: how long a schedule may take to be written after its clock was. */
const settlingMs = 60_000;

/**
 * Does the ticks of all schedules, each once in a cluster.
 *
 * A tick is started, then recorded: who takes over in between starts it again under the same name, which is one execution. The clock of a
 * schedule is a document of its own, so that its ticks do not change what was configured.
 */
export class Ticker {
  readonly #options: TickerOptions;
  readonly #clocks: DocumentCollection<ClockRecord>;
  readonly #due: DueDocuments;
  readonly #loop: DueLoop;

  constructor(options: TickerOptions) {
    this.#options = options;
    this.#clocks = new DocumentCollection(options.store, "schedule.clock");
    this.#due = new DueDocuments(options.store, "schedule.due");
    this.#loop = new DueLoop({
      ...options,
      name: "schedules",
      documents: this.#due,
      perform: (entry) => this.#perform(entry),
    });
  }

  start(): void {
    this.#loop.start();
  }

  stop(): Promise<void> {
    return this.#loop.stop();
  }

  /** Winds the clock of what is about to be stored, to tick from an instant on. One whose times stay as they are goes on. */
  async wind(arn: string, timing: Timing, from: EpochMs): Promise<void> {
    const known = await this.#clocks.get(arn);
    if (known !== undefined && isSame(known.timing, timing)) return;
    // *Our choice*: a rate of Scheduler begins at once, that of a rule after its first period.
    const next = nextTick(arn, timing, timing.service === "scheduler" ? from - 1 : from);
    if (next === undefined) {
      await this.stopClock(arn);
      return;
    }
    // First the entry: a clock without one would stand still.
    await this.#due.put({ dueAt: next.dueAt, key: arn, body: "" });
    let before: ClockRecord | undefined;
    await this.#clocks.update(arn, (found) => {
      before = found;
      return { timing, next, ...(found?.last !== undefined && { last: found.last }) };
    });
    if (before !== undefined && before.next.dueAt !== next.dueAt) {
      await this.#due.remove({ dueAt: before.next.dueAt, key: arn });
    }
    this.#loop.wake(next.dueAt);
  }

  /** What was configured is gone, or off. */
  async stopClock(arn: string): Promise<void> {
    let before: ClockRecord | undefined;
    await this.#clocks.update(arn, (found) => {
      before = found;
      return undefined;
    });
    if (before !== undefined) await this.#due.remove({ dueAt: before.next.dueAt, key: arn });
  }

  /** When it ticks next, and when it did last. */
  async times(arn: string): Promise<{ readonly next?: EpochMs; readonly last?: EpochMs }> {
    const found = await this.#clocks.get(arn);
    if (found === undefined) return {};
    return { next: found.next.at, ...(found.last !== undefined && { last: found.last }) };
  }

  async #perform(entry: DueEntry): Promise<"done" | "later"> {
    const { clock, find, logger, missed } = this.#options;
    const { key: arn, dueAt } = entry;
    const now = clock.now();
    const isSettled = now - dueAt > settlingMs;
    const record = await this.#clocks.get(arn);
    if (record === undefined || record.next.dueAt !== dueAt) {
      // It was wound anew; or is about to be.
      if (!isSettled) return "later";
      await this.#due.remove(entry);
      return "done";
    }
    const ticking = await find(arn);
    if (ticking === undefined || !isSame(ticking.timing, record.timing)) {
      if (!isSettled) return "later";
      if (ticking === undefined) await this.stopClock(arn);
      else await this.wind(arn, ticking.timing, now);
      return "done";
    }
    const { fires, next, ...skipped } = dueTick(ticking, record.next.at, now, missed);
    if (skipped.missed > 0) {
      logger.warn("a schedule has missed ticks", { schedule: arn, ticks: skipped.missed });
    }
    if (fires !== undefined) await ticking.fire(fires);
    await this.#record(entry, record, { fires, next });
    if (next === undefined) await ticking.completed?.();
    return "done";
  }

  async #record(
    entry: DueEntry,
    record: ClockRecord,
    { fires, next }: { readonly fires: EpochMs | undefined; readonly next: Tick | undefined },
  ): Promise<void> {
    const { key: arn } = entry;
    if (next !== undefined) await this.#due.put({ dueAt: next.dueAt, key: arn, body: "" });
    await this.#clocks.update(arn, (found) => {
      // Somebody has wound it anew, or done the tick.
      if (found === undefined || found.next.at !== record.next.at) return found;
      if (next === undefined) return undefined;
      const last = fires ?? record.last;
      return { timing: record.timing, next, ...(last !== undefined && { last }) };
    });
    // Within flexible windows two ticks may be due at the same moment: their entry is one.
    if (next?.dueAt !== entry.dueAt) await this.#due.remove(entry);
    if (next !== undefined) this.#loop.wake(next.dueAt);
  }
}

function isSame(one: Timing, other: Timing): boolean {
  return (
    one.expression === other.expression &&
    one.service === other.service &&
    one.zone === other.zone &&
    one.start === other.start &&
    one.end === other.end &&
    one.windowMinutes === other.windowMinutes
  );
}
