import { readdir, realpath, stat } from "node:fs/promises";
import path from "node:path";
import type { ListRequest } from "../../ports/object-store.ts";
import { inside, isMissing, unfinishedPrefix } from "./local-path.ts";
import { ObjectStoreError } from "../../ports/object-store.ts";

export interface ListedFile {
  readonly key: string;
  readonly file: string;
}

interface Entry {
  readonly name: string;
  readonly isFolder: boolean;
  /** Its name as it sorts: a folder's keys go on with a slash. */
  readonly order: Buffer;
}

/**
 * The files below a bucket's folder in the order of S3: by the bytes of their keys. One folder's names are in memory for
 * each level. Links that lead out of the bucket or nowhere are passed by, and so are folders with nothing in them.
 */
export async function* listFiles(root: string, request: ListRequest): AsyncGenerator<ListedFile> {
  const prefix = request.prefix ?? "";
  const after = Buffer.from(request.startAfter ?? "");
  yield* walk(root, "", [root]);

  async function* walk(
    folder: string,
    keyOfFolder: string,
    ancestors: readonly string[],
  ): AsyncGenerator<ListedFile> {
    for (const entry of await entries(folder, ancestors)) {
      const key = keyOfFolder + entry.name;
      const file = path.join(folder, entry.name);
      if (entry.isFolder) {
        const below = `${key}/`;
        if (!below.startsWith(prefix) && !prefix.startsWith(below)) continue;
        yield* walk(file, below, [...ancestors, await realpath(file)]);
      } else if (key.startsWith(prefix) && Buffer.compare(Buffer.from(key), after) > 0) {
        yield { key, file };
      }
    }
  }

  async function entries(folder: string, ancestors: readonly string[]): Promise<readonly Entry[]> {
    const result: Entry[] = [];
    for (const found of await readdir(folder, { withFileTypes: true })) {
      const { name } = found;
      if (name.startsWith(unfinishedPrefix)) continue;
      let kind: "file" | "folder" | undefined = found.isFile()
        ? "file"
        : found.isDirectory()
          ? "folder"
          : undefined;
      if (found.isSymbolicLink()) kind = await linked(path.join(folder, name), ancestors);
      if (kind === undefined) continue;
      const isFolder = kind === "folder";
      result.push({ name, isFolder, order: Buffer.from(isFolder ? `${name}/` : name) });
    }
    return result.sort((a, b) => Buffer.compare(a.order, b.order));
  }

  /** What a link leads to, if it is in the bucket and not a folder that the link is in. */
  async function linked(
    link: string,
    ancestors: readonly string[],
  ): Promise<"file" | "folder" | undefined> {
    try {
      const target = inside(root, await realpath(link));
      const found = await stat(target);
      if (found.isFile()) return "file";
      return found.isDirectory() && !ancestors.includes(target) ? "folder" : undefined;
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (error instanceof ObjectStoreError || isMissing(error) || code === "ELOOP") {
        return undefined;
      }
      throw error;
    }
  }
}
