import type { DocumentRecord } from "../../ports/document-store.ts";
import type { DocumentStore } from "../../ports/document-store.ts";
import type { StoreDump } from "../../ports/store-dump.ts";

/** Collections of what sealing needs: they belong to one store, and are not copied with what is opened. */
export function isOfKeys({ collection }: Pick<DocumentRecord, "collection">): boolean {
  return collection.startsWith("keys.");
}

const pageRecords = 1_000;

/** The documents of keys in a store that is open as records; others are not looked at. */
export async function documentsOfKeys(dump: StoreDump): Promise<DocumentStore> {
  const held: DocumentRecord[] = [];
  let after: string | undefined;
  do {
    const page = await dump.records("document", {
      limit: pageRecords,
      ...(after !== undefined && { after }),
    });
    held.push(...page.items.filter(isOfKeys));
    after = page.next;
  } while (after !== undefined);
  const find = (collection: string, id: string): DocumentRecord | undefined =>
    held.find((each) => each.collection === collection && each.id === id);

  return {
    document: (collection, id) => Promise.resolve(find(collection, id)),
    documents: (collection) =>
      Promise.resolve({ items: held.filter((each) => each.collection === collection) }),
    async putDocument(record) {
      if (find(record.collection, record.id) !== undefined) return false;
      await dump.restore("document", [record], held.length);
      held.push(record);
      return true;
    },
    deleteDocument: () => Promise.reject(new Error("documents of keys are not deleted")),
  };
}
