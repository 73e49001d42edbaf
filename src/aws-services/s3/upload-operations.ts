import { ServiceError, type ServiceOperation } from "../../ports/service-api.ts";
import { numberOf, structuresOf, textOf } from "../members.ts";
import { checkBucket } from "./bucket-settings.ts";
import { noteOf } from "./object-headers.ts";
import { ofBucket, ofObject, type S3Call, s3Operation, type S3Context } from "./s3-context.ts";
import type { UploadPart } from "./uploads.ts";
import { asIterable, checkedKey, copiedBytes, copyAccess, uploading } from "./write-operations.ts";

/** *Documented*. */
const mostParts = 10_000;

const ofUpload = { ...ofObject, markers: ["uploadId"], query: { UploadId: "uploadId" } };
const ofPart = {
  ...ofObject,
  markers: ["partNumber", "uploadId"],
  query: { UploadId: "uploadId", PartNumber: "partNumber" },
};

export function uploadOperations(context: S3Context): {
  readonly [name: string]: ServiceOperation;
} {
  const { buckets, notes, uploads } = context;
  const idOf = (call: S3Call): string => call.text("UploadId") ?? "";

  return {
    CreateMultipartUpload: s3Operation(
      { ...uploading, method: "POST", markers: ["uploads"] },
      "s3:PutObject",
      async (call) => {
        const { bucket } = call;
        const key = checkedKey(call.key);
        await checkBucket(buckets, bucket);
        const id = await uploads.begin({ bucket, key, note: noteOf(call) });
        return {
          members: { InitiateMultipartUploadResult: { Bucket: bucket, Key: key, UploadId: id } },
        };
      },
    ),

    UploadPart: s3Operation(
      { ...ofPart, method: "PUT", streams: true },
      "s3:PutObject",
      async (call) => {
        const { stream = [], payload } = call;
        await uploads.find(idOf(call), call);
        const body = asIterable(payload === undefined ? stream : [payload]);
        const { etag } = await uploads.putPart(idOf(call), partNumberOf(call), body);
        return { headers: { ETag: etag } };
      },
    ),

    UploadPartCopy: s3Operation(
      {
        ...ofPart,
        method: "PUT",
        headerMarkers: ["x-amz-copy-source"],
        headers: { CopySource: "x-amz-copy-source", CopySourceRange: "x-amz-copy-source-range" },
      },
      copyAccess,
      async (call) => {
        await uploads.find(idOf(call), call);
        const { body } = await copiedBytes(context, call);
        const { etag, lastModified } = await uploads.putPart(idOf(call), partNumberOf(call), body);
        return {
          members: { CopyPartResult: { LastModified: new Date(lastModified), ETag: etag } },
        };
      },
    ),

    CompleteMultipartUpload: s3Operation(
      { ...ofUpload, method: "POST" },
      "s3:PutObject",
      async (call) => {
        const { bucket, key } = call;
        const id = idOf(call);
        const { note } = await uploads.find(id, call);
        const parts = completedParts(call, await uploads.parts(id));
        const { etag } = await buckets.put({ bucket, key }, uploads.bytes(id, parts));
        await notes.set({ bucket, key }, { ...note, etag });
        await uploads.end(id);
        return {
          members: {
            CompleteMultipartUploadResult: {
              Location: `/${bucket}/${key}`,
              Bucket: bucket,
              Key: key,
              ETag: etag,
            },
          },
        };
      },
    ),

    AbortMultipartUpload: s3Operation(
      { ...ofUpload, method: "DELETE", status: 204 },
      "s3:AbortMultipartUpload",
      async (call) => {
        await uploads.find(idOf(call), call);
        await uploads.end(idOf(call));
        return {};
      },
    ),

    ListParts: s3Operation(
      { ...ofUpload, method: "GET" },
      "s3:ListMultipartUploadParts",
      async (call) => {
        const { bucket, key } = call;
        await uploads.find(idOf(call), call);
        const parts = await uploads.parts(idOf(call));
        return {
          members: {
            ListPartsResult: {
              Bucket: bucket,
              Key: key,
              UploadId: idOf(call),
              IsTruncated: false,
              Part: parts.map(({ partNumber, etag, size, lastModified }) => ({
                PartNumber: partNumber,
                ETag: etag,
                Size: size,
                LastModified: new Date(lastModified),
              })),
            },
          },
        };
      },
    ),

    ListMultipartUploads: s3Operation(
      { ...ofBucket, method: "GET", markers: ["uploads"] },
      "s3:ListBucketMultipartUploads",
      async ({ bucket }) => {
        await checkBucket(buckets, bucket);
        const found = await uploads.list(bucket);
        return {
          members: {
            ListMultipartUploadsResult: {
              Bucket: bucket,
              IsTruncated: false,
              Upload: found.map(({ id, key, initiated }) => ({
                Key: key,
                UploadId: id,
                Initiated: new Date(initiated),
              })),
            },
          },
        };
      },
    ),
  };
}

function partNumberOf({ members }: S3Call): number {
  return numberOf(members, "PartNumber", { usual: 0, least: 1, most: mostParts });
}

/** The parts that are to be the object, as they were uploaded. */
function completedParts(
  { members }: S3Call,
  uploaded: readonly UploadPart[],
): readonly UploadPart[] {
  const asked = structuresOf(members, "Part").map((part) => ({
    number: numberOf(part, "PartNumber", { usual: 0, least: 1, most: mostParts }),
    etag: (textOf(part, "ETag") ?? "").replaceAll('"', ""),
  }));
  if (asked.length === 0) {
    throw new ServiceError("MalformedXML", "You must specify at least one part");
  }
  if (asked.some(({ number }, index) => number <= (asked[index - 1]?.number ?? 0))) {
    throw new ServiceError(
      "InvalidPartOrder",
      "The list of parts was not in ascending order. The parts list must be specified in order by part number.",
    );
  }
  return asked.map(({ number, etag }) => {
    const part = uploaded.find((each) => each.partNumber === number && each.etag === `"${etag}"`);
    if (part !== undefined) return part;
    throw new ServiceError(
      "InvalidPart",
      "One or more of the specified parts could not be found. The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
    );
  });
}
