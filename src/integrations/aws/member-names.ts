/** How a task's parameters and result spell values and names of the API that is called. */
export interface ValueStyle {
  /** The name that a task knows a member of the API by. */
  memberName(name: string): string;
  /** Whether bytes are text as it stands, or base64. */
  readonly blobs: "text" | "base64";
  /** Members that take any JSON, which is sent as text, and whose bytes are text; `all`: every one. */
  readonly documents: "all" | readonly string[];
  /** Times in ISO 8601, or in milliseconds since the epoch. */
  readonly times: "iso" | "milliseconds";
  /** Whether lists that an answer does not have are shown as empty ones. */
  readonly absentLists: "absent" | "empty";
}

/**
 * Optimized integrations: names are the API's with a capital, bytes are base64 as in its wire form.
 *
 * *Documented*: names are PascalCase, whatever the API's are; `MessageBody`, `Message` and `Detail` may be JSON.
 * *Observed* for Step Functions: times are milliseconds; for ECS: `GpuIds: []`, which its API does not send.
 */
export function optimizedStyle(
  documents: readonly string[],
  values: Pick<ValueStyle, "times" | "absentLists"> = {
    times: "milliseconds",
    absentLists: "absent",
  },
): ValueStyle {
  return { memberName: capitalized, blobs: "base64", documents, ...values };
}

function capitalized(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** `member` as the API names it, or as a task does. */
export function isDocument(style: ValueStyle, member: string): boolean {
  return (
    style.documents === "all" ||
    style.documents.includes(member) ||
    style.documents.includes(style.memberName(member))
  );
}

/** Whether the bytes of a member are base64. */
export function isBase64(style: ValueStyle, member: string): boolean {
  return style.blobs === "base64" && !isDocument(style, member);
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
  absentLists: "absent",
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
