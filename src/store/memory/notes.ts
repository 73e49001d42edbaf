import type { NoteRecord } from "../../ports/store.ts";
import { isSame } from "../is-same.ts";

/** The notes of state machines by their ARNs, each by its kind. */
export type HeldNotes = Map<string, Map<string, NoteRecord>>;

export function findNote(
  held: HeldNotes,
  stateMachineArn: string,
  kind: string,
): NoteRecord | undefined {
  return held.get(stateMachineArn)?.get(kind);
}

/** Puts a note that comes after the one that is there; says whether it is there now. */
export function putNote(held: HeldNotes, record: NoteRecord, hasMachine: boolean): boolean {
  const stored = findNote(held, record.stateMachineArn, record.kind);
  if (stored !== undefined && isSame(stored, record)) return true;
  if (!hasMachine || (stored?.version ?? 0) !== record.version - 1) return false;
  restoreNote(held, record);
  return true;
}

export function restoreNote(held: HeldNotes, record: NoteRecord): void {
  const notes = held.get(record.stateMachineArn) ?? new Map<string, NoteRecord>();
  held.set(record.stateMachineArn, notes.set(record.kind, { ...record }));
}
