import type { DocumentStore } from "../../ports/document-store.ts";
import type { EpochMs } from "../../machine/ids.ts";

/** Something that is to be done at a time. */
export interface DueEntry {
  readonly dueAt: EpochMs;
  /** What it is about; whose partition it is in does it. */
  readonly key: string;
  readonly body: string;
}

/** Digits of a time in an id, so that ids are in the order of their times. */
const digits = 15;

/**
 * Entries in the order of their times, which every node of a cluster can see: documents that are named by when they are due. So that
 * who looks for what is to be done reads one page, however many wait, and nobody keeps a list in memory.
 */
export class DueDocuments {
  readonly #store: DocumentStore;
  readonly #collection: string;

  constructor(store: DocumentStore, collection: string) {
    this.#store = store;
    this.#collection = collection;
  }

  /** What is there already for this time and key stays as it is. */
  async put({ dueAt, key, body }: DueEntry): Promise<void> {
    const id = idOf(dueAt, key);
    await this.#store.putDocument({ collection: this.#collection, id, version: 1, body });
  }

  async remove({ dueAt, key }: Pick<DueEntry, "dueAt" | "key">): Promise<void> {
    await this.#store.deleteDocument(this.#collection, idOf(dueAt, key), 1);
  }

  /** What is to be done; `undefined`: it is done, or was moved. */
  async body({ dueAt, key }: Pick<DueEntry, "dueAt" | "key">): Promise<string | undefined> {
    return (await this.#store.document(this.#collection, idOf(dueAt, key)))?.body;
  }

  /** The first, beginning with the earliest, after `after`. */
  async page(limit: number, after?: Pick<DueEntry, "dueAt" | "key">): Promise<readonly DueEntry[]> {
    const { items } = await this.#store.documents(this.#collection, {
      limit,
      ...(after !== undefined && { after: idOf(after.dueAt, after.key) }),
    });
    return items.map(({ id, body }) => ({
      dueAt: Number(id.slice(0, digits)),
      key: id.slice(digits + 1),
      body,
    }));
  }
}

function idOf(dueAt: EpochMs, key: string): string {
  return `${String(Math.max(0, Math.ceil(dueAt))).padStart(digits, "0")}/${key}`;
}
