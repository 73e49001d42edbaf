import type { EpochMs } from "../../machine/ids.ts";
import type { DocumentStore } from "../../ports/document-store.ts";
import type { Delivery } from "./delivery.ts";

/** Something that no target took, and that has no dead-letter queue. */
export interface GivenUpDelivery {
  readonly delivery: Delivery;
  readonly at: EpochMs;
}

/** *Our choices*: how many are kept, and after how many more the oldest are removed. */
const mostKept = 1_000;
const trimmedAfter = 50;

const collection = "event.given-up";

/** Digits of a time in an id; it is counted backwards, so that the newest come first. */
const digits = 15;
const lastTime = 10 ** digits - 1;

/** Keeps the newest of what is given up, for somebody to try again or to throw away. */
export class GivenUp {
  readonly #store: DocumentStore;
  #untrimmed = 0;

  constructor(store: DocumentStore) {
    this.#store = store;
  }

  /** `key` tells it from others of the same moment. */
  async put(key: string, given: GivenUpDelivery): Promise<void> {
    const id = `${String(lastTime - Math.ceil(given.at)).padStart(digits, "0")}/${key}`;
    await this.#store.putDocument({ collection, id, version: 1, body: JSON.stringify(given) });
    this.#untrimmed += 1;
    if (this.#untrimmed >= trimmedAfter) await this.#trim();
  }

  async newest(limit: number): Promise<readonly (GivenUpDelivery & { readonly id: string })[]> {
    const { items } = await this.#store.documents(collection, { limit });
    return items.map(({ id, body }) => ({ ...(JSON.parse(body) as GivenUpDelivery), id }));
  }

  async get(id: string): Promise<GivenUpDelivery | undefined> {
    const found = await this.#store.document(collection, id);
    return found && (JSON.parse(found.body) as GivenUpDelivery);
  }

  async remove(id: string): Promise<void> {
    await this.#store.deleteDocument(collection, id, 1);
  }

  async #trim(): Promise<void> {
    this.#untrimmed = 0;
    const kept = await this.#store.documents(collection, { limit: mostKept });
    let after = kept.next;
    while (after !== undefined) {
      const { items, next } = await this.#store.documents(collection, { limit: mostKept, after });
      for (const { id } of items) await this.remove(id);
      after = next;
    }
  }
}
