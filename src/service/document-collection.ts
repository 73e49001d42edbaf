import type { DocumentStore } from "../ports/document-store.ts";
import { ServiceError } from "../ports/service-api.ts";
import { createSerial } from "./serial.ts";

/** Our choices. */
const pageDocuments = 500;
const mostAttempts = 20;

/** Documents of one kind, as JSON. Changes of one document wait for each other here, and are made again where another node's came between. */
export class DocumentCollection<T> {
  readonly #store: DocumentStore;
  readonly #collection: string;
  readonly #inTurn = createSerial();

  constructor(store: DocumentStore, collection: string) {
    this.#store = store;
    this.#collection = collection;
  }

  async get(id: string): Promise<T | undefined> {
    const found = await this.#store.document(this.#collection, id);
    return found && (JSON.parse(found.body) as T);
  }

  /**
   * Puts what `change` makes of what is there, and answers it; `undefined` removes it. What it gives back as it was is not written. What it
   * throws changes nothing.
   */
  updated(id: string, change: (before: T | undefined) => T | undefined): Promise<T | undefined> {
    return this.#inTurn(id, () => this.#updated(id, change));
  }

  async #updated(
    id: string,
    change: (before: T | undefined) => T | undefined,
  ): Promise<T | undefined> {
    for (let attempt = 0; attempt < mostAttempts; attempt++) {
      const found = await this.#store.document(this.#collection, id);
      const before = found && (JSON.parse(found.body) as T);
      const after = change(before);
      if (after === before) return after;
      const version = found?.version ?? 0;
      const isDone =
        after === undefined
          ? version === 0 || (await this.#store.deleteDocument(this.#collection, id, version))
          : await this.#store.putDocument({
              collection: this.#collection,
              id,
              version: version + 1,
              body: JSON.stringify(after),
            });
      if (isDone) return after;
    }
    throw new ServiceError(
      "OperationAbortedException",
      "A conflicting operation is currently in progress against this resource. Please try again.",
      409,
    );
  }

  /** The same for who does not want to know what it came to. */
  async update(id: string, change: (before: T | undefined) => T | undefined): Promise<void> {
    await this.updated(id, change);
  }

  /** Those whose ids begin with `prefix`, by their ids; those after `after`, where that is given. */
  async *all(
    prefix = "",
    after?: string,
  ): AsyncGenerator<{ readonly id: string; readonly value: T }> {
    if (after === undefined && prefix !== "") {
      const itself = await this.get(prefix);
      if (itself !== undefined) yield { id: prefix, value: itself };
    }
    let from: string | undefined = after ?? prefix;
    while (from !== undefined) {
      const page = await this.#store.documents(this.#collection, {
        limit: pageDocuments,
        ...(from !== "" && { after: from }),
      });
      for (const { id, body } of page.items) {
        if (!id.startsWith(prefix)) return;
        yield { id, value: JSON.parse(body) as T };
      }
      from = page.next;
    }
  }
}
