import type { DefinitionDocument, Path, Span } from "../document/definition-document.ts";
import { graphIndex, type GraphIndex, type ScopeEntry, type StateEntry } from "./graph-index.ts";

/** The innermost state that a path leads into; `undefined` outside of all. */
export function stateAtPath(index: GraphIndex, path: Path): StateEntry | undefined {
  let scope: ScopeEntry | undefined = index.root;
  let found: StateEntry | undefined;
  while (scope !== undefined) {
    const { path: base }: ScopeEntry = scope;
    const name = path[base.length + 1];
    const state: StateEntry | undefined =
      path[base.length] === "States" && typeof name === "string"
        ? scope.states.get(name)
        : undefined;
    if (state === undefined) return found;
    found = state;
    scope = state.scopes.find((inner) => isWithin(path, inner.path));
  }
  return found;
}

/** The innermost scope that a path is in. */
export function scopeAtPath(index: GraphIndex, path: Path): ScopeEntry {
  const state = stateAtPath(index, path);
  if (state === undefined) return index.root;
  return state.scopes.find((inner) => isWithin(path, inner.path)) ?? state.scope;
}

export function isWithin(path: Path, base: Path): boolean {
  return base.length <= path.length && base.every((part, at) => part === path[at]);
}

/** The place of an entry, or of the nearest around it that there is: its key and value. */
export function nearestSpan(document: DefinitionDocument, path: Path): Span {
  for (let length = path.length; length >= 0; length--) {
    const part = path.slice(0, length);
    const span = document.spanOf(part);
    if (span !== undefined) {
      return document.keySpanOf(part) ?? span;
    }
  }
  return { from: 0, to: 0 };
}

/** The state at an offset of the text. */
export function stateAtOffset(
  document: DefinitionDocument,
  offset: number,
): StateEntry | undefined {
  return stateAtPath(graphIndex(document), document.pathAt(offset));
}
