import type { S3Client } from "@aws-sdk/client-s3";
import type * as S3Sdk from "@aws-sdk/client-s3";
import type { ObjectAddress } from "../../ports/object-store.ts";

/** Our choice: at most this is in memory of one upload; S3 takes 10,000 parts of at least 5 MiB. */
export const partBytes = 8 * 1024 ** 2;

/** Puts a body of unknown length: at once if it is one part, else part by part. */
export async function upload(
  sdk: typeof S3Sdk,
  client: S3Client,
  address: ObjectAddress,
  body: AsyncIterable<Uint8Array>,
): Promise<{ readonly size: number; readonly etag: string }> {
  const target = {
    Bucket: address.bucket,
    Key: address.key,
    ...(address.expectedBucketOwner === undefined
      ? {}
      : { ExpectedBucketOwner: address.expectedBucketOwner }),
  };
  let uploadId: string | undefined;
  const parts: { ETag: string | undefined; PartNumber: number }[] = [];
  let size = 0;

  try {
    for await (const { bytes, isLast } of inParts(body)) {
      size += bytes.length;
      if (isLast && uploadId === undefined) {
        const { ETag } = await client.send(new sdk.PutObjectCommand({ ...target, Body: bytes }));
        return { size, etag: ETag ?? "" };
      }
      uploadId ??= await begin();
      const PartNumber = parts.length + 1;
      const part = { ...target, UploadId: uploadId, PartNumber, Body: bytes };
      const { ETag } = await client.send(new sdk.UploadPartCommand(part));
      parts.push({ ETag, PartNumber });
    }
    const complete = { ...target, UploadId: uploadId, MultipartUpload: { Parts: parts } };
    const { ETag } = await client.send(new sdk.CompleteMultipartUploadCommand(complete));
    return { size, etag: ETag ?? "" };
  } catch (error) {
    if (uploadId !== undefined) {
      const abort = new sdk.AbortMultipartUploadCommand({ ...target, UploadId: uploadId });
      // What failed is the news; parts that stay are the bucket's lifecycle rule's to remove.
      await client.send(abort).catch(() => undefined);
    }
    throw error;
  }

  async function begin(): Promise<string> {
    const { UploadId } = await client.send(new sdk.CreateMultipartUploadCommand(target));
    if (UploadId === undefined) throw new Error("S3 began an upload and did not name it");
    return UploadId;
  }
}

/** The body in pieces of {@link partBytes}, and the rest; one piece at least. */
async function* inParts(
  body: AsyncIterable<Uint8Array>,
): AsyncGenerator<{ readonly bytes: Uint8Array; readonly isLast: boolean }> {
  let chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    length += chunk.length;
    while (length > partBytes) {
      const all = Buffer.concat(chunks, length);
      yield { bytes: all.subarray(0, partBytes), isLast: false };
      chunks = [all.subarray(partBytes)];
      length -= partBytes;
    }
  }
  yield { bytes: Buffer.concat(chunks, length), isLast: true };
}
