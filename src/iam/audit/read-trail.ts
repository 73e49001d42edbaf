import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type AuditFilter, isAskedFor } from "./audit-filter.ts";
import { auditFiles, dayOf } from "./audit-folder.ts";
import type { ChainedRecord } from "./audit-record.ts";
import { recordIn } from "./chain.ts";

export interface AuditPageQuery extends AuditFilter {
  readonly limit: number;
  /** Only records before this one, by its number. */
  readonly before?: number | undefined;
}

/** Records, the newest first. */
export interface AuditRecordPage {
  readonly records: readonly ChainedRecord[];
  /** What to give as {@link AuditPageQuery.before} for those that come behind; absent: that is all. */
  readonly next?: number;
}

/** *Our choice*: files that one question looks into, of 8 MB each; whoever asks on goes on. */
const mostFiles = 8;

/** Reads from the newest file backwards. As at CloudTrail, a page may have fewer than asked for and yet not be the last. */
export async function readTrail(folder: string, query: AuditPageQuery): Promise<AuditRecordPage> {
  const { limit, before = Infinity, since } = query;
  const found: ChainedRecord[] = [];
  let seen = before;
  let looked = 0;
  for (const { name, day } of (await auditFiles(folder)).toReversed()) {
    if (since !== undefined && day < dayOf(since)) break;
    const lines = await linesOf(join(folder, name));
    const first = firstOf(lines);
    // Nothing of it is before.
    if (first === undefined || first >= before) continue;
    for (const record of newestFirst(lines)) {
      if (record.sequence >= before) continue;
      if (found.length >= limit) return { records: found, next: seen };
      seen = record.sequence;
      if (isAskedFor(record, query)) found.push(record);
    }
    if (++looked >= mostFiles && seen > 1) return { records: found, next: seen };
  }
  return { records: found };
}

/** *Our choice*: how far back is looked for the records of one source. */
const mostFilesOfSource = 32;

/** The newest records of a source, the oldest first. */
export async function newestOfSource(
  folder: string,
  eventSource: string,
  most: number,
): Promise<readonly ChainedRecord[]> {
  const written = JSON.stringify({ eventSource }).slice(1, -1);
  const found: ChainedRecord[] = [];
  for (const { name } of (await auditFiles(folder)).slice(-mostFilesOfSource).toReversed()) {
    const lines = (await linesOf(join(folder, name))).filter((line) => line.includes(written));
    for (const record of newestFirst(lines)) {
      if (record.eventSource === eventSource) found.push(record);
    }
    if (found.length >= most) break;
  }
  return found.slice(0, most).toReversed();
}

async function linesOf(path: string): Promise<readonly string[]> {
  try {
    return (await readFile(path, "utf8")).split("\n");
  } catch (error) {
    // Kept long enough since the folder was listed.
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

function firstOf(lines: readonly string[]): number | undefined {
  const [first = ""] = lines;
  return recordIn(first)?.sequence;
}

/** Each is parsed when it is come to: mostly the newest are enough. */
function* newestFirst(lines: readonly string[]): Generator<ChainedRecord> {
  for (let place = lines.length - 1; place >= 0; place--) {
    const record = recordIn(lines[place] ?? "");
    if (record !== undefined) yield record;
  }
}
