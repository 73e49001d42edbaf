import { type Dirent } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { RetentionEstimate, StoragePart, StorageView } from "../view-types.ts";

/** Our choice: files of the data directory that are counted; a folder that stands for S3 may hold any number. */
const mostFiles = 20_000;
const dayMs = 86_400_000;
/** Our choice: what happened in less time says nothing of a day. */
const leastSpanMs = 10 * 60_000;

/** How many bytes each part of the data directory takes on the disk. */
export async function storageParts(dataDir: string): Promise<StorageView["parts"]> {
  const sizes = new Map<StoragePart, number>();
  let left = mostFiles;
  const add = async (folder: string, partOf: (name: string) => StoragePart): Promise<void> => {
    for (const entry of await entriesOf(folder)) {
      if (left-- <= 0) return;
      const part = partOf(entry.name);
      const path = join(folder, entry.name);
      if (entry.isDirectory()) await add(path, () => part);
      // It may have gone since.
      else {
        const { size } = await stat(path).catch(() => ({ size: 0 }));
        sizes.set(part, (sizes.get(part) ?? 0) + size);
      }
    }
  };
  await add(dataDir, partNamed);
  return [...sizes].map(([part, bytes]) => ({ part, bytes })).sort((a, b) => b.bytes - a.bytes);
}

function entriesOf(folder: string): Promise<readonly Dirent[]> {
  return readdir(folder, { withFileTypes: true }).catch(() => []);
}

function partNamed(name: string): StoragePart {
  if (name === "stepwell.db") return "database";
  if (name.startsWith("stepwell.db-")) return "writeAheadLog";
  if (name === "s3") return "objects";
  const isLog = name === "logs" || name === "audit" || name.endsWith(".log");
  return isLog ? "logs" : "other";
}

/** What is known of executions, to judge by how many there will be. */
export interface KeptExecutions {
  readonly count: number;
  /** When the oldest of them started. */
  readonly since: number | undefined;
  /** There are older ones. */
  readonly isPartial: boolean;
}

/**
 * What keeping closed executions for `days` comes to if it goes on as since the oldest one: the database grows by what it
 * has on average, until as many are deleted as start. Without `databaseBytes` it is only told how many executions there are.
 */
export function retentionEstimate(
  days: number,
  { count, since, isPartial }: KeptExecutions,
  databaseBytes: number | undefined,
  now: number,
): RetentionEstimate {
  const known = { days, kept: count, isPartial, ...(since !== undefined && { since }) };
  const span = since === undefined ? 0 : now - since;
  if (span < leastSpanMs) return known;
  const perDay = (count / span) * dayMs;
  // How much of the database the executions take that are not known here cannot be told.
  if (isPartial || databaseBytes === undefined) return { ...known, perDay };
  const bytesPerDay = (databaseBytes / span) * dayMs;
  return {
    ...known,
    perDay,
    bytesPerDay,
    bytesInTheEnd: Math.max(databaseBytes, bytesPerDay * days),
  };
}
