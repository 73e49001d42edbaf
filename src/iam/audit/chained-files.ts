import { join } from "node:path";
import type { JsonObject } from "../../expression/json.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Logger } from "../../ports/logger.ts";
import { type AppendedFile, openAppended, type OpenAppended } from "./appended-file.ts";
import { type AuditFileName, auditFileName, dayOf, writeHead } from "./audit-folder.ts";
import { expireFiles } from "./expire-files.ts";
import { LinePieces, type Piece } from "./line-pieces.ts";
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

/** *Our choice*: 4 MB, which a file may become larger than it should. */
const mostAtOnce = 16;

/** The files of a log. The newest grows by groups of lines, each of them chained to the one before. */
export class ChainedFiles {
  readonly #parts: ChainedFilesParts;
  readonly #pieces = new LinePieces();
  #newest: NewestFile | undefined;
  #isTakenUp = false;
  /** The number of the last line that the log has to say of itself. */
  #noted = 0;

  constructor(parts: ChainedFilesParts) {
    this.#parts = parts;
  }

  /** Whether it is known where the chain goes on: then records may be added. */
  get isTakenUp(): boolean {
    return this.#isTakenUp;
  }

  /** How many lines wait to be written. */
  get lines(): number {
    return this.#pieces.sequence - this.#pieces.durable.sequence;
  }

  /** Takes the text of a record as the next line. */
  add(record: string): void {
    this.#pieces.add(record);
  }

  /** Writes down something about the log itself. */
  note(eventName: string, additional: JsonObject): void {
    this.add(this.#parts.own(eventName, additional));
    this.#noted = this.#pieces.sequence;
  }

  /** Finds out where the chain goes on. */
  async takeUp(): Promise<void> {
    if (this.#isTakenUp) return;
    const { folder, logger } = this.#parts;
    const { end, newest, missed } = await takeUp(folder);
    this.#pieces.begin(end);
    this.#newest = newest && { name: newest.file, size: newest.size, file: undefined };
    if (missed !== undefined) {
      const message = "the audit log was changed while no server ran over it";
      logger.error(message, { folder, missedRecord: missed.sequence });
      this.note("FindChainBroken", { ...missed });
    }
    this.#isTakenUp = true;
  }

  /** Makes durable what waits. What cannot be written goes on to wait, and nothing of it is in the file. */
  async write(): Promise<void> {
    const upTo = this.#pieces.sequence;
    // A file that is begun may have something to say.
    while (this.#pieces.durable.sequence < Math.max(upTo, this.#noted)) {
      const newest = await this.#newestForNow();
      await this.#append(newest, this.#pieces.first(mostAtOnce));
    }
    // Lines that are gone from the end of the files are missed.
    await writeHead(this.#parts.folder, this.#pieces.durable);
  }

  async close(): Promise<void> {
    const newest = this.#newest;
    await newest?.file?.close().catch(() => {});
    if (newest !== undefined) newest.file = undefined;
  }

  async #append(newest: NewestFile, pieces: readonly Piece[]): Promise<void> {
    let size = 0;
    try {
      const file = await this.#opened(newest);
      for (const { bytes, used } of pieces) {
        await file.append(bytes.subarray(0, used));
        size += used;
      }
      await file.sync();
    } catch (error) {
      await newest.file?.truncate(newest.size).catch(() => {});
      await this.close();
      throw error;
    }
    newest.size += size;
    this.#pieces.written(pieces.length);
  }

  async #opened(newest: NewestFile): Promise<AppendedFile> {
    const { folder, open = openAppended } = this.#parts;
    if (newest.file === undefined) {
      newest.file = await open(join(folder, newest.name.name));
      await newest.file.truncate(newest.size);
    }
    return newest.file;
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

function nextName(before: AuditFileName | undefined, day: string): AuditFileName {
  return before === undefined || before.day < day
    ? auditFileName(day, 0)
    : auditFileName(before.day, before.number + 1);
}
