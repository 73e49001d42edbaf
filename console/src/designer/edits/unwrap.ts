import type { NodeKey } from "../../graph/model.ts";
import type { DefinitionDocument } from "../document/definition-document.ts";
import { edited } from "./draft.ts";
import type { EditResult } from "./edit-result.ts";
import { refuse, stateAt } from "./graph-index.ts";
import { snippetsOf } from "./move.ts";
import { lead, waysInto, waysOut } from "./ways.ts";
import { replaceStates } from "./wrap.ts";

/**
 * Puts the states of a Map, or of a Parallel of one branch, in its place. What the container itself did (its Retriers, Catchers,
 * the shape of its input and output) goes with it.
 */
export function unwrapState(document: DefinitionDocument, key: NodeKey): EditResult {
  return edited(document, (draft) => {
    const state = stateAt(draft.index, key);
    if (state.type !== "Parallel" && state.type !== "Map") refuse("notOfThisType", { key });
    const [inner, second] = state.scopes;
    if (second !== undefined) return refuse("manyBranches", { key });
    const start = inner?.states.get(inner.startAt ?? "");
    if (inner === undefined || start === undefined) return refuse("emptyBranch", { key });
    for (const name of inner.states.keys()) {
      if (state.scope.states.has(name)) refuse("nameTaken", { key, name });
    }
    const next = waysOut(state)[0]?.target ?? "end";
    draft.batch((batch) => {
      for (const way of [...inner.states.values()].flatMap(waysOut)) {
        if (way.target === "end") lead(batch, way, next);
      }
      for (const way of waysInto(state.scope, new Set([state.name]))) {
        lead(batch, way, { name: start.name });
      }
    });
    const paths = [...inner.states.values()].map(({ path }) => path);
    const states = snippetsOf(draft.document, paths);
    replaceStates(draft, state.scope, new Set([state.name]), states);
    return {
      select: [...inner.states.keys()].map((name) => [...state.scope.path, "States", name]),
    };
  });
}
