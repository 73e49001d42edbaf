import { jsonataOf } from "../../graph/json.ts";
import type { NodeKey } from "../../graph/model.ts";
import type { DefinitionDocument } from "../document/definition-document.ts";
import { edited } from "./draft.ts";
import type { EditBatch } from "./edit-batch.ts";
import type { EditResult, OpenEnd } from "./edit-result.ts";
import { refuse, stateAt, type GraphIndex, type StateEntry } from "./graph-index.ts";
import { longestName } from "./names.ts";
import { lead, waysInto } from "./ways.ts";

/** Gives a state another name wherever its scope names it. Expressions that name it are told, and left. */
export function renameState(document: DefinitionDocument, key: NodeKey, name: string): EditResult {
  return edited(document, (draft) => {
    const { index } = draft;
    const state = stateAt(index, key);
    if (name === state.name) return { select: [state.path] };
    if (name.trim() === "") refuse("nameEmpty");
    if (Array.from(name).length > longestName) refuse("nameTooLong", { name });
    if (index.names.has(name)) refuse("nameTaken", { name });
    draft.batch((batch) => renameIn(batch, state, name));
    const open = textsThatName(draft.index, state.name);
    const renamed = { from: state.name, to: name };
    return { select: [[...state.path.slice(0, -1), name]], open, renamed };
  });
}

export function renameIn(batch: EditBatch, state: StateEntry, name: string): void {
  for (const way of waysInto(state.scope, new Set([state.name]))) lead(batch, way, { name });
  batch.rename(state.path, name);
}

/** The name as the value of a comparison with the context's `State.Name`, or between quotes in an expression. */
function textsThatName(index: GraphIndex, name: string): readonly OpenEnd[] {
  return [...index.states.values()].flatMap(({ key, fields }) =>
    textsIn(fields, "", (text, holder) => {
      const isExpression = jsonataOf(text) !== undefined || text.startsWith("States.");
      if (isExpression) return text.includes(`'${name}'`) || text.includes(`"${name}"`);
      const { Variable } = holder;
      return text === name && typeof Variable === "string" && Variable.includes("State.Name");
    }).map((field): OpenEnd => ({ code: "nameInText", key, name: field })),
  );
}

const scopes = new Set(["Branches", "ItemProcessor", "Iterator"]);

/** The fields of a state's own texts that are asked for, as "Arguments.Payload". */
function textsIn(
  value: unknown,
  path: string,
  isMeant: (text: string, holder: Readonly<Record<string, unknown>>) => boolean,
): readonly string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, member]: [string, unknown]) => {
    if (path === "" && scopes.has(name)) return [];
    const at = path === "" ? name : `${path}.${name}`;
    if (typeof member !== "string") return textsIn(member, at, isMeant);
    return isMeant(member, value as Readonly<Record<string, unknown>>) ? [at] : [];
  });
}
