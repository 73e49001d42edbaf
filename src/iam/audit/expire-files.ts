import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { auditFiles, dayOf } from "./audit-folder.ts";
import { hashOf } from "./chain.ts";

const dayMs = 24 * 60 * 60 * 1_000;

/** What was removed because it was kept long enough. */
export interface Expired {
  readonly files: readonly string[];
  /** The hash of the last line that was removed: the oldest that is kept names it. */
  readonly lastHash: string;
}

/** Removes the files of days that are over for longer than is kept, but never the newest. */
export async function expireFiles(
  folder: string,
  retentionDays: number,
  now: number,
): Promise<Expired | undefined> {
  const oldest = dayOf(now - retentionDays * dayMs);
  const old = (await auditFiles(folder)).slice(0, -1).filter(({ day }) => day < oldest);
  const last = old.at(-1);
  if (last === undefined) return undefined;
  const lines = (await readFile(join(folder, last.name), "utf8")).split("\n");
  const lastHash = hashOf(lines.findLast((line) => line !== "") ?? "");
  for (const { name } of old) await rm(join(folder, name));
  return { files: old.map(({ name }) => name), lastHash };
}
