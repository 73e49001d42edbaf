import { type FileHandle, mkdir, open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import type { LogSeal } from "../../ports/log-seal.ts";
import type { Logger } from "../../ports/logger.ts";

export interface RotatingFileOptions {
  readonly path: string;
  readonly logger: Logger;
  /** What the file is, at the beginning of a sentence: `The executions' log`. */
  readonly name: string;
  /** Absent: texts are written as they are. */
  readonly seal?: LogSeal | undefined;
  /** A file that is this large makes room for a new one. */
  readonly rotateBytes?: number;
  /** Files kept beside the one that is written: `executions.1.jsonl` is the newest of them. */
  readonly keptFiles?: number;
  /** What may wait for the disk; the rest is dropped. */
  readonly queueBytes?: number;
}

/** A file that is appended to and never grows beyond a bound. */
export interface RotatingFile {
  append(text: string): void;
  /** Resolves when everything is written. */
  close(): Promise<void>;
}

/** Our choices: at most 384 MB on disk in all. */
const usualRotateBytes = 64 * 1024 * 1024;
const usualKeptFiles = 5;
const usualQueueBytes = 32 * 1024 * 1024;

/**
 * Appends to a file and rotates it by size. The file is made with the first text.
 *
 * One write is in flight; what arrives meanwhile is the next. Nothing is synced: a log may lose its end when the
 * machine stops, the executions' journal never does. A log that cannot be written stops nothing.
 */
export function createRotatingFile(options: RotatingFileOptions): RotatingFile {
  const { path, logger, name } = options;
  const rotateBytes = options.rotateBytes ?? usualRotateBytes;
  const keptFiles = options.keptFiles ?? usualKeptFiles;
  const queueBytes = options.queueBytes ?? usualQueueBytes;
  let texts: string[] = [];
  let queued = 0;
  let dropped = 0;
  let writing: Promise<void> | undefined;
  let file: OpenFile | undefined;

  /** The file to write to, with room. */
  async function opened(): Promise<OpenFile> {
    file ??= await openFile(path);
    if (file.size < rotateBytes) return file;
    await file.handle.close();
    file = undefined;
    await rotate();
    return (file = await openFile(path));
  }

  async function rotate(): Promise<void> {
    if (keptFiles === 0) return rm(path, { force: true });
    for (let number = keptFiles - 1; number >= 1; number--) {
      await rename(numbered(path, number), numbered(path, number + 1)).catch(ignoreMissing);
    }
    await rename(path, numbered(path, 1)).catch(ignoreMissing);
  }

  async function writeAll(): Promise<void> {
    while (texts.length > 0) {
      const text = texts.join("");
      texts = [];
      queued = 0;
      try {
        const target = await opened();
        const sealed = options.seal?.seal(text, target.shownKeyId);
        const { bytesWritten } = await target.handle.write(sealed?.lines ?? text);
        target.size += bytesWritten;
        target.shownKeyId = sealed?.keyId;
      } catch (error) {
        logger.warn(`${name} cannot be written; records are lost`, { path, error: String(error) });
      }
      if (dropped > 0) {
        logger.warn(`${name} is slower than what it records; records were dropped`, {
          path,
          dropped,
        });
        dropped = 0;
      }
    }
    writing = undefined;
  }

  return {
    append(text) {
      if (queued > queueBytes) {
        dropped++;
        return;
      }
      texts.push(text);
      queued += text.length;
      writing ??= writeAll();
    },
    async close() {
      await writing;
      await file?.handle.close();
      file = undefined;
    },
  };
}

interface OpenFile {
  readonly handle: FileHandle;
  size: number;
  /** The key that its lines tell of, as far as this process has written them. */
  shownKeyId?: string | undefined;
}

async function openFile(path: string): Promise<OpenFile> {
  await mkdir(dirname(path), { recursive: true });
  const handle = await open(path, "a");
  return { handle, size: (await handle.stat()).size };
}

/** `executions.jsonl` → `executions.1.jsonl`. */
function numbered(path: string, number: number): string {
  return path.replace(/(\.[^./\\]*)?$/, (extension) => `.${number}${extension}`);
}

function ignoreMissing(error: unknown): void {
  if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
}
