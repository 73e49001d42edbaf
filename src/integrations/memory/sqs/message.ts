import { createHash } from "node:crypto";
import type { MessageAttributeValue } from "@aws-sdk/client-sqs";

/** A message in a queue. */
export interface Message {
  readonly id: string;
  readonly body: string;
  readonly attributes: Readonly<Record<string, MessageAttributeValue>>;
  readonly systemAttributes: Readonly<Record<string, MessageAttributeValue>>;
  readonly sentAt: number;
  readonly bytes: number;
  readonly groupId?: string | undefined;
  readonly deduplicationId?: string | undefined;
  readonly sequenceNumber?: string | undefined;
  /** Until then nobody receives it. */
  visibleAt: number;
  receiveCount: number;
  firstReceivedAt?: number;
  /** Of the last time that it was received; absent: it never was. */
  receiptHandle?: string;
}

export function md5(text: string): string {
  return createHash("md5").update(text).digest("hex");
}

/** *Documented*: calculating the MD5 message digest for message attributes. `undefined` where there are none. */
export function attributesMd5(
  attributes: Readonly<Record<string, MessageAttributeValue>>,
): string | undefined {
  const names = Object.keys(attributes).sort();
  if (names.length === 0) return undefined;
  const hash = createHash("md5");
  for (const name of names) {
    const { DataType = "", StringValue, BinaryValue } = attributes[name] as MessageAttributeValue;
    hash.update(withLength(Buffer.from(name))).update(withLength(Buffer.from(DataType)));
    const isBinary = BinaryValue !== undefined;
    hash.update(Buffer.from([isBinary ? 2 : 1]));
    hash.update(withLength(isBinary ? Buffer.from(BinaryValue) : Buffer.from(StringValue ?? "")));
  }
  return hash.digest("hex");
}

function withLength(bytes: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

/** *Documented*: names, types and values count. */
export function attributesBytes(
  attributes: Readonly<Record<string, MessageAttributeValue>>,
): number {
  return Object.entries(attributes).reduce(
    (sum, [name, { DataType = "", StringValue = "", BinaryValue }]) =>
      sum +
      Buffer.byteLength(name) +
      Buffer.byteLength(DataType) +
      Buffer.byteLength(StringValue) +
      (BinaryValue?.length ?? 0),
    0,
  );
}
