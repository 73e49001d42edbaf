import type { Page, PageRequest } from "./store.ts";

/** A document that belongs to no state machine: a user, a role, a key, a session. The store knows nothing of what is in it. */
export interface DocumentRecord {
  /** What kind of document it is: `iam.user`. At most 64 characters of `[a-z.A-Z-]`. */
  readonly collection: string;
  /** Its name within the collection; at most 512 characters. */
  readonly id: string;
  /** From 1, one more with each change. */
  readonly version: number;
  readonly body: string;
}

/** Where such documents are. A part of the port {@link Store}, and held to the same contract. */
export interface DocumentStore {
  document(collection: string, id: string): Promise<DocumentRecord | undefined>;
  /** Those of a collection, by their ids. */
  documents(collection: string, page: PageRequest): Promise<Page<DocumentRecord>>;
  /**
   * Puts it in the place of the version before, or of none where it is the first. False, and nothing is written, if another
   * one is stored. What is stored already as it is given counts as written.
   */
  putDocument(record: DocumentRecord): Promise<boolean>;
  /** Removes it if it has this version. False if another one is stored; one that is gone already counts as removed. */
  deleteDocument(collection: string, id: string, version: number): Promise<boolean>;
}
