import type { NodeKey } from "../../graph/model.ts";
import type { DefinitionDocument, Path } from "../document/definition-document.ts";
import type { NewValue } from "../document/new-value.ts";
import { edited, type Draft } from "./draft.ts";
import type { EditResult } from "./edit-result.ts";
import type { QueryLanguage } from "./fragment.ts";
import { refuse, type ScopeEntry } from "./graph-index.ts";
import { snippetsOf } from "./move.ts";
import { freeName } from "./names.ts";
import { runOf, type Run } from "./run.ts";
import { languageOf } from "./spot.ts";
import { lead, nameOf, type Target } from "./ways.ts";

/** What a run is put into. Names that are taken get a number. */
export type Wrapping =
  | { readonly as: "Parallel" | "Map"; readonly name: string }
  /** A Parallel of one branch with a Catcher, and the state that this leads to. */
  | { readonly as: "catchGroup"; readonly name: string; readonly handler: string };

/**
 * Puts a connected run into a container in its place. A Parallel of one branch gives what the run gave, not an array of it. A Map
 * runs the states once for each item of what they got.
 */
export function wrapStates(
  document: DefinitionDocument,
  keys: readonly NodeKey[],
  wrapping: Wrapping,
): EditResult {
  return edited(document, (draft) => {
    const { index } = draft;
    const run = runOf(index, keys, { areCatchersExits: true });
    const name = freeName(wrapping.name, index.names);
    const language = languageOf(index);
    const taken = new Set([...index.names, name]);
    const handler = wrapping.as === "catchGroup" ? freeName(wrapping.handler, taken) : undefined;
    liftRun(draft, run, name, (states) => {
      const inner = { StartAt: run.entry.name, States: states };
      const container = containerOf(wrapping.as, inner, language);
      const caught = { Catch: [{ ErrorEquals: ["States.ALL"], Next: handler ?? "" }] };
      const state = {
        ...container,
        ...(handler !== undefined && caught),
        ...transition(run.exit ?? "end"),
      };
      const handling = { Type: "Pass", ...transition(run.exit ?? "end") };
      return { [name]: state, ...(handler !== undefined && { [handler]: handling }) };
    });
    return { select: [[...run.scope.path, "States", name]] };
  });
}

function containerOf(
  as: Wrapping["as"],
  scope: { readonly [field: string]: NewValue },
  language: QueryLanguage,
): { readonly [field: string]: NewValue } {
  if (as === "Map") {
    return { Type: "Map", ItemProcessor: { ProcessorConfig: { Mode: "INLINE" }, ...scope } };
  }
  // The result of a Parallel is an array with the output of each branch.
  const only: { readonly [field: string]: NewValue } =
    language === "JSONata" ? { Output: "{% $states.result[0] %}" } : { OutputPath: "$[0]" };
  return { Type: "Parallel", Branches: [scope], ...only };
}

export function transition(target: Target): { readonly [field: string]: NewValue } {
  const name = nameOf(target);
  return name === undefined ? { End: true } : { Next: name };
}

/** Ends the run, takes its states out of their scope, and puts what is made of their texts where the first of them was. */
export function liftRun(
  draft: Draft,
  run: Run,
  name: string,
  replace: (states: { readonly [name: string]: NewValue }) => { readonly [name: string]: NewValue },
): void {
  draft.batch((batch) => {
    for (const way of run.waysOn) {
      // What cannot end has to be let go on inside by its author.
      if (way.kind !== "next")
        refuse("manyExits", way.state === undefined ? {} : { key: way.state.key });
      lead(batch, way, "end");
    }
    for (const way of run.waysIn) lead(batch, way, { name });
  });
  const states = snippetsOf(
    draft.document,
    run.states.map(({ path }) => path),
  );
  replaceStates(draft, run.scope, run.names, replace(states));
}

/** Takes states out of a scope, and puts others where the first of them was. */
export function replaceStates(
  draft: Draft,
  scope: Pick<ScopeEntry, "path" | "states">,
  gone: ReadonlySet<string>,
  added: { readonly [name: string]: NewValue },
): void {
  const path: Path = [...scope.path, "States"];
  const names = [...scope.states.keys()];
  const before =
    names
      .slice(
        0,
        names.findIndex((each) => gone.has(each)),
      )
      .at(-1) ?? null;
  draft.batch((batch) => {
    if (names.every((each) => gone.has(each))) batch.set(path, added);
    else {
      for (const each of gone) batch.remove([...path, each]);
      for (const [name, state] of Object.entries(added)) batch.add(path, name, state, before);
    }
  });
}
