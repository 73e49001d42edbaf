import {
  type HttpBinding,
  type ServiceAnswer,
  ServiceError,
  type ServiceOperation,
} from "../../ports/service-api.ts";
import { shownHeaders } from "./object-headers.ts";
import { objectRange } from "./object-range.ts";
import { ofObject, type S3Call, s3Operation, type S3Context } from "./s3-context.ts";

/** *Documented*: a presigned URL may say how the object is to be shown. */
const overridden = {
  ResponseContentType: "response-content-type",
  ResponseCacheControl: "response-cache-control",
  ResponseContentDisposition: "response-content-disposition",
  ResponseContentEncoding: "response-content-encoding",
} as const;

const reading = {
  ...ofObject,
  query: overridden,
  headers: {
    Range: "range",
    IfMatch: "if-match",
    IfNoneMatch: "if-none-match",
    IfModifiedSince: "if-modified-since",
    IfUnmodifiedSince: "if-unmodified-since",
  },
} satisfies Omit<HttpBinding, "method">;

export function readOperations(context: S3Context): { readonly [name: string]: ServiceOperation } {
  const read = async (call: S3Call, hasBody: boolean): Promise<ServiceAnswer> => {
    const { buckets, notes } = context;
    const { bucket, key } = call;
    const { etag, size, lastModified } = await buckets.summary({ bucket, key });
    if (isUnchanged(call, etag, lastModified)) return { status: 304, headers: { etag } };
    const note = await notes.of({ bucket, key }, etag);
    const range = objectRange(call.text("Range"), size);
    const length = range === undefined ? size : range.end - range.start;
    const headers = {
      ...shownHeaders(note, lastModified),
      ...overrides(call),
      "content-length": String(length),
      ...(range && { "content-range": `bytes ${range.start}-${range.end - 1}/${size}` }),
    };
    const status = range === undefined ? 200 : 206;
    if (!hasBody) return { status, headers };
    const { body } = await buckets.get({ bucket, key }, range);
    return { status, headers, stream: body };
  };

  return {
    GetObject: s3Operation({ ...reading, method: "GET" }, "s3:GetObject", (call) =>
      read(call, true),
    ),
    HeadObject: s3Operation({ ...reading, method: "HEAD" }, "s3:GetObject", (call) =>
      read(call, false),
    ),
  };
}

/** *Documented*: conditional requests. Throws where the object is not as it was to be. */
function isUnchanged(call: S3Call, etag: string, lastModified: number): boolean {
  const failed = (): ServiceError =>
    new ServiceError(
      "PreconditionFailed",
      "At least one of the pre-conditions you specified did not hold",
      412,
    );
  const seconds = Math.floor(lastModified / 1_000) * 1_000;
  const [match, noneMatch] = [call.text("IfMatch"), call.text("IfNoneMatch")];
  if (match !== undefined) {
    if (!names(match, etag)) throw failed();
  } else if (seconds > Date.parse(call.text("IfUnmodifiedSince") ?? "")) throw failed();
  if (noneMatch !== undefined) return names(noneMatch, etag);
  return seconds <= Date.parse(call.text("IfModifiedSince") ?? "");
}

function names(header: string, etag: string): boolean {
  return header
    .split(",")
    .map((one) => one.trim().replace(/^W\//, ""))
    .some((one) => one === "*" || one === etag || `"${one}"` === etag);
}

function overrides(call: S3Call): { readonly [name: string]: string } {
  return Object.fromEntries(
    Object.entries(overridden).flatMap(([member, parameter]) => {
      const value = call.text(member);
      return value === undefined ? [] : [[parameter.slice("response-".length), value] as const];
    }),
  );
}
