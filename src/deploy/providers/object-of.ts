import type { AwsCall } from "../aws-calls.ts";

export interface ObjectPlace {
  readonly Bucket: string;
  readonly Key: string;
  readonly Version?: string;
}

/** The text of an object of S3. */
export async function readObject(
  { Bucket, Key, Version }: ObjectPlace,
  call: AwsCall,
): Promise<string> {
  const { payload } = await call("s3", "GetObject", {
    Bucket,
    Key,
    ...(Version !== undefined && { VersionId: Version }),
  });
  return Buffer.from(payload ?? []).toString();
}

/**
 * The object that a URL of S3 names. *Documented*: by path (`https://s3.eu-west-1.amazonaws.com/bucket/key`), by host
 * (`https://bucket.s3.amazonaws.com/key`), and `s3://bucket/key`; here also at this endpoint.
 */
export function objectAt(url: string): ObjectPlace | undefined {
  if (!URL.canParse(url)) return undefined;
  const { protocol, hostname, pathname, searchParams } = new URL(url);
  const path = decodeURIComponent(pathname.slice(1));
  const [, host] = /^(.+)\.s3[.-][a-z0-9.-]*$/.exec(hostname) ?? [];
  const bucket = protocol === "s3:" ? hostname : host;
  const slash = path.indexOf("/");
  const version = searchParams.get("versionId");
  const more = version === null ? {} : { Version: version };
  if (bucket !== undefined) return { Bucket: bucket, Key: path, ...more };
  return slash < 1
    ? undefined
    : { Bucket: path.slice(0, slash), Key: path.slice(slash + 1), ...more };
}
