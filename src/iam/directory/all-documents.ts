import type { DocumentRecord, DocumentStore } from "../../ports/document-store.ts";

/** Our choice. */
const pageDocuments = 1_000;

/** The documents of a collection, a page at a time. */
export async function* allDocuments(
  store: Pick<DocumentStore, "documents">,
  collection: string,
): AsyncIterable<DocumentRecord> {
  let after: string | undefined;
  do {
    const page = await store.documents(collection, {
      limit: pageDocuments,
      ...(after !== undefined && { after }),
    });
    yield* page.items;
    after = page.next;
  } while (after !== undefined);
}
