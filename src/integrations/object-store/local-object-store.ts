import { createHash, randomUUID } from "node:crypto";
import type { BigIntStats } from "node:fs";
import { link, mkdir, open, rename, rm, stat, type FileHandle } from "node:fs/promises";
import path from "node:path";
import type {
  ObjectAddress,
  ObjectContent,
  ObjectStore,
  ObjectSummary,
} from "../../ports/object-store.ts";
import { listFiles } from "./local-listing.ts";
import {
  bucketRoot,
  checkBucketName,
  existingFile,
  isMissing,
  newFile,
  unfinishedPrefix,
} from "./local-path.ts";
import { storeErrors } from "./store-errors.ts";

export interface LocalObjectStoreOptions {
  /** Holds a folder for each bucket. */
  readonly folder: string;
  /** Buckets that are folders elsewhere. */
  readonly buckets?: { readonly [name: string]: string } | undefined;
}

/** S3's page of a listing. */
const pageSize = 1_000;

/**
 * Buckets as folders, objects as the files in them. There are no versions and no owners: what is asked of them is
 * passed over. Writing to a bucket that is not there makes its folder, so that a first run needs no preparation.
 */
export function createLocalObjectStore(options: LocalObjectStoreOptions): ObjectStore {
  const folderOf = (bucket: string): string => bucketFolder(options, bucket);
  return {
    async *list(request) {
      const root = await bucketRoot(folderOf(request.bucket));
      let page: ObjectSummary[] = [];
      for await (const { key, file } of listFiles(root, request)) {
        const summary = await summarise(key, file);
        if (summary !== undefined) page.push(summary);
        if (page.length < pageSize) continue;
        yield page;
        page = [];
      }
      if (page.length > 0) yield page;
    },
    async get(address, range) {
      const handle = await open(await fileOf(address));
      try {
        const found = await handle.stat({ bigint: true });
        if (!found.isFile()) throw storeErrors.noSuchKey();
        return content(handle, found, range);
      } catch (error) {
        await handle.close();
        throw error;
      }
    },
    async head(address) {
      const found = await stat(await fileOf(address), { bigint: true });
      if (!found.isFile()) throw storeErrors.noSuchKey();
      return { size: Number(found.size), etag: etagOf(found) };
    },
    async put(address, body, isNew = false) {
      const folder = folderOf(address.bucket);
      await mkdir(folder, { recursive: true });
      const root = await bucketRoot(folder);
      const unfinished = path.join(root, unfinishedPrefix + randomUUID());
      let target: string;
      try {
        target = await newFile(root, address.key);
        await write(unfinished, body);
        if (isNew) await linkNew(unfinished, target);
        else await rename(unfinished, target);
      } catch (error) {
        await rm(unfinished, { force: true });
        throw isFolderError(error) ? storeErrors.notAFile(address.key) : error;
      }
      await syncFolder(path.dirname(target));
      const written = await stat(target, { bigint: true });
      return { size: Number(written.size), etag: etagOf(written) };
    },
    close() {},
  };

  async function fileOf(address: ObjectAddress): Promise<string> {
    return existingFile(await bucketRoot(folderOf(address.bucket)), address.key);
  }
}

/** The folder that is a bucket, there or not. */
export function bucketFolder(
  { folder, buckets = {} }: LocalObjectStoreOptions,
  bucket: string,
): string {
  checkBucketName(bucket);
  const configured = Object.hasOwn(buckets, bucket) ? buckets[bucket] : undefined;
  return configured ?? path.join(folder, bucket);
}

export async function summarise(key: string, file: string): Promise<ObjectSummary | undefined> {
  try {
    const found = await stat(file, { bigint: true });
    return {
      key,
      etag: etagOf(found),
      size: Number(found.size),
      lastModified: Number(found.mtimeMs),
      storageClass: "STANDARD",
    };
  } catch (error) {
    // Deleted since its folder was read.
    if (isMissing(error)) return undefined;
    throw error;
  }
}

function content(
  handle: FileHandle,
  found: BigIntStats,
  range: { readonly start: number; readonly end: number } | undefined,
): ObjectContent {
  const size = Number(found.size);
  const etag = etagOf(found);
  if (range === undefined) return { size, etag, body: handle.createReadStream() };
  const end = Math.min(range.end, size);
  if (range.start >= end) throw storeErrors.invalidRange();
  const body = handle.createReadStream({ start: range.start, end: end - 1 });
  return { size: end - range.start, etag, body };
}

async function write(file: string, body: Uint8Array | AsyncIterable<Uint8Array>): Promise<void> {
  const handle = await open(file, "wx");
  try {
    if (body instanceof Uint8Array) await handle.writeFile(body);
    else for await (const chunk of body) await handle.writeFile(chunk);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** As a rename, but for what is there already. */
async function linkNew(file: string, target: string): Promise<void> {
  try {
    await link(file, target);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") throw storeErrors.exists();
    throw error;
  }
  await rm(file);
}

/** Makes a new name durable, where folders can be opened. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(folder);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** A folder is where the file should be, or a file where one of its folders should. */
function isFolderError(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === "EISDIR" || code === "ENOTDIR" || code === "ENOTEMPTY" || code === "EEXIST";
}

/** Our choice: changes when the file does. S3's is mostly the MD5 of the content, which a listing would have to read. */
function etagOf(found: BigIntStats): string {
  const state = `${found.ino}-${found.size}-${found.mtimeNs}`;
  return `"${createHash("md5").update(state).digest("hex")}"`;
}
