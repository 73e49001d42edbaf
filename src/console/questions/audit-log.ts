import { open, readFile, rename, stat } from "node:fs/promises";
import type { LogSeal } from "../../ports/log-seal.ts";
import type { Logger } from "../../ports/logger.ts";
import type { AuditEntry } from "../view-types.ts";

/** Where looks, claims and decisions are written down, beside the histories of the executions that they were made in. */
export interface AuditLog {
  /** Never rejects: what was done is done, whether or not it could be written down. */
  write(entry: AuditEntry): Promise<void>;
  /** What is kept, the oldest first. */
  read(): Promise<readonly AuditEntry[]>;
}

/** Our choice: when a file is full it is put aside, in the place of the one before: some 20,000 entries are kept. */
const mostBytes = 4 * 1024 * 1024;
/** An answer may have 256 kB; all of it is in the history. */
const longestAnswer = 4_000;

/** Entries are kept as long as the process is there. */
export function auditMemory(): AuditLog {
  let entries: readonly AuditEntry[] = [];
  return {
    read: async () => entries,
    async write(entry) {
      entries = [...entries, shortened(entry)].slice(-1_000);
    },
  };
}

/** A line of JSON for each entry, sealed if it can be. One that cannot be written is told in the log. */
export function auditFile(
  file: string,
  logger: Logger,
  { most = mostBytes, seal }: { readonly most?: number; readonly seal?: LogSeal | undefined } = {},
): AuditLog {
  const aside = `${file}.1`;
  let older: readonly AuditEntry[] = [];
  let newer: AuditEntry[] = [];
  let loaded: Promise<void> | undefined;
  /** The key that the file tells of, as far as this process has written it. */
  let shownKeyId: string | undefined;
  /** One line after the other. */
  let last = Promise.resolve();

  async function load(): Promise<void> {
    const [before, now] = await Promise.all([linesOf(aside, seal), linesOf(file, seal)]);
    older = before;
    newer = [...now];
  }

  async function append(entry: AuditEntry): Promise<void> {
    const text = `${JSON.stringify(entry)}\n`;
    const size = (await stat(file).catch(() => undefined))?.size ?? 0;
    if (size > 0 && size + Buffer.byteLength(text) > most) {
      await rename(file, aside);
      [older, newer] = [newer, []];
      shownKeyId = undefined;
    }
    newer.push(entry);
    const sealed = seal?.seal(text, shownKeyId);
    shownKeyId = sealed?.keyId;
    const line = sealed?.lines ?? text;
    const opened = await open(file, "a+");
    try {
      await opened.appendFile((await isTorn(opened, size)) ? `\n${line}` : line);
      await opened.datasync();
    } finally {
      await opened.close();
    }
  }

  return {
    async read() {
      await (loaded ??= load());
      return [...older, ...newer];
    },
    write(entry) {
      const kept = shortened(entry);
      last = last
        .then(() => (loaded ??= load()))
        .then(() => append(kept))
        .catch((error: unknown) => {
          logger.error("an entry could not be written to the audit log", {
            file,
            error: String(error),
            ...kept,
            answer: JSON.stringify(kept.answer),
          });
        });
      return last;
    },
  };
}

/** Whether the process ended in the midst of a line. */
async function isTorn(file: Awaited<ReturnType<typeof open>>, size: number): Promise<boolean> {
  if (size === 0) return false;
  const { bytesRead, buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
  return bytesRead === 1 && buffer[0] !== 0x0a;
}

async function linesOf(file: string, seal: LogSeal | undefined): Promise<readonly AuditEntry[]> {
  const text = await readFile(file, "utf8").catch(() => "");
  const entries: AuditEntry[] = [];
  for (const line of text.split("\n")) {
    try {
      const opened = seal === undefined ? line : await seal.open(line);
      if (opened !== undefined && opened !== "") entries.push(JSON.parse(opened) as AuditEntry);
    } catch {
      // A torn line is that of something that was not confirmed to be written down.
    }
  }
  return entries;
}

function shortened(entry: AuditEntry): AuditEntry {
  const { answer } = entry;
  if (answer === undefined || !("output" in answer) || answer.output.length <= longestAnswer) {
    return entry;
  }
  return { ...entry, answer: { output: `${answer.output.slice(0, longestAnswer)}…` } };
}
