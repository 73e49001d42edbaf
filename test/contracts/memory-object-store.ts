import { createHash } from "node:crypto";
import {
  ObjectStoreError,
  type ByteRange,
  type ObjectStore,
} from "../../src/ports/object-store.ts";

export interface MemoryObjectStore extends ObjectStore {
  /** Puts an object at once, making its bucket. */
  set(bucket: string, key: string, content: string | Uint8Array): void;
  text(bucket: string, key: string): string;
  keys(bucket: string): readonly string[];
  /** Every range that was read of an object, and `undefined` for a whole one. */
  readonly reads: { readonly key: string; readonly range: ByteRange | undefined }[];
  /** Bodies that were begun and neither read to the end nor left. */
  openBodies(): number;
}

const missing = (code: string, message: string) =>
  new ObjectStoreError({
    code,
    message,
    statusCode: 404,
    requestId: "R1",
    extendedRequestId: "E1",
  });

/** Objects in memory, given out in chunks of a size that tests choose, so that pieces break everywhere. */
export function memoryObjectStore(
  options: { readonly chunkBytes?: number; readonly pageSize?: number } = {},
): MemoryObjectStore {
  const { chunkBytes = 7, pageSize = 2 } = options;
  const buckets = new Map<string, Map<string, Uint8Array>>();
  const reads: { key: string; range: ByteRange | undefined }[] = [];
  let open = 0;

  const bucketOf = (name: string) => {
    const bucket = buckets.get(name);
    if (bucket === undefined) {
      throw missing("NoSuchBucket", "The specified bucket does not exist");
    }
    return bucket;
  };
  const objectOf = (bucket: string, key: string) => {
    const object = bucketOf(bucket).get(key);
    if (object === undefined) throw missing("NoSuchKey", "The specified key does not exist.");
    return object;
  };
  const etagOf = (bytes: Uint8Array) => `"${createHash("md5").update(bytes).digest("hex")}"`;

  async function* chunks(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
    open++;
    try {
      for (let at = 0; at < bytes.length; at += chunkBytes) {
        yield bytes.subarray(at, at + chunkBytes);
      }
    } finally {
      open--;
    }
  }

  const store: MemoryObjectStore = {
    reads,
    openBodies: () => open,
    set(bucket, key, content) {
      if (!buckets.has(bucket)) buckets.set(bucket, new Map());
      bucketOf(bucket).set(key, Buffer.from(content));
    },
    text: (bucket, key) => Buffer.from(objectOf(bucket, key)).toString(),
    keys: (bucket) => [...bucketOf(bucket).keys()].toSorted(),
    async *list({ bucket, prefix = "", startAfter = "" }) {
      const keys = [...bucketOf(bucket).keys()]
        .filter((key) => key.startsWith(prefix) && key > startAfter)
        .toSorted();
      for (let at = 0; at < keys.length; at += pageSize) {
        yield keys.slice(at, at + pageSize).map((key) => ({
          key,
          etag: etagOf(objectOf(bucket, key)),
          size: objectOf(bucket, key).length,
          lastModified: 1_693_000_000_987,
          storageClass: "STANDARD",
        }));
      }
    },
    async get({ bucket, key }, range) {
      const bytes = objectOf(bucket, key);
      reads.push({ key, range });
      const part = range === undefined ? bytes : bytes.subarray(range.start, range.end);
      return { size: part.length, etag: etagOf(bytes), body: chunks(part) };
    },
    async head({ bucket, key }) {
      const bytes = objectOf(bucket, key);
      return { size: bytes.length, etag: etagOf(bytes) };
    },
    async put({ bucket, key }, body) {
      const objects = bucketOf(bucket);
      const parts: Uint8Array[] = [];
      if (body instanceof Uint8Array) parts.push(body);
      else for await (const chunk of body) parts.push(chunk);
      const bytes = Buffer.concat(parts);
      objects.set(key, bytes);
      return { size: bytes.length, etag: etagOf(bytes) };
    },
    close() {},
  };
  return store;
}
