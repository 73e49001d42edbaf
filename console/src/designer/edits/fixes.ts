import type { NodeKey } from "../../graph/model.ts";
import type { DefinitionDocument } from "../document/definition-document.ts";
import { snippetOf } from "../document/snippet.ts";
import { edited } from "./draft.ts";
import type { EditResult } from "./edit-result.ts";
import { refuse, scopeAt, stateAt } from "./graph-index.ts";
import { putFragment } from "./insert.ts";
import { languageOf } from "./spot.ts";
import { lead, wayAt, type EdgeRef } from "./ways.ts";

/*
 * Edits that mend what is wrong: each makes one thing that a problem names.
 */

/** Makes the state that something names and that there is not, as a Pass that ends its scope. */
export function createState(document: DefinitionDocument, scope: string, name: string): EditResult {
  return edited(document, (draft) => {
    if (scopeAt(draft.index, scope).states.has(name)) refuse("nameTaken", { name });
    return putFragment(
      draft,
      { on: "free", scope },
      { StartAt: name, States: { [name]: { Type: "Pass", End: true } } },
    );
  });
}

/** Lets a Choice fail by a name of its own where none of its rules holds. */
export function addDefault(document: DefinitionDocument, key: NodeKey, name: string): EditResult {
  return edited(document, (draft) => {
    const { scope } = stateAt(draft.index, key);
    const state = { Type: "Fail", Error: "NoRuleHolds", Cause: "No rule of the Choice holds." };
    const { select } = putFragment(
      draft,
      { on: "free", scope: scope.key },
      { StartAt: name, States: { [name]: state }, QueryLanguage: languageOf(draft.index) },
    );
    const made = select[0]?.at(-1);
    const way = wayAt(draft.index, { state: key, end: "default" });
    draft.batch((batch) => lead(batch, way, { name: String(made) }));
    return { select };
  });
}

/** Begins a scope with a state of it. */
export function setStart(document: DefinitionDocument, scope: string, name: string): EditResult {
  return edited(document, (draft) => {
    const way = wayAt(draft.index, { scope, end: "start" });
    draft.batch((batch) => lead(batch, way, { name }));
    return { select: [[...way.scope.path, "States", name]] };
  });
}

/** Takes a rule, a Catcher or a Default away, with what it leads to left as it is. */
export function removeWay(document: DefinitionDocument, edge: EdgeRef): EditResult {
  return edited(document, (draft) => {
    const way = wayAt(draft.index, edge);
    const isEntry = way.kind === "choice" || way.kind === "catch";
    const field = way.kind === "default" ? "Default" : way.field;
    draft.batch((batch) => batch.remove(isEntry ? way.holder : [...way.holder, field]));
    return { select: way.state === undefined ? [] : [way.state.path] };
  });
}

/** Gives a field of a state another name, with its value as it is written. */
export function renameField(
  document: DefinitionDocument,
  key: NodeKey,
  from: string,
  to: string,
): EditResult {
  return edited(document, (draft) => {
    const { path, fields } = stateAt(draft.index, key);
    if (!Object.hasOwn(fields, from)) refuse("noSuchEntry", { name: from });
    if (Object.hasOwn(fields, to)) refuse("nameTaken", { name: to });
    draft.batch((batch) => batch.rename([...path, from], to));
    return { select: [path] };
  });
}

/** Takes a field away from any object of the definition. */
export function removeField(
  document: DefinitionDocument,
  path: readonly (string | number)[],
): EditResult {
  return edited(document, (draft) => {
    if (snippetOf(document, path) === undefined)
      refuse("noSuchEntry", { name: String(path.at(-1)) });
    draft.batch((batch) => batch.remove(path));
    return { select: [] };
  });
}
