import type { AuditedCall } from "../../ports/audit-trail.ts";
import type { Logger } from "../../ports/logger.ts";
import type { ChainedFiles } from "./chained-files.ts";

/** *Our choices*: what may wait to be written, and how much is not waited with. */
export const mostPending = 20_000;
const mostInGroup = 4_000;
/** *Our choice*: so many calls become lines at once, while their code is at hand; more would grow old, which costs as much again. */
const mostAtOnce = 64;
/** *Our choice*: what comes within this time is written and synced as one, so that the store's own syncs are not waited for. */
const groupMs = 200;
const retryMs = 1_000;

/** A call, and when it was answered. */
export interface TakenCall {
  readonly call: AuditedCall;
  readonly at: number;
}

export interface AuditWriterParts {
  readonly files: ChainedFiles;
  readonly logger: Logger;
  readonly textOf: (taken: TakenCall) => string;
}

/** Writes calls down in groups: one sync for all that came meanwhile. */
export class AuditWriter {
  readonly #parts: AuditWriterParts;
  readonly #pending: TakenCall[] = [];
  /** Whoever waits for all that had been added when he came. */
  readonly #waiting: {
    readonly upTo: number;
    readonly done: PromiseWithResolvers<void>;
  }[] = [];
  #added = 0;
  #written = 0;
  #dropped = 0;
  #running: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #failure: string | undefined;

  constructor(parts: AuditWriterParts) {
    this.#parts = parts;
  }

  /** Why nothing can be written at present. */
  get failure(): string | undefined {
    return this.#failure ?? (this.#isFull ? "too much waits to be written" : undefined);
  }

  get #isFull(): boolean {
    return this.#count >= mostPending;
  }

  get #count(): number {
    return this.#pending.length + this.#parts.files.lines;
  }

  /** Takes a call, to be written soon; `false`: too many wait already, and it is only counted. */
  add(taken: TakenCall): boolean {
    if (this.#isFull) {
      if (this.#dropped++ === 0) this.#parts.logger.error("the audit log cannot keep up");
      return false;
    }
    this.#pending.push(taken);
    this.#added++;
    if (this.#pending.length >= mostAtOnce && this.#parts.files.isTakenUp) this.#makeLines();
    const isIdle = this.#running === undefined && this.#failure === undefined;
    if (isIdle && this.#count >= mostInGroup) void this.#write();
    else this.#scheduleNext();
    return true;
  }

  /** Resolves when all that was added is durable; rejects where it could not be written, and stays to be. */
  durable(): Promise<void> {
    const done = Promise.withResolvers<void>();
    this.#waiting.push({ upTo: this.#added, done });
    void this.#write();
    return done.promise;
  }

  /** Writes what waits, if it can be. */
  async close(): Promise<void> {
    await this.durable().catch(() => {});
    clearTimeout(this.#timer);
    await this.#parts.files.close();
  }

  #scheduleNext(): void {
    if (this.#timer !== undefined || this.#running !== undefined) return;
    const delayMs = this.#failure === undefined ? groupMs : retryMs;
    this.#timer = setTimeout(() => void this.#write(), delayMs).unref();
  }

  async #write(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    // What comes while a group is written is the next one.
    this.#running ??= this.#writeAll().finally(() => {
      this.#running = undefined;
      // Somebody may have come between the last group and here.
      if (this.#waiting.length > 0) void this.#write();
      else if (this.#count > 0 || this.#failure !== undefined) this.#scheduleNext();
    });
    await this.#running;
  }

  async #writeAll(): Promise<void> {
    do {
      try {
        await this.#writeGroup();
        this.#succeeded();
      } catch (error) {
        this.#failed(error);
        return;
      }
    } while (this.#count >= mostInGroup || this.#waiting.length > 0);
  }

  async #writeGroup(): Promise<void> {
    const { files } = this.#parts;
    // Nothing is made before there is something to write. After a failure the head may be what is missing.
    if (this.#count > 0 || this.#failure !== undefined) await files.takeUp();
    const upTo = this.#added;
    this.#makeLines();
    if (this.#dropped > 0) files.note("DropRecords", { records: this.#dropped });
    this.#dropped = 0;
    if (files.isTakenUp) await files.write();
    this.#written = upTo;
  }

  #makeLines(): void {
    const { files, textOf } = this.#parts;
    for (const taken of this.#pending.splice(0)) files.add(textOf(taken));
  }

  #succeeded(): void {
    if (this.#failure !== undefined) this.#parts.logger.info("the audit log is written again");
    this.#failure = undefined;
    this.#settle(
      ({ upTo }) => upTo <= this.#written,
      (done) => done.resolve(),
    );
  }

  #failed(error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    if (this.#failure === undefined) {
      this.#parts.logger.error("the audit log cannot be written", { reason });
    }
    this.#failure = reason;
    this.#settle(
      () => true,
      (done) => done.reject(new Error("the audit log cannot be written")),
    );
  }

  #settle(
    isDone: (waiting: { readonly upTo: number }) => boolean,
    settle: (done: PromiseWithResolvers<void>) => void,
  ): void {
    for (const waiting of this.#waiting.splice(0)) {
      if (isDone(waiting)) settle(waiting.done);
      else this.#waiting.push(waiting);
    }
  }
}
