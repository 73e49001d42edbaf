import type {
  DefinitionDocument,
  Path,
  Span,
} from "../../../designer/document/definition-document.ts";
import { graphIndex, type StateEntry } from "../../../designer/edits/graph-index.ts";
import { nearestSpan, stateAtPath } from "../../../designer/edits/state-at-path.ts";
import { nameOf, waysOf } from "../../../designer/edits/ways.ts";

/** A place that names a state. */
export interface Use extends Span {
  readonly path: Path;
  /** The state that leads there; `undefined`: it is where its scope begins. */
  readonly source: string | undefined;
}

/** The state that the text at an offset names: as a target, or as its own name. */
export function namedState(document: DefinitionDocument, offset: number): StateEntry | undefined {
  const path = document.pathAt(offset);
  const index = graphIndex(document);
  const field = path.at(-1);
  if (field === "Next" || field === "Default" || field === "StartAt") {
    const holder = path.slice(0, -1);
    const scope =
      field === "StartAt"
        ? [...index.scopes.values()].find((each) => isSame(each.path, holder))
        : stateAtPath(index, path)?.scope;
    const named = scope?.states.get(String(valueAt(document, path)));
    if (named !== undefined) return named;
  }
  return stateAtPath(index, path);
}

/** Where a state is named, in the order of the text. */
export function usesOf(document: DefinitionDocument, state: StateEntry): readonly Use[] {
  return waysOf(state.scope)
    .filter(({ target }) => nameOf(target) === state.name)
    .map(({ holder, field, state: source }) => {
      const path = [...holder, field];
      const span = document.spanOf(path) ?? nearestSpan(document, path);
      return { ...span, path, source: source?.name };
    })
    .toSorted((a, b) => a.from - b.from);
}

function valueAt(document: DefinitionDocument, path: Path): unknown {
  let value = document.value;
  for (const part of path) {
    if (typeof value !== "object" || value === null) return undefined;
    value = (value as Readonly<Record<string | number, unknown>>)[part];
  }
  return value;
}

function isSame(a: Path, b: Path): boolean {
  return a.length === b.length && a.every((part, at) => part === b[at]);
}
