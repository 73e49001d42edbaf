import { join } from "node:path";
import type { JsonObject } from "../../expression/json.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Logger } from "../../ports/logger.ts";
import { type AppendedFile, openAppended, type OpenAppended } from "./appended-file.ts";
import { type AuditFileName, auditFileName, dayOf, writeHead } from "./audit-folder.ts";
import { chainBegin, chained, type ChainEnd } from "./chain.ts";
import { expireFiles } from "./expire-files.ts";
import { takeUp } from "./take-up.ts";

export interface ChainedFilesParts {
  readonly folder: string;
  readonly retentionDays: number;
  readonly maxFileBytes: number;
  readonly clock: Pick<Clock, "now">;
  readonly logger: Logger;
  /** Makes the text of a record of the log about itself. */
  readonly own: (eventName: string, additional: JsonObject) => string;
  readonly open?: OpenAppended | undefined;
}

interface NewestFile {
  readonly name: AuditFileName;
  /** Of what is durable: what is behind it is of a write that failed. */
  size: number;
  /** Absent: it has to be opened, and cut to its size. */
  file: AppendedFile | undefined;
}

/**
 * *Our choice*: what is handed to the file at once. Lines go through one buffer: a new one for each group costs more for its pages than
 * all that is written, and between two pieces others have their turn.
 */
const pieceBytes = 256 * 1024;

/** The files of a log. The newest grows by groups of lines, each of them chained to the one before. */
export class ChainedFiles {
  readonly #parts: ChainedFilesParts;
  /** What the log has to say of itself, with the next group. */
  readonly #notes: string[] = [];
  #piece: Buffer | undefined;
  #end: ChainEnd = chainBegin;
  #newest: NewestFile | undefined;
  #isTakenUp = false;

  constructor(parts: ChainedFilesParts) {
    this.#parts = parts;
  }

  /** Writes down something about the log itself, before the next group. */
  note(eventName: string, additional: JsonObject): void {
    this.#notes.push(this.#parts.own(eventName, additional));
  }

  /** Writes a group of records: all are durable then, or none is there. */
  async write<T>(records: readonly T[], textOf: (record: T) => string): Promise<void> {
    await this.#takeUp();
    const newest = await this.#newestForNow();
    const notes = this.#notes.length;
    const group = new LineGroup((this.#piece ??= Buffer.allocUnsafe(pieceBytes)), this.#end);
    try {
      const file = await this.#opened(newest);
      for (const note of this.#notes.slice(0, notes)) await group.add(note, file);
      for (const record of records) {
        const isFull = group.add(textOf(record), file);
        if (isFull !== undefined) await isFull;
      }
      await group.finish(file);
      await file.sync();
    } catch (error) {
      await newest.file?.truncate(newest.size).catch(() => {});
      await this.close();
      throw error;
    }
    newest.size += group.size;
    this.#end = group.end;
    this.#notes.splice(0, notes);
  }

  /** Says beside the files where the chain has come to: lines that are gone from its end are missed. */
  async writeHead(): Promise<void> {
    await writeHead(this.#parts.folder, this.#end);
  }

  async close(): Promise<void> {
    const newest = this.#newest;
    await newest?.file?.close().catch(() => {});
    if (newest !== undefined) newest.file = undefined;
  }

  async #opened(newest: NewestFile): Promise<AppendedFile> {
    const { folder, open = openAppended } = this.#parts;
    if (newest.file === undefined) {
      newest.file = await open(join(folder, newest.name.name));
      await newest.file.truncate(newest.size);
    }
    return newest.file;
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
      this.note("FindChainBroken", { ...missed });
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
    await this.close();
    const next = { name: nextName(before?.name, day), size: 0, file: undefined };
    this.#newest = next;
    const expired = await expireFiles(folder, retentionDays, now);
    if (expired !== undefined) this.note("DeleteAuditFiles", { ...expired });
    return next;
  }
}

/** Lines that are written one after the other, piece by piece. */
class LineGroup {
  readonly #piece: Buffer;
  #used = 0;
  /** Bytes that the file has of it. */
  size = 0;
  end: ChainEnd;

  constructor(piece: Buffer, from: ChainEnd) {
    this.#piece = piece;
    this.end = from;
  }

  /** Adds a record as the next line; a promise where something has to be written first. */
  add(record: string, file: AppendedFile): Promise<void> | undefined {
    const { line, end } = chained(record, this.end);
    this.end = end;
    // *Documented*: UTF-8 has three bytes at most for each unit of a text.
    const mostBytes = 3 * line.length + 1;
    if (mostBytes <= this.#piece.length - this.#used) return this.#put(line);
    return this.finish(file).then(() =>
      mostBytes <= this.#piece.length
        ? this.#put(line)
        : this.#append(file, Buffer.from(`${line}\n`)),
    );
  }

  /** Hands to the file what it has not got yet. */
  async finish(file: AppendedFile): Promise<void> {
    const bytes = this.#piece.subarray(0, this.#used);
    this.#used = 0;
    if (bytes.length > 0) await this.#append(file, bytes);
  }

  #put(line: string): undefined {
    this.#used += this.#piece.write(line, this.#used);
    this.#piece[this.#used++] = 0x0a;
  }

  async #append(file: AppendedFile, bytes: Buffer): Promise<void> {
    await file.append(bytes);
    this.size += bytes.length;
  }
}

function nextName(before: AuditFileName | undefined, day: string): AuditFileName {
  return before === undefined || before.day < day
    ? auditFileName(day, 0)
    : auditFileName(before.day, before.number + 1);
}
