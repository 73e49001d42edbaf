import type { EpochMs } from "../machine/ids.ts";

/** Which object. `versionId` and `expectedBucketOwner` are for a service; a local folder has neither. */
export interface ObjectAddress {
  readonly bucket: string;
  readonly key: string;
  readonly versionId?: string;
  readonly expectedBucketOwner?: string;
}

/** An object in a listing. `etag` has its quotes, as S3 sends it. */
export interface ObjectSummary {
  readonly key: string;
  readonly etag: string;
  readonly size: number;
  readonly lastModified: EpochMs;
  readonly storageClass: string;
}

/** An object that was opened. `size` is that of `body`: of the range, where one was asked for. */
export interface ObjectContent {
  readonly size: number;
  readonly etag: string;
  /** To be read once. Leaving the loop early gives the connection or file back. */
  readonly body: AsyncIterable<Uint8Array>;
}

/** Bytes from `start` (inclusive) to `end` (exclusive). */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

export interface ListRequest {
  readonly bucket: string;
  /** Absent and empty are the same: every object. */
  readonly prefix?: string;
  /** Only keys that come after this one, in the byte order of their UTF-8. */
  readonly startAfter?: string;
  readonly expectedBucketOwner?: string;
}

/**
 * Objects in buckets, as S3 has them: an S3 endpoint or a local folder. Nothing is held whole in memory.
 * Every method rejects with an {@link ObjectStoreError} for what the store answers as an error; listings and bodies
 * throw it from their iteration.
 */
export interface ObjectStore {
  /** The objects in the byte order of their keys, page by page. */
  list(request: ListRequest): AsyncIterable<readonly ObjectSummary[]>;
  get(address: ObjectAddress, range?: ByteRange): Promise<ObjectContent>;
  /** Size and ETag without the body. */
  head(address: ObjectAddress): Promise<{ readonly size: number; readonly etag: string }>;
  /** Writes or replaces the whole object; it appears when all of it is there, or not at all. */
  put(
    address: ObjectAddress,
    body: Uint8Array | AsyncIterable<Uint8Array>,
    /** Whether there must be no such object yet. */
    isNew?: boolean,
  ): Promise<{ readonly size: number; readonly etag: string }>;
  close(): void;
}

/** What the store answers as an error: S3's code (`NoSuchKey`, `NoSuchBucket`, `AccessDenied`) and wording. */
export class ObjectStoreError extends Error {
  override readonly name = "ObjectStoreError";
  readonly code: string;
  readonly statusCode: number;
  /** What S3 calls the request; absent where it was no request. */
  readonly requestId: string | undefined;
  readonly extendedRequestId: string | undefined;

  constructor(
    answer: {
      readonly code: string;
      readonly message: string;
      readonly statusCode: number;
      readonly requestId?: string | undefined;
      readonly extendedRequestId?: string | undefined;
    },
    options?: { cause?: unknown },
  ) {
    super(answer.message, options);
    this.code = answer.code;
    this.statusCode = answer.statusCode;
    this.requestId = answer.requestId;
    this.extendedRequestId = answer.extendedRequestId;
  }
}
