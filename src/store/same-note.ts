import type { NoteRecord } from "../ports/store.ts";

/** Whether a note is stored already as it is given. */
export function sameNote(stored: NoteRecord, given: NoteRecord): boolean {
  return stored.version === given.version && stored.body === given.body;
}
