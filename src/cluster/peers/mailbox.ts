import type { Clock } from "../../ports/clock.ts";
import type { ClusterStore, PostedCall } from "../../ports/cluster-store.ts";
import type { Logger } from "../../ports/logger.ts";
import type { Answerer } from "./answerer.ts";

export interface MailboxOptions {
  readonly store: Pick<ClusterStore, "postedCalls" | "answerCall">;
  /** Those that are here. */
  readonly partitions: () => readonly number[];
  readonly answerer: Pick<Answerer, "answerText">;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Our choice: how often it is looked for questions, and while there were some in the last ten seconds. */
const idleMs = 1_000;
const busyMs = 250;
const busyForMs = 10_000;
/** Our choice: questions that are read at a time, and that are being answered. */
const mostRead = 200;
const mostAtOnce = 1_000;

/** Answers the questions to partitions that are here which came through the store. */
export class Mailbox {
  readonly #options: MailboxOptions;
  readonly #answering = new Map<string, Promise<void>>();
  readonly #closing = new AbortController();
  #lastAt = Number.NEGATIVE_INFINITY;
  #cancel: (() => void) | undefined;
  #looking: Promise<void> | undefined;
  #hasFailed = false;

  constructor(options: MailboxOptions) {
    this.#options = options;
  }

  start(): void {
    this.#schedule();
  }

  /** Looks for nothing more. Resolves when what it has begun to answer is answered. */
  async close(): Promise<void> {
    this.#closing.abort();
    this.#cancel?.();
    await this.#looking;
    await Promise.all(this.#answering.values());
  }

  #schedule(): void {
    if (this.#closing.signal.aborted) return;
    const { clock } = this.#options;
    const now = clock.now();
    const pauseMs = now - this.#lastAt <= busyForMs ? busyMs : idleMs;
    this.#cancel = clock.schedule(now + pauseMs, () => {
      this.#looking = this.#look().finally(() => this.#schedule());
    });
  }

  async #look(): Promise<void> {
    const { store, partitions, clock, logger } = this.#options;
    const here = partitions();
    if (here.length === 0 || this.#answering.size >= mostAtOnce) return;
    try {
      const calls = await store.postedCalls(here, mostRead);
      this.#hasFailed = false;
      if (calls.length > 0) this.#lastAt = clock.now();
      for (const call of calls) {
        if (this.#answering.has(call.id)) continue;
        const answering = this.#answer(call).finally(() => this.#answering.delete(call.id));
        this.#answering.set(call.id, answering);
      }
    } catch (thrown) {
      if (!this.#hasFailed) {
        logger.warn("questions of other nodes cannot be read from the store", {
          reason: String(thrown),
        });
      }
      this.#hasFailed = true;
    }
  }

  async #answer({ id, partition, request }: PostedCall): Promise<void> {
    const { store, answerer, logger } = this.#options;
    try {
      const { text, isFinal } = await answerer.answerText(request, this.#closing.signal);
      // The next owner finds it, too.
      if (isFinal) await store.answerCall({ id, partition }, text);
    } catch (thrown) {
      // It is there still, and so is the memory of what was answered.
      logger.warn("a question of another node was not answered", { id, reason: String(thrown) });
    }
  }
}
