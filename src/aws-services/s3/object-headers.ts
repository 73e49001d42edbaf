import { isJsonObject } from "../../expression/json.ts";
import { ServiceError } from "../../ports/service-api.ts";
import { shownText } from "../members.ts";
import type { ObjectNote } from "./object-notes.ts";
import type { S3Call } from "./s3-context.ts";

/** What is kept of an upload's headers and given back with the object, by the members' names. */
export const keptHeaders = {
  ContentType: "content-type",
  CacheControl: "cache-control",
  ContentDisposition: "content-disposition",
  ContentEncoding: "content-encoding",
  ContentLanguage: "content-language",
  Expires: "expires",
} as const;

/** *Documented*: 2 KB of metadata, 10 tags. */
const mostMetadata = 2_048;
const mostTags = 10;

/** What an upload says of its object. */
export function noteOf(call: S3Call): Omit<ObjectNote, "etag"> {
  const headers: { [name: string]: string } = {};
  for (const [member, name] of Object.entries(keptHeaders)) {
    const value = call.text(member);
    // How the body came is not how the object is.
    const kept = name === "content-encoding" ? value?.replace(/\s*aws-chunked\s*,?\s*/, "") : value;
    if (kept !== undefined && kept !== "" && kept !== usualType) headers[name] = kept;
  }
  const metadata = metadataOf(call);
  const tags = tagsOfHeader(call.text("Tagging") ?? "");
  return { headers, metadata, tags };
}

/** *Documented*: the type of what nobody has said the type of. */
export const usualType = "binary/octet-stream";

function metadataOf({
  members: { Metadata: given = null },
}: S3Call): NonNullable<ObjectNote["metadata"]> {
  if (!isJsonObject(given)) return {};
  const metadata = Object.fromEntries(
    Object.entries(given).map(([name, value]) => [name, shownText(value)]),
  );
  if (JSON.stringify(metadata).length > mostMetadata + 1_024) {
    throw new ServiceError(
      "MetadataTooLarge",
      "Your metadata headers exceed the maximum allowed metadata size",
    );
  }
  return metadata;
}

/** `x-amz-tagging: team=orders&stage=test`. */
function tagsOfHeader(header: string): NonNullable<ObjectNote["tags"]> {
  return checkedTags([...new URLSearchParams(header)].map(([Key, Value]) => ({ Key, Value })));
}

export function checkedTags(
  tags: NonNullable<ObjectNote["tags"]>,
): NonNullable<ObjectNote["tags"]> {
  if (tags.length > mostTags) {
    throw new ServiceError("BadRequest", "Object tags cannot be greater than 10");
  }
  if (new Set(tags.map(({ Key }) => Key)).size < tags.length) {
    throw new ServiceError("InvalidTag", "Cannot provide multiple Tags with the same key");
  }
  if (tags.some(({ Key, Value }) => Key === "" || Key.length > 128 || Value.length > 256)) {
    throw new ServiceError("InvalidTag", "The TagKey or TagValue you have provided is invalid");
  }
  return tags;
}

/** An object's headers. */
export function shownHeaders(note: ObjectNote, lastModified: number): { [name: string]: string } {
  const { etag, headers = {}, metadata = {}, tags = [] } = note;
  return {
    "content-type": usualType,
    ...headers,
    ...Object.fromEntries(
      Object.entries(metadata).map(([name, value]) => [`x-amz-meta-${name}`, value]),
    ),
    etag,
    "last-modified": new Date(lastModified).toUTCString(),
    "accept-ranges": "bytes",
    ...(tags.length > 0 && { "x-amz-tagging-count": String(tags.length) }),
  };
}
