/** How a task's parameters and result spell values and names of the API that is called. */
export interface ValueStyle {
  /** The name that a task knows a member of the API by. */
  memberName(name: string): string;
  /** Whether bytes are text as it stands, or base64. */
  readonly blobs: "text" | "base64";
  /** Members that take any JSON, which is sent as text; `all`: every text. */
  readonly documents: "all" | readonly string[];
  /** Times in ISO 8601, or in milliseconds since the epoch. */
  readonly times: "iso" | "milliseconds";
}

/**
 * Optimized integrations: names are the API's, bytes are base64 as in its wire form.
 *
 * *Documented*: `MessageBody`, `Message` and `Detail` may be JSON. *Observed* for Step Functions: times are milliseconds.
 */
export function optimizedStyle(documents: readonly string[]): ValueStyle {
  return { memberName: (name) => name, blobs: "base64", documents, times: "milliseconds" };
}

export function isDocument(style: ValueStyle, member: string): boolean {
  return style.documents === "all" || style.documents.includes(member);
}

/**
 * SDK integrations: names and values are those of the AWS SDK for Java, version 2.
 *
 * *Observed* for `Input` of `aws-sdk:sfn` and `Body` of `aws-sdk:s3`: JSON is taken where the API wants text.
 */
export const sdkStyle: ValueStyle = {
  memberName: sdkMemberName,
  blobs: "text",
  documents: "all",
  times: "iso",
};

/** DynamoDB's `NULL`, which is a word of Java's. */
const renamed: { readonly [name: string]: string } = { NULL: "Nul" };

/**
 * The name of a member in an SDK integration: the one that it has in the AWS SDK for Java, with a capital. A word of
 * capitals at the beginning has only that one: `SSEKMSKeyId` is `SsekmsKeyId`, `ETag` stays.
 *
 * *Documented* for `SsekmsKeyId`. *Observed*: `ETag`, `ChecksumCRC32`.
 */
export function sdkMemberName(name: string): string {
  if (Object.hasOwn(renamed, name)) return renamed[name] as string;
  const capitals = /^[A-Z]*(?![a-z])/.exec(name)?.[0] ?? "";
  const start = Math.max(capitals.length, 1);
  return name.charAt(0).toUpperCase() + name.slice(1, start).toLowerCase() + name.slice(start);
}
