import type { EpochMs } from "../../machine/ids.ts";
import type { DocumentStore } from "../../ports/document-store.ts";
import type { ArchiveRecord } from "./records.ts";
import { documentId } from "./event-arns.ts";
import type { BusEvent } from "./event.ts";

/** Digits of a time in an id. */
const digits = 15;
const collection = "event.archived";

/** An event of an archive. */
export interface ArchivedEvent {
  /** Of its document; in the order of times. */
  readonly id: string;
  readonly at: EpochMs;
  readonly text: string;
}

/**
 * The events of archives: a document for each, in the order of their times, so that a day can be read, replayed or dropped without a look at
 * the others, and an event costs one write however many its day has.
 */
export class ArchivedEvents {
  readonly #store: DocumentStore;

  constructor(store: DocumentStore) {
    this.#store = store;
  }

  async put(
    region: string,
    { name }: Pick<ArchiveRecord, "name">,
    event: BusEvent,
    at: EpochMs,
  ): Promise<void> {
    const id = `${idAt(region, name, at)}|${event.id}`;
    await this.#store.putDocument({ collection, id, version: 1, body: event.text });
  }

  /** The first from an instant on, or after a document; at most `limit`. */
  async page(
    region: string,
    archive: string,
    { from, after }: { readonly from: EpochMs; readonly after?: string | undefined },
    limit: number,
  ): Promise<readonly ArchivedEvent[]> {
    const { items } = await this.#store.documents(collection, {
      limit,
      after: after ?? idAt(region, archive, from),
    });
    const prefix = `${documentId(region, archive)}|`;
    return items
      .filter(({ id }) => id.startsWith(prefix))
      .map(({ id, body }) => ({
        id,
        at: Number(id.slice(prefix.length, prefix.length + digits)),
        text: body,
      }));
  }

  /** Drops at most `limit` that came before an instant; answers how many there were. */
  async dropBefore(
    region: string,
    archive: string,
    before: EpochMs,
    limit: number,
  ): Promise<number> {
    const page = await this.page(region, archive, { from: 0 }, limit);
    const old = page.filter(({ at }) => at < before);
    await Promise.all(old.map(({ id }) => this.#store.deleteDocument(collection, id, 1)));
    return old.length;
  }
}

function idAt(region: string, archive: string, at: EpochMs): string {
  return documentId(region, archive, String(at).padStart(digits, "0"));
}
