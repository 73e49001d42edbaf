import { type HttpBinding, ServiceError, type ServiceOperation } from "../../ports/service-api.ts";
import { flagOf, structuresOf, textOf } from "../members.ts";
import { checkBucket } from "./bucket-settings.ts";
import { keptHeaders, noteOf } from "./object-headers.ts";
import { objectRange } from "./object-range.ts";
import {
  ofObject,
  ofBucket,
  resourceOf,
  type S3Call,
  s3Operation,
  type S3Context,
} from "./s3-context.ts";

/** *Documented*: keys of one DeleteObjects, bytes of a key. */
const mostKeys = 1_000;
const longestKey = 1_024;

const noBytes = new Uint8Array();

/** What an upload's headers say. */
export const uploading = {
  ...ofObject,
  headers: {
    ...keptHeaders,
    Tagging: "x-amz-tagging",
    IfNoneMatch: "if-none-match",
    MetadataDirective: "x-amz-metadata-directive",
    CopySource: "x-amz-copy-source",
    CopySourceRange: "x-amz-copy-source-range",
  },
  prefixHeaders: { Metadata: "x-amz-meta-" },
} satisfies Omit<HttpBinding, "method">;

const copying = { ...uploading, headerMarkers: ["x-amz-copy-source"] };

export function writeOperations(context: S3Context): { readonly [name: string]: ServiceOperation } {
  const { buckets, notes } = context;

  return {
    PutObject: s3Operation(
      { ...uploading, method: "PUT", streams: true },
      "s3:PutObject",
      async (call) => {
        const { bucket, stream = [noBytes], payload } = call;
        const address = { bucket, key: checkedKey(call.key) };
        await checkBucket(buckets, bucket);
        const note = noteOf(call);
        const body = payload ?? asIterable(stream);
        const { etag } = await buckets.put(address, body, call.text("IfNoneMatch") === "*");
        await notes.set(address, { ...note, etag });
        return { headers: { ETag: etag } };
      },
    ),

    CopyObject: s3Operation({ ...copying, method: "PUT" }, copyAccess, async (call) => {
      const { bucket } = call;
      const address = { bucket, key: checkedKey(call.key) };
      const source = sourceOf(call);
      await checkBucket(buckets, bucket);
      const before = await buckets.summary(source);
      const isReplaced = call.text("MetadataDirective") === "REPLACE";
      const known = isReplaced ? noteOf(call) : await notes.of(source, before.etag);
      const { body } = await buckets.get(source);
      const { etag } = await buckets.put(address, body);
      await notes.set(address, { ...known, etag });
      const { lastModified } = await buckets.summary(address);
      return {
        members: { CopyObjectResult: { LastModified: new Date(lastModified), ETag: etag } },
      };
    }),

    DeleteObject: s3Operation(
      { ...ofObject, method: "DELETE", status: 204 },
      "s3:DeleteObject",
      async ({ bucket, key }) => {
        await checkBucket(buckets, bucket);
        await buckets.delete({ bucket, key });
        await notes.forget({ bucket, key });
        return {};
      },
    ),

    DeleteObjects: s3Operation(
      { ...ofBucket, method: "POST", markers: ["delete"] },
      (call) =>
        keysOf(call).map((key) => ({
          action: "s3:DeleteObject",
          resource: resourceOf({ ...call, key }),
        })),
      async (call) => {
        const { bucket, members } = call;
        await checkBucket(buckets, bucket);
        const keys = keysOf(call);
        for (const key of keys) {
          await buckets.delete({ bucket, key });
          await notes.forget({ bucket, key });
        }
        const isQuiet = flagOf(members, "Quiet");
        return {
          members: { DeleteResult: { Deleted: isQuiet ? [] : keys.map((Key) => ({ Key })) } },
        };
      },
    ),
  };
}

function keysOf({ members }: S3Call): readonly string[] {
  const objects = structuresOf(members, "Object");
  const keys = objects.map((object) => textOf(object, "Key") ?? "");
  if (keys.length === 0 || keys.length > mostKeys || keys.includes("")) {
    throw new ServiceError(
      "MalformedXML",
      "The XML you provided was not well-formed or did not validate against our published schema",
    );
  }
  return keys;
}

/** A copy reads one object and writes another. */
export function copyAccess(call: S3Call) {
  return [
    { action: "s3:GetObject", resource: resourceOf({ ...call, ...sourceOf(call) }) },
    { action: "s3:PutObject", resource: resourceOf(call) },
  ];
}

/** `/bucket/key?versionId=…`, encoded as in a URL. There are no versions. */
export function sourceOf(call: S3Call): { readonly bucket: string; readonly key: string } {
  const [path = ""] = (call.text("CopySource") ?? "").split("?", 1);
  let source = path;
  try {
    source = decodeURIComponent(path);
  } catch {
    // As it was sent.
  }
  const [, bucket, key] = /^\/?([^/]+)\/(.+)$/s.exec(source) ?? [];
  if (bucket === undefined || key === undefined) {
    throw new ServiceError(
      "InvalidArgument",
      "Copy Source must mention the source bucket and key: sourcebucket/sourcekey",
    );
  }
  return { bucket, key };
}

/** The bytes of the source that a part is copied of. */
export async function copiedBytes({ buckets }: S3Context, call: S3Call) {
  const source = sourceOf(call);
  const { size } = await buckets.head(source);
  return buckets.get(source, objectRange(call.text("CopySourceRange"), size));
}

export function checkedKey(key: string): string {
  if (Buffer.byteLength(key) <= longestKey) return key;
  throw new ServiceError("KeyTooLongError", "Your key is too long");
}

export async function* asIterable(
  parts: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  yield* parts;
}
