import { readdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ChainEnd } from "./chain.ts";

/** A file of the log: `audit-20271129-2.jsonl` is the third of its day. */
export interface AuditFileName {
  readonly name: string;
  /** `20271129`. */
  readonly day: string;
  readonly number: number;
}

const named = /^audit-(\d{8})(?:-(\d{1,6}))?\.jsonl$/;

export function auditFileName(day: string, number: number): AuditFileName {
  return { name: `audit-${day}${number === 0 ? "" : `-${number}`}.jsonl`, day, number };
}

/** The files of a log, the oldest first; none where there is no folder. */
export async function auditFiles(folder: string): Promise<readonly AuditFileName[]> {
  return (await namesIn(folder))
    .flatMap((name) => {
      const [, day, number = "0"] = named.exec(name) ?? [];
      return day === undefined ? [] : [{ name, day, number: Number(number) }];
    })
    .sort((a, b) => (a.day === b.day ? a.number - b.number : a.day < b.day ? -1 : 1));
}

/** The folder, and those within it that nodes of a cluster have for themselves: each that has a log of its own. */
export async function auditFolders(folder: string): Promise<readonly string[]> {
  const within = (await namesIn(folder)).filter((name) => /^port-\d+$/.test(name));
  const all = [folder, ...within.map((name) => join(folder, name))];
  const found = await Promise.all(all.map(async (each) => (await auditFiles(each)).length > 0));
  return all.filter((_, index) => found[index]);
}

/** The day of a moment, in UTC. */
export function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10).replaceAll("-", "");
}

const headName = "head.json";

/** Where the chain is said to have come to, beside it: lines that are gone from its end are missed. */
export async function readHead(folder: string): Promise<ChainEnd | undefined> {
  try {
    const head = JSON.parse(await readFile(join(folder, headName), "utf8")) as Partial<ChainEnd>;
    const { sequence, hash } = head;
    return typeof sequence === "number" && typeof hash === "string"
      ? { sequence, hash }
      : undefined;
  } catch {
    return undefined;
  }
}

export async function writeHead(folder: string, head: ChainEnd): Promise<void> {
  const path = join(folder, headName);
  await writeFile(`${path}.new`, JSON.stringify(head), { mode: 0o600 });
  await rename(`${path}.new`, path);
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}
