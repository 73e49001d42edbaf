import { randomBytes } from "node:crypto";
import type { DocumentRecord, DocumentStore } from "../../ports/document-store.ts";
import { sealedKinds } from "./sealed-records.ts";
import type { Seals } from "./seals.ts";

/** Where the secret of a sealed store is: what the store has made for itself lies in clear beside it. */
export const secretCollection = "keys.secret";
const secretId = "store";

/**
 * The secret that a sealed store has; the first who asks makes it. `before` is the store's own: where there were plain texts, task
 * tokens that it has sealed stay valid.
 */
export async function storeSecret(
  store: DocumentStore,
  seals: Seals,
  before: string,
): Promise<string> {
  for (;;) {
    const found = await findSecret(store, seals);
    if (found !== undefined) return found;
    const secret =
      seals.ring.plainTexts === "accepted" ? before : randomBytes(32).toString("base64");
    // Another node may be the first: then its secret is the one.
    await store.putDocument(secretDocument(seals, secret));
  }
}

export async function findSecret(store: DocumentStore, seals: Seals): Promise<string | undefined> {
  const found = await store.document(secretCollection, secretId);
  return found && (await seals.opened(() => seals.openRecord(sealedKinds.document, found).body));
}

/** The secret as a document, sealed. */
export function secretDocument(seals: Seals, secret: string): DocumentRecord {
  return seals.sealRecord(sealedKinds.document, {
    collection: secretCollection,
    id: secretId,
    version: 1,
    body: secret,
  });
}
