import { randomBytes } from "node:crypto";
import type { EpochMs } from "../../machine/ids.ts";
import type { DocumentRecord, DocumentStore } from "../../ports/document-store.ts";
import { type KeyContext, type KeyProvider, KeyUnavailable } from "../../ports/key-provider.ts";
import { type DataKey, dataKeyOf } from "./data-key.ts";
import { SealViolation } from "./sealed-text.ts";

/** Where data keys are, wrapped, among the store's documents. */
export const dataKeyCollection = "keys.data";

/** Whether a store may still hold texts that are not sealed. */
export type PlainTexts = "accepted" | "refused";

export interface KeyRingOptions {
  readonly store: DocumentStore;
  readonly provider: KeyProvider;
  readonly now: () => EpochMs;
  /** What a store gets that has no data key yet; the others have it for ever. */
  readonly plainTexts: PlainTexts;
  /** A new data key is made after as many days. Absent: 90. */
  readonly rotateAfterDays?: number;
  /** Told when a new data key could not be made though it is time; the one before goes on. */
  readonly onRotationFailure?: (reason: Error) => void;
}

/** The data keys of a store: the newest seals, each opens what it has sealed. */
export interface KeyRing {
  readonly plainTexts: PlainTexts;
  /** The key to seal a text with. It starts to make another where it is time. */
  active(): DataKey;
  /** The key of this id, if it is known. */
  known(keyId: string): DataKey | undefined;
  /** Makes it known; rejects if it is not there, or cannot be unwrapped. */
  find(keyId: string, what: string): Promise<DataKey>;
  /** A key that is known, as the store keeps it. */
  wrapped(keyId: string): string;
  /** Makes a new data key, which seals from now on. */
  rotate(): Promise<DataKey>;
}

/** As it is kept; all but `wrapped` is bound to it. */
interface KeyDocument {
  readonly createdAt: EpochMs;
  readonly plainTexts: PlainTexts;
  readonly wrapped: string;
}

interface HeldKey extends DataKey {
  readonly createdAt: EpochMs;
  /** Its document's body. */
  readonly body: string;
}

const usualRotationDays = 90;
const dayMs = 24 * 60 * 60 * 1000;

/** Our choice: a millionth of what AES in counter mode allows, in any case. */
const mostSeals = 2 ** 31;

/** Our choice: when a new key could not be made, how long until it is tried again. */
const retryRotationMs = 60_000;

/**
 * Opens the data keys of a store, or makes the first. Rejects with a {@link KeyUnavailable} if the provider's key is not the one
 * that they were wrapped with.
 */
export async function openKeyRing(options: KeyRingOptions): Promise<KeyRing> {
  const { store, provider, now } = options;
  const rotateAfterMs = (options.rotateAfterDays ?? usualRotationDays) * dayMs;
  const keys = new Map<string, HeldKey>();
  let { plainTexts } = options;
  let seals = 0;
  let rotating: Promise<DataKey> | undefined;
  let retryAt = 0;

  async function unwrap(id: string, body: string): Promise<HeldKey> {
    const held = await unwrapKey(provider, id, body);
    keys.set(id, held);
    return held;
  }

  async function make(): Promise<HeldKey> {
    const id = newKeyId();
    const bytes = randomBytes(32);
    const createdAt = now();
    const wrapped = await provider.wrap(bytes, contextOf(id, { createdAt, plainTexts }));
    const body = JSON.stringify({ createdAt, plainTexts, wrapped } satisfies KeyDocument);
    // The id is new: nothing can be in its place.
    await store.putDocument({ collection: dataKeyCollection, id, version: 1, body });
    const held = { ...dataKeyOf(id, bytes), createdAt, body };
    keys.set(id, held);
    return held;
  }

  const documents = await allKeys(store);
  if (documents.some(({ document }) => document.plainTexts === "refused")) plainTexts = "refused";
  else if (documents.length > 0) plainTexts = "accepted";
  const newest = documents.reduce<(typeof documents)[number] | undefined>(
    (last, each) => (last === undefined || isNewer(each, last) ? each : last),
    undefined,
  );
  let active = newest === undefined ? await make() : await unwrap(newest.id, newest.body);

  async function rotate(): Promise<DataKey> {
    active = await make();
    seals = 0;
    return active;
  }

  /** The one before goes on meanwhile: nothing waits for a provider that does not answer. */
  function rotateBeside(): void {
    if (rotating !== undefined || now() < retryAt) return;
    rotating = rotate();
    rotating
      .catch((error: unknown) => {
        retryAt = now() + retryRotationMs;
        options.onRotationFailure?.(error as Error);
      })
      .finally(() => {
        rotating = undefined;
      });
  }

  return {
    get plainTexts() {
      return plainTexts;
    },
    active() {
      seals += 1;
      if (seals > mostSeals || now() - active.createdAt > rotateAfterMs) rotateBeside();
      return active;
    },
    known: (keyId) => keys.get(keyId),
    wrapped: (keyId) => keys.get(keyId)?.body ?? "",
    async find(keyId, what) {
      const found = await store.document(dataKeyCollection, keyId);
      if (found === undefined) {
        throw new SealViolation(`${what} is sealed with the data key ${keyId}, which is gone`);
      }
      const held = await unwrap(keyId, found.body);
      // Another node, or the command line, has made it.
      if (isNewer({ id: keyId, document: held }, { id: active.id, document: active }))
        active = held;
      return held;
    },
    rotate,
  };
}

