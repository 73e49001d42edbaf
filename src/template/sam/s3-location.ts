import { isJsonObject, ownMember, type JsonObject, type JsonValue } from "../../expression/json.ts";

/** What the three parts of a place in S3 are called in a property. */
type PlaceNames = readonly [bucket: string, key: string, version: string];

/**
 * A URI of SAM as the property that CloudFormation has for it: `s3://bucket/key?versionId=…`, or an object with `Bucket` and `Key`.
 *
 * Another text stays as it is: the path of a local file, which the packaging step replaces as it does in templates of CloudFormation.
 * `undefined` for what is neither.
 */
export function s3Location(uri: JsonValue, names: PlaceNames): JsonValue | undefined {
  if (typeof uri === "string") return fromText(uri, names);
  if (!isJsonObject(uri)) return undefined;
  const bucket = ownMember(uri, "Bucket");
  const key = ownMember(uri, "Key");
  if (bucket === undefined || key === undefined) return undefined;
  return place(names, bucket, key, ownMember(uri, "Version"));
}

function fromText(uri: string, names: PlaceNames): JsonValue {
  const [, bucket, key, version] = /^s3:\/\/([^/]+)\/([^?]+)(?:\?versionId=(.+))?$/.exec(uri) ?? [];
  return bucket === undefined || key === undefined ? uri : place(names, bucket, key, version);
}

function place(
  [bucketName, keyName, versionName]: PlaceNames,
  bucket: JsonValue,
  key: JsonValue,
  version: JsonValue | undefined,
): JsonObject {
  return {
    [bucketName]: bucket,
    [keyName]: key,
    ...(version !== undefined && { [versionName]: version }),
  };
}
