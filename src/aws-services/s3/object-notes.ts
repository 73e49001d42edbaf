import { hash } from "node:crypto";
import type { DocumentStore } from "../../ports/document-store.ts";
import type { ObjectAddress } from "../../ports/object-store.ts";
import { DocumentCollection } from "../../service/document-collection.ts";

/** What is known of an object beside its bytes. */
export interface ObjectNote {
  /** Of the file that it was noted of: another file is another object. */
  readonly etag: string;
  /** `Content-Type`, `Cache-Control`, …, by their names in lower case. */
  readonly headers?: { readonly [name: string]: string };
  /** What `x-amz-meta-` headers have. */
  readonly metadata?: { readonly [name: string]: string };
  readonly tags?: readonly { readonly Key: string; readonly Value: string }[];
}

/** Notes of objects. One that nothing but the usual is known of has none. */
export class ObjectNotes {
  readonly #notes: DocumentCollection<ObjectNote>;

  constructor(store: DocumentStore) {
    this.#notes = new DocumentCollection(store, "s3.object");
  }

  async of(address: ObjectAddress, etag: string): Promise<ObjectNote> {
    const note = await this.#notes.get(idOf(address));
    return note?.etag === etag ? note : { etag };
  }

  set(address: ObjectAddress, note: ObjectNote): Promise<void> {
    const { headers = {}, metadata = {}, tags = [] } = note;
    const isUsual = Object.keys(headers).length + Object.keys(metadata).length + tags.length === 0;
    return this.#notes.update(idOf(address), () => (isUsual ? undefined : note));
  }

  forget(address: ObjectAddress): Promise<void> {
    return this.#notes.update(idOf(address), () => undefined);
  }
}

/** A key may be longer than the id of a document. */
function idOf({ bucket, key }: ObjectAddress): string {
  return `${bucket}/${hash("sha256", key, "hex")}`;
}
