import type * as S3Sdk from "@aws-sdk/client-s3";
import type { S3Client } from "@aws-sdk/client-s3";
import type {
  ByteRange,
  ListRequest,
  ObjectAddress,
  ObjectContent,
  ObjectStore,
  ObjectSummary,
} from "../../ports/object-store.ts";
import { s3Error, s3HeadError } from "./s3-error.ts";
import { upload } from "./s3-upload.ts";

/** How often a body that broke off is taken up again where it ended, in a row without a byte. Our choice. */
const bodyAttempts = 4;

/** The S3 service of a client, which it closes. */
export function createS3ObjectStore(sdk: typeof S3Sdk, client: S3Client): ObjectStore {
  return {
    async *list(request) {
      let token: string | undefined;
      do {
        const page = await listPage(request, token);
        yield (page.Contents ?? []).map(summary);
        token = page.IsTruncated === true ? page.NextContinuationToken : undefined;
      } while (token !== undefined);
    },
    async get(address, range) {
      const first = await getObject(address, range);
      const size = first.ContentLength ?? 0;
      return {
        size,
        etag: first.ETag ?? "",
        body: wholeBody(address, first, range?.start ?? 0, size),
      };
    },
    async head(address) {
      const output = await answered(
        client.send(new sdk.HeadObjectCommand(objectInput(address))),
        s3HeadError,
      );
      return { size: output.ContentLength ?? 0, etag: output.ETag ?? "" };
    },
    async put(address, body) {
      const chunks = body instanceof Uint8Array ? once(body) : body;
      return answered(upload(sdk, client, address, chunks));
    },
    close: () => client.destroy(),
  };

  function listPage(request: ListRequest, token: string | undefined) {
    const { bucket, prefix, startAfter, expectedBucketOwner } = request;
    return answered(
      client.send(
        new sdk.ListObjectsV2Command({
          Bucket: bucket,
          ...(prefix === undefined ? {} : { Prefix: prefix }),
          ...(token === undefined ? {} : { ContinuationToken: token }),
          ...(startAfter === undefined ? {} : { StartAfter: startAfter }),
          ...(expectedBucketOwner === undefined
            ? {}
            : { ExpectedBucketOwner: expectedBucketOwner }),
        }),
      ),
    );
  }

  function getObject(address: ObjectAddress, range: ByteRange | undefined, etag?: string) {
    return answered(
      client.send(
        new sdk.GetObjectCommand({
          ...objectInput(address),
          ...(range === undefined ? {} : { Range: `bytes=${range.start}-${range.end - 1}` }),
          ...(etag === undefined ? {} : { IfMatch: etag }),
        }),
      ),
    );
  }

  /** The body to its end: what breaks off on the way is asked for again, as long as the object is the same. */
  async function* wholeBody(
    address: ObjectAddress,
    first: S3Sdk.GetObjectCommandOutput,
    start: number,
    size: number,
  ): ObjectContent["body"] {
    let output = first;
    let done = 0;
    let attempts = 0;
    while (done < size) {
      const before = done;
      try {
        for await (const chunk of output.Body as AsyncIterable<Uint8Array>) {
          done += chunk.length;
          yield chunk;
        }
        if (done >= size) return;
        throw new Error(`the body ended after ${done} of ${size} bytes`);
      } catch (error) {
        attempts = done > before ? 1 : attempts + 1;
        if (attempts >= bodyAttempts) throw s3Error(error);
      }
      output = await getObject(address, { start: start + done, end: start + size }, first.ETag);
    }
  }
}

function objectInput(address: ObjectAddress) {
  const { bucket, key, versionId, expectedBucketOwner } = address;
  return {
    Bucket: bucket,
    Key: key,
    ...(versionId === undefined ? {} : { VersionId: versionId }),
    ...(expectedBucketOwner === undefined ? {} : { ExpectedBucketOwner: expectedBucketOwner }),
  };
}

function summary(object: S3Sdk._Object): ObjectSummary {
  return {
    key: object.Key ?? "",
    etag: object.ETag ?? "",
    size: object.Size ?? 0,
    lastModified: object.LastModified?.getTime() ?? 0,
    storageClass: object.StorageClass ?? "STANDARD",
  };
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

async function answered<T>(answer: Promise<T>, asError = s3Error): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    throw asError(error);
  }
}
