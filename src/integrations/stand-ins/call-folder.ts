import { rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import {
  isJsonNumber,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  ownMember,
} from "../../expression/json.ts";
import { formatTimestamp } from "../../expression/timestamp.ts";
import { Payload } from "../../expression/payload.ts";
import { ObjectStoreError, type ObjectStore } from "../../ports/object-store.ts";
import type { TaskOutcome, TaskRequest } from "../../ports/task-handler.ts";
import { resultTooLong } from "../aws/call-failures.ts";
import { sdkV2Cause } from "../aws/sdk-error.ts";
import { invalidParameters, missingField } from "../invalid-parameters.ts";
import { createLocalObjectStore } from "../object-store/local-object-store.ts";
import {
  bucketRoot,
  checkBucketName,
  existingFile,
  isMissing,
} from "../object-store/local-path.ts";
import { exceptionName } from "../sdk-metadata.ts";

/** *Documented*: the most that a result may have; a body that is longer can be none. */
const mostBodyBytes = 262_144;
/** *Documented*: ListObjectsV2. */
const usualMaxKeys = 1_000;

/** The exceptions that S3's model lists and a folder can meet; others are `S3.S3Exception`. */
const modelled: readonly string[] = ["NoSuchKey", "NoSuchBucket"];

/**
 * S3's calls on a folder with a folder for each bucket, for `aws-sdk:s3:*`: parameters, results and errors are S3's as far
 * as files have them. There are no versions, no metadata and no rights.
 */
export async function callFolder(
  folder: string,
  request: TaskRequest,
  requestId: string,
): Promise<TaskOutcome> {
  const { resource, parameters } = request;
  const operation = resource.kind === "service" ? resource.action.toLowerCase() : "";
  const run = Object.hasOwn(operations, operation) ? operations[operation] : undefined;
  if (resource.kind !== "service" || resource.resourceType !== "aws-sdk:s3" || run === undefined) {
    return {
      type: "rejected",
      cause: `A folder stands in for '${resource.arn}', and can do no more than aws-sdk:s3's ${Object.keys(operations).join(", ")}.`,
    };
  }
  const given = isJsonObject(parameters.value) ? parameters.value : {};
  const missing = run.needs.filter((name) => typeof ownMember(given, name) !== "string");
  if (missing.length > 0) return invalidParameters(parameters, missing.map(missingField));
  try {
    const root = resolve(folder);
    const store = createLocalObjectStore({ folder: root });
    const result = await run.call({ root, store, given });
    return result === undefined
      ? resultTooLong(request)
      : { type: "succeeded", output: Payload.ofValue(result) };
  } catch (error) {
    if (!(error instanceof ObjectStoreError)) throw error;
    const { code, message, statusCode } = error;
    return {
      type: "failed",
      error: `S3.${modelled.includes(code) ? exceptionName(code) : "S3Exception"}`,
      cause: sdkV2Cause({ message, code, exception: code, statusCode, requestId }, "S3"),
    };
  }
}

interface Call {
  readonly root: string;
  readonly store: ObjectStore;
  readonly given: JsonObject;
}

/** Those that people use, by their names in lower case. A result of `undefined` is too long. */
const operations: {
  readonly [name: string]: {
    readonly needs: readonly string[];
    readonly call: (call: Call) => Promise<JsonObject | undefined>;
  };
} = {
  getobject: {
    needs: ["Bucket", "Key"],
    async call({ store, given }) {
      const { size, etag, body } = await store.get(addressIn(given));
      const chunks: Uint8Array[] = [];
      let bytes = 0;
      for await (const chunk of body) {
        bytes += chunk.length;
        if (bytes > mostBodyBytes) return undefined;
        chunks.push(chunk);
      }
      return { ...described(size, etag), Body: Buffer.concat(chunks).toString("utf8") };
    },
  },
  headobject: {
    needs: ["Bucket", "Key"],
    async call({ store, given }) {
      const { size, etag } = await store.head(addressIn(given));
      return described(size, etag);
    },
  },
  putobject: {
    needs: ["Bucket", "Key"],
    async call({ store, given }) {
      const { etag } = await store.put(addressIn(given), Buffer.from(text(given, "Body")));
      return { ETag: etag };
    },
  },
  copyobject: {
    needs: ["Bucket", "Key", "CopySource"],
    async call({ store, given }) {
      const [bucket = "", ...key] = decodeURIComponent(text(given, "CopySource"))
        .replace(/^\//, "")
        .split("/");
      const { body } = await store.get({ bucket, key: key.join("/") });
      const { etag } = await store.put(addressIn(given), body);
      return { CopyObjectResult: { ETag: etag } };
    },
  },
  deleteobject: {
    needs: ["Bucket", "Key"],
    async call({ root, given }) {
      const { bucket, key } = addressIn(given);
      checkBucketName(bucket);
      try {
        await rm(await existingFile(await bucketRoot(join(root, bucket)), key));
      } catch (error) {
        // *Documented*: what is not there is deleted as well.
        const isGone = error instanceof ObjectStoreError && error.code === "NoSuchKey";
        if (!isGone && !isMissing(error)) throw error;
      }
      return {};
    },
  },
  listobjectsv2: {
    needs: ["Bucket"],
    async call({ store, given }) {
      const bucket = text(given, "Bucket");
      const prefix = text(given, "Prefix");
      const most = ownMember(given, "MaxKeys");
      const maxKeys = Math.min(isJsonNumber(most) ? Number(most) : usualMaxKeys, usualMaxKeys);
      const startAfter = text(given, "ContinuationToken") || text(given, "StartAfter");
      const found: JsonObject[] = [];
      let isTruncated = false;
      list: for await (const page of store.list({
        bucket,
        prefix,
        ...(startAfter !== "" && { startAfter }),
      })) {
        for (const { key, etag, size, lastModified, storageClass } of page) {
          isTruncated = found.length === maxKeys;
          if (isTruncated) break list;
          found.push({
            ETag: etag,
            Key: key,
            LastModified: formatTimestamp(lastModified),
            Size: size,
            StorageClass: storageClass,
          });
        }
      }
      return {
        Contents: found,
        IsTruncated: isTruncated,
        KeyCount: found.length,
        MaxKeys: maxKeys,
        Name: bucket,
        Prefix: prefix,
        ...(isTruncated && { NextContinuationToken: found.at(-1)?.["Key"] ?? "" }),
      };
    },
  },
};

function addressIn(given: JsonObject): { readonly bucket: string; readonly key: string } {
  return { bucket: text(given, "Bucket"), key: text(given, "Key") };
}

/** The member as text: any JSON is taken where the API wants bytes, as SDK integrations do. */
function text(given: JsonObject, name: string): string {
  const value: JsonValue | undefined = ownMember(given, name);
  if (value === undefined || value === null) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** *Observed* members. */
function described(size: number, etag: string): JsonObject {
  return {
    AcceptRanges: "bytes",
    ContentLength: size,
    ContentType: "binary/octet-stream",
    ETag: etag,
    Metadata: {},
  };
}