/** Whether a store has data keys: then it cannot be read without their provider. */
export async function hasDataKeys(store: DocumentStore): Promise<boolean> {
  return (await store.documents(dataKeyCollection, { limit: 1 })).items.length > 0;
}

async function allKeys(
  store: DocumentStore,
): Promise<
  readonly (Pick<DocumentRecord, "id" | "body" | "version"> & { document: KeyDocument })[]
> {
  const found: DocumentRecord[] = [];
  let after: string | undefined;
  do {
    const page = await store.documents(dataKeyCollection, {
      limit: 1_000,
      ...(after !== undefined && { after }),
    });
    found.push(...page.items);
    after = page.next;
  } while (after !== undefined);
  return found.map((record) => ({ ...record, document: documentOf(record.id, record.body) }));
}

/** Wraps every data key of a store with another provider's key. What was done is kept, and is passed over, if it is interrupted. */
export async function rewrapKeys(
  store: DocumentStore,
  from: KeyProvider,
  to: KeyProvider,
): Promise<number> {
  let rewrapped = 0;
  for (const { id, body, version, document } of await allKeys(store)) {
    const context = contextOf(id, document);
    const isDone = await to.unwrap(document.wrapped, context).then(
      () => true,
      (error: unknown) =>
        error instanceof KeyUnavailable && error.problem !== "wrong"
          ? Promise.reject(error)
          : false,
    );
    if (isDone) continue;
    const bytes = await from.unwrap(document.wrapped, context);
    const changed: KeyDocument = {
      ...documentOf(id, body),
      wrapped: await to.wrap(bytes, context),
    };
    const written = await store.putDocument({
      collection: dataKeyCollection,
      id,
      version: version + 1,
      body: JSON.stringify(changed),
    });
    if (!written) throw new Error(`the data key ${id} was changed meanwhile`);
    rewrapped += 1;
  }
  return rewrapped;
}

/** A data key from its document, as the provider unwraps it. */
export async function unwrapKey(provider: KeyProvider, id: string, body: string): Promise<HeldKey> {
  const { wrapped, ...rest } = documentOf(id, body);
  const bytes = await provider.unwrap(wrapped, contextOf(id, rest));
  return { ...dataKeyOf(id, bytes), createdAt: rest.createdAt, body };
}

function documentOf(id: string, body: string): KeyDocument {
  const { createdAt, plainTexts, wrapped } = JSON.parse(body) as Partial<KeyDocument>;
  if (
    typeof createdAt !== "number" ||
    typeof wrapped !== "string" ||
    (plainTexts !== "accepted" && plainTexts !== "refused")
  ) {
    throw new KeyUnavailable("wrong", `The data key ${id} of the store is damaged.`);
  }
  return { createdAt, plainTexts, wrapped };
}

function contextOf(
  keyId: string,
  { createdAt, plainTexts }: Omit<KeyDocument, "wrapped">,
): KeyContext {
  return { keyId, createdAt: String(createdAt), plainTexts };
}

type Dated = { readonly id: string; readonly document: { readonly createdAt: EpochMs } };

function isNewer(one: Dated, other: Dated): boolean {
  const between = one.document.createdAt - other.document.createdAt;
  return between > 0 || (between === 0 && one.id > other.id);
}

/** Short, since it is in every sealed text; two that are equal would be noticed, since a document is there already. */
function newKeyId(): string {
  return randomBytes(5).toString("hex");
}
