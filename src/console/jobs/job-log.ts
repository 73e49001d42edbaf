import { mkdir, open, readdir, readFile, rename, rm, type FileHandle } from "node:fs/promises";
import { join } from "node:path";
import type { JobLine } from "./job-record.ts";

/** Where jobs are written down, so that they outlive the process. What a promise tells is durable. */
export interface JobLog {
  /** The lines of each job that is there. */
  read(): Promise<readonly (readonly JobLine[])[]>;
  append(id: string, line: JobLine): Promise<void>;
  /** Puts this line in the place of all others: nothing comes after it. */
  replace(id: string, line: JobLine): Promise<void>;
  remove(id: string): Promise<void>;
}

/** Jobs end with the process. */
export const noJobLog: JobLog = {
  read: async () => [],
  append: async () => {},
  replace: async () => {},
  remove: async () => {},
};

const ending = ".jsonl";

/** A file of JSON lines for each job. */
export function jobFolder(folder: string): JobLog {
  const files = new Map<string, Promise<FileHandle>>();
  const fileOf = (id: string): string => join(folder, `${id}${ending}`);

  async function close(id: string): Promise<void> {
    const file = await files.get(id);
    files.delete(id);
    await file?.close();
  }

  return {
    async read() {
      await mkdir(folder, { recursive: true });
      const names = (await readdir(folder)).filter((name) => name.endsWith(ending));
      const jobs: (readonly JobLine[])[] = [];
      for (const name of names) jobs.push(await linesOf(join(folder, name)));
      return jobs;
    },
    async append(id, line) {
      let opened = files.get(id);
      if (opened === undefined) {
        opened = mkdir(folder, { recursive: true }).then(async () => {
          const file = await openAtEnd(fileOf(id));
          await syncFolder(folder);
          return file;
        });
        files.set(id, opened);
        opened.catch(() => files.delete(id));
      }
      const file = await opened;
      await file.appendFile(`${JSON.stringify(line)}\n`);
      await file.datasync();
    },
    async replace(id, line) {
      await close(id);
      const aside = `${fileOf(id)}.new`;
      const file = await open(aside, "w");
      try {
        await file.writeFile(`${JSON.stringify(line)}\n`);
        await file.datasync();
      } finally {
        await file.close();
      }
      await rename(aside, fileOf(id));
      await syncFolder(folder);
    },
    async remove(id) {
      await close(id);
      await rm(fileOf(id), { force: true });
    },
  };
}

/** The name of a new file outlives a power failure only then. Not every system lets a folder be opened. */
async function syncFolder(folder: string): Promise<void> {
  try {
    const opened = await open(folder, "r");
    try {
      await opened.sync();
    } finally {
      await opened.close();
    }
  } catch {
    // There the file itself has to do.
  }
}

/** A line that a crash has cut off is taken away: what comes next begins a line of its own. */
async function openAtEnd(path: string): Promise<FileHandle> {
  const file = await open(path, "a+");
  const text = await file.readFile();
  const end = text.lastIndexOf(0x0a) + 1;
  if (end < text.length) await file.truncate(end);
  return file;
}

async function linesOf(path: string): Promise<readonly JobLine[]> {
  const text = await readFile(path, "utf8");
  const lines: JobLine[] = [];
  for (const line of text.split("\n").slice(0, -1)) {
    try {
      lines.push(JSON.parse(line) as JobLine);
    } catch {
      // What is behind a damaged line cannot be trusted: those executions are asked for again.
      break;
    }
  }
  return lines;
}
