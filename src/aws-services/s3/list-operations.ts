import type { Access } from "../../ports/authorizer.ts";
import type { ObjectSummary } from "../../ports/object-store.ts";
import {
  ServiceError,
  type ServiceMembers,
  type ServiceOperation,
} from "../../ports/service-api.ts";
import { numberOf } from "../members.ts";
import { ofBucket, resourceOf, type S3Call, s3Operation, type S3Context } from "./s3-context.ts";

/** *Documented*: a page. */
const mostKeys = 1_000;

const common = {
  Prefix: "prefix",
  Delimiter: "delimiter",
  MaxKeys: "max-keys",
  EncodingType: "encoding-type",
} as const;

export function listOperations(context: S3Context): { readonly [name: string]: ServiceOperation } {
  return {
    ListObjectsV2: s3Operation(
      {
        ...ofBucket,
        method: "GET",
        markers: ["list-type"],
        query: { ...common, ContinuationToken: "continuation-token", StartAfter: "start-after" },
      },
      listing,
      async (call) => {
        const token = call.text("ContinuationToken");
        const after = token === undefined ? call.text("StartAfter") : keyOfToken(token);
        const { next, page, shown } = await listed(context, call, after);
        return {
          members: {
            ListBucketResult: {
              ...shown,
              KeyCount: page.length,
              ContinuationToken: token,
              StartAfter: call.text("StartAfter"),
              IsTruncated: next !== undefined,
              NextContinuationToken: next && tokenOfKey(next),
            },
          },
        };
      },
    ),

    // There are no versions but the one that an object is, which S3 calls `null` where nobody asked for versions.
    ListObjectVersions: s3Operation(
      {
        ...ofBucket,
        method: "GET",
        markers: ["versions"],
        query: { ...common, KeyMarker: "key-marker" },
      },
      (call) => [{ ...listing(call)[0], action: "s3:ListBucketVersions" }],
      async (call) => {
        const { next, shown } = await listed(context, call, call.text("KeyMarker"));
        const { Contents, ...others } = shown;
        return {
          members: {
            ListVersionsResult: {
              ...others,
              IsTruncated: next !== undefined,
              NextKeyMarker: next,
              NextVersionIdMarker: next && "null",
              Version: Contents.map((object) => ({
                ...object,
                VersionId: "null",
                IsLatest: true,
              })),
            },
          },
        };
      },
    ),

    ListObjects: s3Operation(
      { ...ofBucket, method: "GET", query: { ...common, Marker: "marker" } },
      listing,
      async (call) => {
        const marker = call.text("Marker") ?? "";
        const { next, shown } = await listed(context, call, marker);
        const isTruncated = next !== undefined;
        return {
          members: {
            ListBucketResult: {
              ...shown,
              Marker: marker,
              IsTruncated: isTruncated,
              // *Documented*: without a delimiter the last key says it.
              NextMarker: call.text("Delimiter") ? next : undefined,
            },
          },
        };
      },
    ),
  };
}

function listing(call: S3Call): readonly [Access] {
  const conditions = { "s3:prefix": call.text("Prefix") ?? "" };
  return [{ action: "s3:ListBucket", resource: resourceOf(call), conditions }];
}

type Listed = { readonly object: ObjectSummary } | { readonly prefix: string };

/** A page of objects and common prefixes, and the last of them where there are more. */
async function listed(
  { buckets }: S3Context,
  call: S3Call,
  after: string | undefined,
): Promise<{
  readonly page: readonly Listed[];
  readonly next: string | undefined;
  readonly shown: ServiceMembers & { readonly Contents: readonly ServiceMembers[] };
}> {
  const { bucket } = call;
  const prefix = call.text("Prefix") ?? "";
  const delimiter = call.text("Delimiter") ?? "";
  const asked = numberOf(call.members, "MaxKeys", { usual: mostKeys, least: 0, most: 2 ** 31 - 1 });
  const most = Math.min(asked, mostKeys);
  const page: Listed[] = [];
  let last = after ?? "";
  let isTruncated = false;
  for await (const object of summaries(buckets.list({ bucket, prefix, startAfter: last }))) {
    const common = commonPrefix(object.key, prefix, delimiter);
    // All that have it in common are one: also with the page before.
    if (common !== undefined && common === last) continue;
    if (page.length === most) {
      isTruncated = most > 0;
      break;
    }
    last = common ?? object.key;
    page.push(common === undefined ? { object } : { prefix: common });
  }
  const isEncoded = call.text("EncodingType") === "url";
  const shownKey = (key: string): string => (isEncoded ? encodedKey(key) : key);
  return {
    page,
    next: isTruncated ? last : undefined,
    shown: {
      Name: bucket,
      Prefix: shownKey(prefix),
      Delimiter: delimiter === "" ? undefined : shownKey(delimiter),
      MaxKeys: asked,
      EncodingType: isEncoded ? "url" : undefined,
      Contents: page.flatMap((each) =>
        "object" in each ? [shownObject(each.object, shownKey)] : [],
      ),
      CommonPrefixes: page.flatMap((each) =>
        "prefix" in each ? [{ Prefix: shownKey(each.prefix) }] : [],
      ),
    },
  };
}

async function* summaries(
  pages: AsyncIterable<readonly ObjectSummary[]>,
): AsyncGenerator<ObjectSummary> {
  for await (const page of pages) yield* page;
}

function commonPrefix(key: string, prefix: string, delimiter: string): string | undefined {
  if (delimiter === "") return undefined;
  const at = key.indexOf(delimiter, prefix.length);
  return at < 0 ? undefined : key.slice(0, at + delimiter.length);
}

function shownObject(
  { key, etag, size, lastModified, storageClass }: ObjectSummary,
  shownKey: (key: string) => string,
): ServiceMembers {
  return {
    Key: shownKey(key),
    LastModified: new Date(lastModified),
    ETag: etag,
    Size: size,
    StorageClass: storageClass,
  };
}

/** *Documented*: as in a URL, with the slashes left. */
function encodedKey(key: string): string {
  return encodeURIComponent(key.toWellFormed()).replaceAll("%2F", "/");
}

function tokenOfKey(key: string): string {
  return Buffer.from(key).toString("base64url");
}

function keyOfToken(token: string): string {
  if (/^[\w-]+$/.test(token)) return Buffer.from(token, "base64url").toString();
  throw new ServiceError("InvalidArgument", "The continuation token provided is incorrect");
}
