import type { NodeKey } from "../../graph/model.ts";
import type { DefinitionDocument, Path } from "../document/definition-document.ts";
import { answered, edited, type Draft } from "./draft.ts";
import type { EditResult } from "./edit-result.ts";
import { statesWithin, type StateEntry } from "./graph-index.ts";
import { snippetsOf } from "./move.ts";
import { freeNames } from "./names.ts";
import { renameIn } from "./rename.ts";
import { runOf, selected } from "./run.ts";
import { addStates } from "./spot.ts";
import { lead, nameOf, waysOut } from "./ways.ts";

/**
 * Copies states of one scope under free names. A run that leads on gets its copy behind it; the copy of anything else is connected
 * with nothing, and its ways out lead where those of the original lead.
 */
export function duplicateStates(
  document: DefinitionDocument,
  keys: readonly NodeKey[],
): EditResult {
  return edited(document, (draft) => {
    const { index } = draft;
    const { scope, states } = selected(index, keys);
    const run = answered(() => runOf(index, keys, { areCatchersExits: false }));
    const all = states.flatMap((state) => [state, ...statesWithin(state)]);
    const names = freeNames(new Set(all.map(({ name }) => name)), index.names);
    const own = new Set(states.map(({ name }) => name));
    const copyOf = (name: string): string => names.get(name) ?? name;
    const paths = states.map(({ name }): Path => [...scope.path, "States", copyOf(name)]);
    const snippets = snippetsOf(
      draft.document,
      states.map(({ path }) => path),
    );
    const copies = Object.entries(snippets).map(([name, text]) => [copyOf(name), text] as const);
    const last = states.at(-1)?.name;
    draft.batch((batch) => {
      addStates(batch, scope, Object.fromEntries(copies), last);
      if ("refused" in run || run.exit === undefined) return;
      for (const way of run.waysOn) lead(batch, way, { name: copyOf(run.entry.name) });
    });
    renameWithin(draft, paths, own, copyOf);
    return { select: paths };
  });
}

/** In the copies: their ways to each other, and the names of what is in them. */
function renameWithin(
  draft: Draft,
  paths: readonly Path[],
  own: ReadonlySet<string>,
  copyOf: (name: string) => string,
): void {
  const wanted = new Set(paths.map((path) => JSON.stringify(path)));
  const copies = [...draft.index.states.values()].filter(({ path }) =>
    wanted.has(JSON.stringify(path)),
  );
  draft.batch((batch) => {
    for (const copy of copies) {
      for (const way of waysOut(copy)) {
        const name = nameOf(way.target);
        if (name !== undefined && own.has(name)) lead(batch, way, { name: copyOf(name) });
      }
      statesWithin(copy).forEach((inner: StateEntry) => renameIn(batch, inner, copyOf(inner.name)));
    }
  });
}
