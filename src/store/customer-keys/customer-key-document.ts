import { createHash } from "node:crypto";
import type { EpochMs } from "../../machine/ids.ts";
import { encryptionContextName } from "../../ports/customer-key-access.ts";
import type { CustomerKey } from "../../ports/customer-keys.ts";
import type { DocumentRecord } from "../../ports/document-store.ts";
import { type KeyContext, KeyUnavailable } from "../../ports/key-provider.ts";

/** Where the data keys of customers are, wrapped. Not among the store's own (`keys.`): they go with what they have sealed. */
export const customerKeyCollection = "customer-keys";

/** One data key for each state machine or activity and each key of its customer. */
export interface CustomerKeyDocument extends CustomerKey {
  readonly wrapped: string;
  /** Since when nothing has been found that needs it; absent: something was. */
  readonly unusedSince?: EpochMs;
}

/** The id of the data key: the same on every node, so that two that make it at once make one. Letters and digits, as in what it seals. */
export function dataKeyId({ resourceArn, kmsKeyId }: CustomerKey): string {
  const hash = createHash("sha256").update(JSON.stringify([resourceArn, kmsKeyId]));
  return hash.digest("hex").slice(0, idLength);
}

/** Our choice: 80 bits, of which nobody finds two that are equal by chance. */
const idLength = 20;

export function contextOf(keyId: string, { resourceArn }: CustomerKey): KeyContext {
  return { keyId, [encryptionContextName(resourceArn)]: resourceArn };
}

export function documentOf({ id, body }: DocumentRecord): CustomerKeyDocument {
  const read = JSON.parse(body) as Partial<CustomerKeyDocument>;
  const { resourceArn, kmsKeyId, reuseSeconds, wrapped, unusedSince } = read;
  if (
    typeof resourceArn !== "string" ||
    typeof kmsKeyId !== "string" ||
    typeof reuseSeconds !== "number" ||
    typeof wrapped !== "string"
  ) {
    throw new KeyUnavailable("wrong", `The data key ${id} of a customer is damaged.`);
  }
  return {
    resourceArn,
    kmsKeyId,
    reuseSeconds,
    wrapped,
    ...(unusedSince !== undefined && { unusedSince }),
  };
}

/** The document as the store keeps it. */
export function recordOf(
  id: string,
  version: number,
  { resourceArn, kmsKeyId, reuseSeconds, wrapped, unusedSince }: CustomerKeyDocument,
): DocumentRecord {
  const body = JSON.stringify({ resourceArn, kmsKeyId, reuseSeconds, wrapped, unusedSince });
  return { collection: customerKeyCollection, id, version, body };
}
