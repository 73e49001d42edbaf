import type { EpochMs } from "../../machine/ids.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Logger } from "../../ports/logger.ts";
import type { DueDocuments, DueEntry } from "./due-documents.ts";

export interface DueLoopOptions {
  /** Names it in the log. */
  readonly name: string;
  readonly documents: DueDocuments;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Whether this node is to do what is about this key. */
  readonly isMine: (key: string) => boolean;
  /** Whether other nodes add entries, or leave some. */
  readonly isShared: boolean;
  /** Does it and removes the entry; or leaves it for the next look (`later`). */
  readonly perform: (entry: DueEntry) => Promise<"done" | "later">;
}

/** Our choices: how many are done side by side, how many are read at a time, and how often a node looks for what others have added. */
const atOnce = 128;
const pageEntries = 500;
const lookAgainMs = 1_000;

/** Does entries when they are due, as long as it is started. One that takes long holds up no other. */
export class DueLoop {
  readonly #options: DueLoopOptions;
  readonly #performing = new Map<string, Promise<void>>();
  #isStarted = false;
  #looking: Promise<void> | undefined;
  #cancel: (() => void) | undefined;
  /** When the next look is to be; while there is one, when one is to follow it. */
  #wakesAt = Infinity;

  constructor(options: DueLoopOptions) {
    this.#options = options;
  }

  start(): void {
    this.#isStarted = true;
    this.wake(0);
  }

  /** Resolves when nothing is being done any more. */
  async stop(): Promise<void> {
    this.#isStarted = false;
    this.#cancel?.();
    await this.#looking;
    await Promise.all(this.#performing.values());
  }

  /** Something is to be done at this time, which may be earlier than all that was known of. */
  wake(at: EpochMs): void {
    if (!this.#isStarted || at >= this.#wakesAt) return;
    this.#wakesAt = at;
    if (this.#looking === undefined) this.#wait();
  }

  #wait(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    const { clock } = this.#options;
    if (this.#wakesAt === Infinity) return;
    if (this.#wakesAt <= clock.now()) this.#look();
    else this.#cancel = clock.schedule(this.#wakesAt, () => this.#look());
  }

  #look(): void {
    this.#cancel = undefined;
    this.#wakesAt = Infinity;
    this.#looking = this.#beginDue()
      .catch((error: unknown): EpochMs => {
        const { clock, logger, name } = this.#options;
        logger.error(`${name}: what is due could not be read`, { error: String(error) });
        return clock.now() + lookAgainMs;
      })
      .then((next) => {
        this.#looking = undefined;
        if (!this.#isStarted) return;
        this.#wakesAt = Math.min(this.#wakesAt, next);
        this.#wait();
      });
  }

  /** Begins what is due; answers when there is to be another look. */
  async #beginDue(): Promise<EpochMs> {
    const { documents, clock, isMine, isShared } = this.#options;
    const again = isShared ? clock.now() + lookAgainMs : Infinity;
    // Most looks find nothing to do: they read one entry.
    const [first] = await documents.page(1);
    if (first === undefined || first.dueAt > clock.now()) {
      return Math.min(first?.dueAt ?? Infinity, again);
    }
    let last: DueEntry | undefined;
    for (;;) {
      const page = await documents.page(pageEntries, last);
      const now = clock.now();
      const due = page.filter(({ dueAt }) => dueAt <= now);
      for (const entry of due) {
        if (!this.#isStarted) return Infinity;
        if (isMine(entry.key)) await this.#begin(entry);
      }
      const next = page[due.length];
      if (next !== undefined || page.length < pageEntries) {
        return Math.min(next?.dueAt ?? Infinity, again);
      }
      last = page.at(-1);
    }
  }

  /** Resolves when it has begun. */
  async #begin(entry: DueEntry): Promise<void> {
    const id = `${entry.dueAt}/${entry.key}`;
    if (this.#performing.has(id)) return;
    while (this.#performing.size >= atOnce) await Promise.race(this.#performing.values());
    const performing = this.#perform(entry).finally(() => this.#performing.delete(id));
    this.#performing.set(id, performing);
  }

  async #perform(entry: DueEntry): Promise<void> {
    const { perform, clock, logger, name } = this.#options;
    try {
      if ((await perform(entry)) === "done") return;
    } catch (error) {
      logger.warn(`${name}: ${entry.key} is tried again`, { reason: String(error) });
    }
    this.wake(clock.now() + lookAgainMs);
  }
}
