import { mkdir, readdir, rm, rmdir, stat } from "node:fs/promises";
import path from "node:path";
import type { EpochMs } from "../../machine/ids.ts";
import type { ObjectAddress, ObjectStore, ObjectSummary } from "../../ports/object-store.ts";
import { listFiles } from "./local-listing.ts";
import {
  bucketFolder,
  createLocalObjectStore,
  type LocalObjectStoreOptions,
  summarise,
} from "./local-object-store.ts";
import { bucketRoot, existingFile, isMissing } from "./local-path.ts";
import { ObjectStoreError } from "../../ports/object-store.ts";
import { storeErrors } from "./store-errors.ts";

export interface LocalBucket {
  readonly name: string;
  readonly createdAt: EpochMs;
}

/** The buckets that are folders of this machine, as who makes and removes buckets and objects needs them. */
export interface LocalBuckets extends ObjectStore {
  buckets(): Promise<readonly LocalBucket[]>;
  has(bucket: string): Promise<boolean>;
  create(bucket: string): Promise<void>;
  /** Rejects with `BucketNotEmpty` while there are objects in it. */
  remove(bucket: string): Promise<void>;
  /** What a listing says of one object. */
  summary(address: ObjectAddress): Promise<ObjectSummary>;
  /** *Documented*: deleting what is not there succeeds. */
  delete(address: ObjectAddress): Promise<void>;
}

export function createLocalBuckets(options: LocalObjectStoreOptions): LocalBuckets {
  const { buckets: configured = {} } = options;

  async function has(bucket: string): Promise<boolean> {
    try {
      await bucketRoot(bucketFolder(options, bucket));
      return true;
    } catch (error) {
      if (error instanceof ObjectStoreError && error.code === "NoSuchBucket") return false;
      throw error;
    }
  }

  return {
    ...createLocalObjectStore(options),
    has,

    async buckets() {
      const found = await readdir(options.folder, { withFileTypes: true }).catch(noneIfMissing);
      const names = new Set(Object.keys(configured));
      for (const entry of found) if (entry.isDirectory()) names.add(entry.name);
      const described = await Promise.all([...names].sort().map((name) => describe(options, name)));
      return described.filter((bucket) => bucket !== undefined);
    },

    async create(bucket) {
      await mkdir(bucketFolder(options, bucket), { recursive: true });
    },

    async remove(bucket) {
      const root = await bucketRoot(bucketFolder(options, bucket));
      for await (const _ of listFiles(root, { bucket })) throw storeErrors.bucketNotEmpty();
      await rm(root, { recursive: true });
    },

    async summary(address) {
      const root = await bucketRoot(bucketFolder(options, address.bucket));
      const file = await existingFile(root, address.key);
      if (!(await stat(file)).isFile()) throw storeErrors.noSuchKey();
      const summary = await summarise(address.key, file);
      if (summary === undefined) throw storeErrors.noSuchKey();
      return summary;
    },

    async delete(address) {
      const root = await bucketRoot(bucketFolder(options, address.bucket));
      try {
        const file = await existingFile(root, address.key);
        if (!(await stat(file)).isFile()) return;
        await rm(file, { force: true });
        await removeEmptyFolders(root, path.dirname(file));
      } catch (error) {
        // A key that cannot be a file is none.
        if (!(error instanceof ObjectStoreError) || error.code === "AccessDenied") throw error;
      }
    },
  };
}

/** `undefined` for a folder that cannot be a bucket. */
async function describe(
  options: LocalObjectStoreOptions,
  name: string,
): Promise<LocalBucket | undefined> {
  try {
    const { birthtimeMs } = await stat(bucketFolder(options, name));
    return { name, createdAt: Math.floor(birthtimeMs) };
  } catch (error) {
    if (error instanceof ObjectStoreError || isMissing(error)) return undefined;
    throw error;
  }
}

/** Folders are there for their objects only. */
async function removeEmptyFolders(root: string, folder: string): Promise<void> {
  for (let at = folder; at !== root && at.startsWith(root); at = path.dirname(at)) {
    try {
      await rmdir(at);
    } catch {
      return;
    }
  }
}

function noneIfMissing(error: unknown): [] {
  if (isMissing(error)) return [];
  throw error;
}
