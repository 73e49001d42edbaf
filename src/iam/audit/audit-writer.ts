import { join } from "node:path";
import type { Clock } from "../../ports/clock.ts";
import type { Logger } from "../../ports/logger.ts";
import type { JsonObject } from "../../expression/json.ts";
import { type AppendedFile, openAppended, type OpenAppended } from "./appended-file.ts";
import { type AuditFileName, auditFileName, dayOf, writeHead } from "./audit-folder.ts";
import type { AuditRecord } from "./audit-record.ts";
import { chainBegin, chained, type ChainEnd } from "./chain.ts";
import { expireFiles } from "./expire-files.ts";
import { takeUp } from "./take-up.ts";

/** *Our choices*: what may wait to be written, and how much of it is written at once. */
export const mostPending = 20_000;
const mostInGroup = 1_000;
/** *Our choice*: what comes within this time is written and synced as one, so that the store's own syncs are not waited for. */
const groupMs = 200;
const retryMs = 1_000;

export interface AuditWriterParts {
  readonly folder: string;
  readonly retentionDays: number;
  readonly maxFileBytes: number;
  readonly clock: Pick<Clock, "now">;
  readonly logger: Logger;
  /** Makes a record of the log about itself. */
  readonly own: (eventName: string, additional: JsonObject) => AuditRecord;
  readonly open?: OpenAppended | undefined;
}

interface NewestFile {
  readonly name: AuditFileName;
  /** Of what is durable: what is behind it is of a write that failed. */
  size: number;
  /** Absent: it has to be opened, and cut to its size. */
  file: AppendedFile | undefined;
}

/** Writes records to the newest file of a log, in groups: one sync for all that came meanwhile. */
export class AuditWriter {
  readonly #parts: AuditWriterParts;
  readonly #pending: AuditRecord[] = [];
  /** What the log has to say of itself, with the next group. */
  readonly #notes: AuditRecord[] = [];
  /** Whoever waits for all that had been added when he came. */
  readonly #waiting: {
    readonly upTo: number;
    readonly done: PromiseWithResolvers<void>;
  }[] = [];
  #added = 0;
  #written = 0;
  #dropped = 0;
  #end: ChainEnd = chainBegin;
  #newest: NewestFile | undefined;
  #isTakenUp = false;
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
    return this.#pending.length >= mostPending;
  }

  /** Takes a record, to be written soon; `false`: too many wait already, and it is only counted. */
  add(record: AuditRecord): boolean {
    if (this.#isFull) {
      if (this.#dropped++ === 0) this.#parts.logger.error("the audit log cannot keep up");
      return false;
    }
    this.#pending.push(record);
    this.#added++;
    const isGroup = this.#pending.length === mostInGroup && this.#failure === undefined;
    if (isGroup) void this.#write();
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
    const newest = this.#newest;
    await newest?.file?.close();
    if (newest !== undefined) newest.file = undefined;
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
      else if (this.#pending.length > 0) this.#scheduleNext();
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
    } while (this.#pending.length > 0 || this.#waiting.length > 0);
  }

  async #writeGroup(): Promise<void> {
    if (this.#pending.length === 0) return;
    await this.#takeUp();
    const newest = await this.#newestForNow();
    const dropped = this.#dropped;
    if (dropped > 0) this.#note("DropRecords", { records: dropped });
    this.#dropped = 0;
    const notes = this.#notes.length;
    const group = this.#pending.slice(0, mostInGroup);
    const { text, end } = linesOf([...this.#notes, ...group], this.#end);
    await this.#append(newest, text);
    this.#end = end;
    this.#notes.splice(0, notes);
    this.#pending.splice(0, group.length);
    this.#written += group.length;
    await writeHead(this.#parts.folder, end);
  }

  async #append(newest: NewestFile, text: string): Promise<void> {
    const { folder, open = openAppended } = this.#parts;
    try {
      if (newest.file === undefined) {
        newest.file = await open(join(folder, newest.name.name));
        await newest.file.truncate(newest.size);
      }
      await newest.file.append(text);
      await newest.file.sync();
    } catch (error) {
      await newest.file?.truncate(newest.size).catch(() => {});
      await newest.file?.close().catch(() => {});
      newest.file = undefined;
      throw error;
    }
    newest.size += Buffer.byteLength(text);
  }

  async #takeUp(): Promise<void> {
    if (this.#isTakenUp) return;
    const { folder, logger } = this.#parts;
    const { end, newest, missed } = await takeUp(folder);
    this.#end = end;
    this.#newest = newest && { name: newest.file, size: newest.size, file: undefined };
    if (missed !== undefined) {
      const message = "the audit log was changed while no server ran over it";
      logger.error(message, { folder, missedRecord: missed.sequence });
      this.#note("FindChainBroken", { ...missed });
    }
    this.#isTakenUp = true;
  }

  /** The newest file, or the next one where that is full or of another day. */
  async #newestForNow(): Promise<NewestFile> {
    const { folder, clock, maxFileBytes, retentionDays } = this.#parts;
    const now = clock.now();
    const before = this.#newest;
    const day = dayOf(now);
    // A clock that was set back begins no older file.
    const isSameDay = before !== undefined && day <= before.name.day;
    if (before !== undefined && isSameDay && before.size < maxFileBytes) return before;
    await before?.file?.close();
    const next = { name: nextName(before?.name, day), size: 0, file: undefined };
    this.#newest = next;
    const expired = await expireFiles(folder, retentionDays, now);
    if (expired !== undefined) this.#note("DeleteAuditFiles", { ...expired });
    return next;
  }

  #note(eventName: string, additional: JsonObject): void {
    this.#notes.push(this.#parts.own(eventName, additional));
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

function linesOf(
  records: readonly AuditRecord[],
  from: ChainEnd,
): { readonly text: string; readonly end: ChainEnd } {
  let end = from;
  let text = "";
  for (const record of records) {
    const next = chained(record, end);
    text += `${next.line}\n`;
    end = next.end;
  }
  return { text, end };
}

function nextName(before: AuditFileName | undefined, day: string): AuditFileName {
  return before === undefined || before.day < day
    ? auditFileName(day, 0)
    : auditFileName(before.day, before.number + 1);
}
