import type { DocumentStore } from "../../ports/document-store.ts";
import { allDocuments } from "./all-documents.ts";
import { type Held, type IamKind, iamKinds, type IamRecords, keyOfRecord } from "./records.ts";

/** The records of each kind by their keys. */
export type RecordMaps = { readonly [K in IamKind]: Map<string, Held<IamRecords[K]>> };

export function emptyMaps(): RecordMaps {
  return {
    user: new Map(),
    group: new Map(),
    role: new Map(),
    policy: new Map(),
    accessKey: new Map(),
  };
}

/** Documents whose changes the nodes of a cluster tell one another: see announcing-store.ts. */
function collectionOf(kind: IamKind): string {
  return `iam.${kind}`;
}

/** Reads all records that the store has. */
export async function loadRecords(store: DocumentStore): Promise<RecordMaps> {
  const maps = emptyMaps();
  for (const kind of iamKinds) {
    for await (const { id, version, body } of allDocuments(store, collectionOf(kind))) {
      // The store holds what this version or an earlier one of Stepwell has written.
      (maps[kind] as Map<string, Held<unknown>>).set(id, { record: JSON.parse(body), version });
    }
  }
  return maps;
}

/** Writes a record in the place of the one before; `undefined` if another one is there by now. */
export async function putRecord<K extends IamKind>(
  store: DocumentStore,
  kind: K,
  record: IamRecords[K],
  before: number,
): Promise<Held<IamRecords[K]> | undefined> {
  const version = before + 1;
  const written = await store.putDocument({
    collection: collectionOf(kind),
    id: keyOfRecord(kind, record),
    version,
    body: JSON.stringify(record),
  });
  return written ? { record, version } : undefined;
}

export function deleteRecord(
  store: DocumentStore,
  kind: IamKind,
  key: string,
  version: number,
): Promise<boolean> {
  return store.deleteDocument(collectionOf(kind), key, version);
}
