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
const atOnce = 32;
const pageEntries = 500;
const lookAgainMs = 1_000;

/** Does entries when they are due, as long as it is started. */
export class DueLoop {
  readonly #options: DueLoopOptions;
  #isStarted = false;
  #looking: Promise<void> | undefined;
  #hasNews = false;
  #cancel: (() => void) | undefined;
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
  }

  /** Something is to be done at this time, which may be earlier than all that was known of. */
  wake(at: EpochMs): void {
    if (!this.#isStarted) return;
    if (this.#looking !== undefined) {
      this.#hasNews = true;
      return;
    }
    if (at >= this.#wakesAt) return;
    this.#cancel?.();
    this.#wakesAt = at;
    const { clock } = this.#options;
    if (at <= clock.now()) {
      this.#look();
      return;
    }
    this.#cancel = clock.schedule(at, () => this.#look());
  }

  #look(): void {
    this.#cancel = undefined;
    this.#wakesAt = Infinity;
    const { clock, logger, name } = this.#options;
    this.#hasNews = false;
    this.#looking = this.#doDue()
      .catch((error: unknown): EpochMs => {
        logger.error(`${name}: what is due could not be read or done`, { error: String(error) });
        return clock.now() + lookAgainMs;
      })
      .then((next) => {
        this.#looking = undefined;
        if (this.#isStarted) this.wake(this.#hasNews ? 0 : next);
      });
  }

  /** Answers when there is to be another look. */
  async #doDue(): Promise<EpochMs> {
    const { documents, clock, isMine, isShared } = this.#options;
    const again = isShared ? clock.now() + lookAgainMs : Infinity;
    // Most looks find nothing to do: they read one entry.
    const [first] = await documents.page(1);
    if (first === undefined || first.dueAt > clock.now()) {
      return Math.min(first?.dueAt ?? Infinity, again);
    }
    let isLeft = false;
    let last: DueEntry | undefined;
    for (;;) {
      const page = await documents.page(pageEntries, last);
      const now = clock.now();
      const due = page.filter(({ dueAt }) => dueAt <= now);
      const mine = due.filter(({ key }) => isMine(key));
      if (!(await this.#performAll(mine))) isLeft = true;
      const next = page[due.length];
      if (next !== undefined || page.length < pageEntries || !this.#isStarted) {
        const later = next?.dueAt ?? Infinity;
        return Math.min(later, again, isLeft ? clock.now() + lookAgainMs : Infinity);
      }
      last = page.at(-1);
    }
  }

  /** Whether all of them were done. */
  async #performAll(entries: readonly DueEntry[]): Promise<boolean> {
    const { perform, logger, name } = this.#options;
    const waiting = entries.values();
    let isDone = true;
    const worker = async (): Promise<void> => {
      for (const entry of waiting) {
        if (!this.#isStarted) return;
        try {
          if ((await perform(entry)) === "later") isDone = false;
        } catch (error) {
          isDone = false;
          logger.warn(`${name}: ${entry.key} is tried again`, { reason: String(error) });
        }
      }
    };
    await Promise.all(Array.from({ length: Math.min(atOnce, entries.length) }, worker));
    return isDone;
  }
}
