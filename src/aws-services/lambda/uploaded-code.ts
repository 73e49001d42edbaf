import type { JsonObject } from "../../expression/json.ts";
import type { CodeChecksum } from "../../integrations/functions/deployed/code-store.ts";
import {
  maxUnzippedBytes,
  readZip,
  ZipError,
} from "../../integrations/functions/archive/read-zip.ts";
import type { Access } from "../../ports/authorizer.ts";
import type { Caller } from "../../ports/caller.ts";
import { ObjectStoreError } from "../../ports/object-store.ts";
import { textOf } from "../members.ts";
import type { LambdaContext } from "./lambda-context.ts";
import { lambdaErrors } from "./lambda-errors.ts";
import { removeUnused } from "./removed-code.ts";

/** *Documented*: an archive in the request itself. */
const mostBytesInRequest = 50 * 1024 * 1024;

/** What a caller needs to have code read from a bucket in his name. */
export function codeAccess(code: JsonObject, { partition }: Caller): readonly Access[] {
  const bucket = textOf(code, "S3Bucket");
  if (bucket === undefined) return [];
  const key = textOf(code, "S3Key") ?? "";
  return [{ action: "s3:GetObject", resource: `arn:${partition}:s3:::${bucket}/${key}` }];
}

/** The archive that a request names or has; refused where it could not be unpacked. */
export async function uploadedArchive(
  { options }: LambdaContext,
  code: JsonObject,
): Promise<Uint8Array> {
  const archive = await archiveOf(options.buckets, code);
  checkArchive(archive);
  return archive;
}

/**
 * Stores an archive, then writes the document that `document` makes of it. The code is put again after that: somebody may have
 * removed the same code meanwhile, with the last function that had it.
 */
export async function withCode<T>(
  context: LambdaContext,
  archive: Uint8Array,
  document: (stored: CodeChecksum) => Promise<T>,
): Promise<T> {
  const { code } = context.options.deployed;
  const stored = await code.put(archive);
  try {
    const written = await document(stored);
    await code.put(archive);
    return written;
  } catch (error) {
    await removeUnused(context, [stored.codeSha256]);
    throw error;
  }
}

async function archiveOf(
  buckets: LambdaContext["options"]["buckets"],
  code: JsonObject,
): Promise<Uint8Array> {
  if (textOf(code, "ImageUri") !== undefined) {
    throw lambdaErrors.invalid(
      "Stepwell runs no container images as functions: give the code as a ZIP file",
    );
  }
  const zip = textOf(code, "ZipFile");
  if (zip !== undefined && zip !== "") {
    const archive = Buffer.from(zip, "base64");
    if (archive.length > mostBytesInRequest) {
      throw lambdaErrors.invalid(
        `The archive has more than ${mostBytesInRequest} bytes: put it into a bucket, and name that`,
      );
    }
    return archive;
  }
  const bucket = textOf(code, "S3Bucket");
  const key = textOf(code, "S3Key");
  if (bucket === undefined || key === undefined) {
    throw lambdaErrors.invalid("Please provide a source for function code.");
  }
  return objectBytes(buckets, { bucket, key });
}

async function objectBytes(
  buckets: LambdaContext["options"]["buckets"],
  address: { readonly bucket: string; readonly key: string },
): Promise<Uint8Array> {
  try {
    const { size, body } = await buckets.get(address);
    const parts: Uint8Array[] = [];
    if (size <= maxUnzippedBytes) for await (const part of body) parts.push(part);
    else await body[Symbol.asyncIterator]().return?.();
    if (size > maxUnzippedBytes) throw tooLarge();
    return Buffer.concat(parts);
  } catch (error) {
    if (!(error instanceof ObjectStoreError)) throw error;
    throw lambdaErrors.invalid(
      `Error occurred while GetObject. S3 Error Code: ${error.code}. S3 Error Message: ${error.message}`,
    );
  }
}

/** What could not be unpacked is refused now and not when it is called. */
function checkArchive(archive: Uint8Array): void {
  try {
    if (readZip(archive).length > 0) return;
  } catch (error) {
    if (!(error instanceof ZipError)) throw error;
    throw error.message.startsWith("Unzipped size")
      ? tooLarge()
      : lambdaErrors.invalid(
          `Could not unzip uploaded file. Please check your file, then try to upload again. (${error.message})`,
        );
  }
  throw lambdaErrors.invalid("Uploaded file must be a non-empty zip");
}

/** *Documented* limit, *observed* words. */
function tooLarge() {
  return lambdaErrors.invalid(`Unzipped size must be smaller than ${maxUnzippedBytes} bytes`);
}
