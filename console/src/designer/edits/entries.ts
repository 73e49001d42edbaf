import { arrayOf } from "../../graph/json.ts";
import type { NodeKey } from "../../graph/model.ts";
import type { DefinitionDocument } from "../document/definition-document.ts";
import { moveItem } from "../document/edit-document.ts";
import { newValueOf } from "../document/new-value.ts";
import { edited } from "./draft.ts";
import type { EditResult } from "./edit-result.ts";
import { refuse, stateAt } from "./graph-index.ts";
import { entryIndex, insertEntry, languageOf, newEntry, requireEntries } from "./spot.ts";

/** Lists of a state whose order counts, or that have a lane each. */
export type EntryField = "Choices" | "Retry" | "Catch" | "Branches";

/**
 * Adds a rule, a Retrier, a Catcher or an empty branch. Without a value, a rule that is never taken, or what catches or repeats
 * all that is not yet. Without an index it is the last, but for one that catches everything.
 */
export function addEntry(
  document: DefinitionDocument,
  key: NodeKey,
  field: EntryField,
  value?: unknown,
  index?: number,
): EditResult {
  return edited(document, (draft) => {
    const state = stateAt(draft.index, key);
    requireList(state.type, field, key);
    if (field !== "Branches") requireEntries(state, field);
    const given = value === undefined ? undefined : newValueOf(value);
    const entry =
      given ??
      (field === "Branches" ? {} : newEntry(state, field, languageOf(draft.index, state)).entry);
    const at = index ?? entryIndex(state, field);
    draft.batch((batch) => insertEntry(batch, state, field, at, entry));
    return { select: [state.path] };
  });
}

/** Removes an entry; with the last Retrier or Catcher the list goes, too. */
export function removeEntry(
  document: DefinitionDocument,
  key: NodeKey,
  field: EntryField,
  index: number,
): EditResult {
  return edited(document, (draft) => {
    const state = stateAt(draft.index, key);
    const entries = arrayOf(state.fields[field]);
    if (index < 0 || index >= entries.length) refuse("noSuchEntry", { key, name: field });
    const isLast = entries.length === 1 && (field === "Retry" || field === "Catch");
    const path = [...state.path, field];
    draft.batch((batch) => batch.remove(isLast ? path : [...path, index]));
    return { select: [state.path] };
  });
}

/** Puts an entry where another is. */
export function reorder(
  document: DefinitionDocument,
  list: { readonly state: NodeKey; readonly field: EntryField },
  from: number,
  to: number,
): EditResult {
  return edited(document, (draft) => {
    const state = stateAt(draft.index, list.state);
    const { length } = arrayOf(state.fields[list.field]);
    if ([from, to].some((at) => at < 0 || at >= length)) {
      refuse("noSuchEntry", { key: state.key, name: list.field });
    }
    draft.step((each) => moveItem(each, [...state.path, list.field], from, to));
    return { select: [state.path] };
  });
}

function requireList(type: string, field: EntryField, key: NodeKey): void {
  if (field === "Branches" && type !== "Parallel") refuse("notOfThisType", { key });
}
