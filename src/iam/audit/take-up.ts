import { mkdir, readFile, truncate } from "node:fs/promises";
import { join } from "node:path";
import { type AuditFileName, auditFiles, readHead } from "./audit-folder.ts";
import { chainBegin, type ChainEnd, hashOf, recordIn } from "./chain.ts";

/** A log as it is found when a server starts. */
export interface TakenUp {
  /** Where its chain goes on. */
  readonly end: ChainEnd;
  /** The newest file, and its size; absent: there is none. */
  readonly newest: { readonly file: AuditFileName; readonly size: number } | undefined;
  /** Where the chain was said to have come to, if no line of the newest files is that one: somebody has changed it. */
  readonly missed: ChainEnd | undefined;
}

/** Finds where a log goes on. What is behind its last line feed was never confirmed to anybody, and is cut off. */
export async function takeUp(folder: string): Promise<TakenUp> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const [files, head] = await Promise.all([auditFiles(folder), readHead(folder)]);
  const newest = files.at(-1);
  if (newest === undefined) return { end: chainBegin, newest: undefined, missed: head };
  const { text, size } = await wholeLines(join(folder, newest.name));
  const before = files.at(-2);
  // The head is written behind the lines: it may be that of the file before.
  const older = before === undefined ? "" : (await wholeLines(join(folder, before.name))).text;
  const lines = `${older}${text}`.split("\n").slice(0, -1);
  const isThere = head === undefined || lines.some((line) => isEnd(line, head));
  const isGone = head === undefined && lines.length > 0;
  const missed = isThere ? (isGone ? chainBegin : undefined) : head;
  return { end: endOf(lines), newest: { file: newest, size }, missed };
}

async function wholeLines(path: string): Promise<{ readonly text: string; readonly size: number }> {
  const bytes = await readFile(path);
  const size = bytes.lastIndexOf(0x0a) + 1;
  if (size < bytes.length) await truncate(path, size);
  return { text: bytes.subarray(0, size).toString(), size };
}

function isEnd(line: string, { sequence, hash }: ChainEnd): boolean {
  return line.includes(`"sequence":${sequence},`) && hashOf(line) === hash;
}

/** A line that is no record has a hash, too: whoever verifies the log finds it. */
function endOf(lines: readonly string[]): ChainEnd {
  const last = lines.at(-1);
  if (last === undefined) return chainBegin;
  const numbered = lines.findLast((line) => recordIn(line) !== undefined);
  const record = numbered === undefined ? undefined : recordIn(numbered);
  return { sequence: record?.sequence ?? 0, hash: hashOf(last) };
}
