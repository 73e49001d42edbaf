import type { DocumentRecord, DocumentStore } from "../../ports/document-store.ts";
import { isSame } from "../is-same.ts";
import { createNamedRecords, type NamedRecords } from "./named-records.ts";

/** Documents by their collections, each by its id. */
export type HeldDocuments = Map<string, NamedRecords<DocumentRecord>>;

export function createHeldDocuments(): HeldDocuments {
  return new Map();
}

export function allDocuments(held: HeldDocuments): readonly DocumentRecord[] {
  return [...held.values()].flatMap(
    (documents) => documents.list("", { limit: Number.MAX_SAFE_INTEGER }).items,
  );
}

export function restoreDocument(held: HeldDocuments, record: DocumentRecord): void {
  const documents = held.get(record.collection) ?? createNamedRecords<DocumentRecord>();
  documents.put(record.id, record);
  held.set(record.collection, documents);
}

/** The store's methods for documents. */
export function documentsOf(
  held: HeldDocuments,
  {
    checkOpen,
    checkWritable,
  }: { readonly checkOpen: () => void; readonly checkWritable: () => void },
): DocumentStore {
  return {
    async document(collection, id) {
      checkOpen();
      return held.get(collection)?.get(id);
    },
    async documents(collection, page) {
      checkOpen();
      return (held.get(collection) ?? createNamedRecords<DocumentRecord>()).list("", page);
    },
    async putDocument(record) {
      checkWritable();
      const stored = held.get(record.collection)?.get(record.id);
      if (stored !== undefined && isSame(stored, record)) return true;
      if ((stored?.version ?? 0) !== record.version - 1) return false;
      restoreDocument(held, record);
      return true;
    },
    async deleteDocument(collection, id, version) {
      checkWritable();
      const stored = held.get(collection)?.get(id);
      if (stored !== undefined && stored.version !== version) return false;
      held.get(collection)?.remove(id);
      return true;
    },
  };
}
