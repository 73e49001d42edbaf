import { mkdir, realpath } from "node:fs/promises";
import path from "node:path";
import { storeErrors } from "./store-errors.ts";

/** Names that files have while they are written; no object may be called so. */
export const unfinishedPrefix = ".stepwell-unfinished-";

/** S3's rule for bucket names, with capitals and underscores as old buckets have them. Nothing in it is a path. */
const bucketName = /^[a-z0-9][a-z0-9._-]{1,253}[a-z0-9]$/i;

export function checkBucketName(bucket: string): void {
  if (!bucketName.test(bucket) || bucket.includes("..")) throw storeErrors.invalidBucketName();
}

/**
 * The relative path of a key's file. Refuses what would not come back as the same key: empty parts, `.` and `..`, a
 * slash at either end, and what a file system takes for something else.
 */
export function keyPath(key: string): string {
  const parts = key.split("/");
  if (key === "" || !parts.every(isFileName)) throw storeErrors.notAFile(key);
  return path.join(...parts);
}

function isFileName(part: string): boolean {
  if (part === "" || part === "." || part === ".." || part.startsWith(unfinishedPrefix)) {
    return false;
  }
  return !(process.platform === "win32" ? /[\0\\:]/ : /\0/).test(part);
}

/** The real path of a bucket's folder: links that lead to it are the owner's choice. */
export async function bucketRoot(folder: string): Promise<string> {
  try {
    return await realpath(folder);
  } catch (error) {
    if (isMissing(error)) throw storeErrors.noSuchBucket();
    throw error;
  }
}

/** The real path of an object's file, which must be in the bucket's folder: no link leads out of it. */
export async function existingFile(root: string, key: string): Promise<string> {
  try {
    return inside(root, await realpath(path.join(root, keyPath(key))));
  } catch (error) {
    if (isMissing(error)) throw storeErrors.noSuchKey();
    throw error;
  }
}

/** The path to write an object's file to, with the folders that it needs. */
export async function newFile(root: string, key: string): Promise<string> {
  const relative = keyPath(key);
  let folder = root;
  // One by one: a link on the way must be seen before anything is made beyond it.
  for (const part of path.dirname(relative).split(path.sep)) {
    if (part === ".") continue;
    const next = path.join(folder, part);
    await mkdir(next).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    });
    folder = inside(root, await realpath(next));
  }
  return path.join(folder, path.basename(relative));
}

/** Gives `target` back if it is in `root`. */
export function inside(root: string, target: string): string {
  const relative = path.relative(root, target);
  const isOut = relative === ".." || relative.startsWith(`..${path.sep}`);
  if (isOut || path.isAbsolute(relative)) throw storeErrors.outside();
  return target;
}

export function isMissing(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === "ENOENT" || code === "ENOTDIR";
}
