import type { NodeKey } from "../../graph/model.ts";
import type { DefinitionDocument, Path } from "../document/definition-document.ts";
import type { NewValue } from "../document/new-value.ts";
import { snippetOf } from "../document/snippet.ts";
import { edited, type Draft, type Outcome } from "./draft.ts";
import type { EditResult } from "./edit-result.ts";
import { refuse, statesWithin } from "./graph-index.ts";
import type { Place } from "./place.ts";
import { runOf, type Run } from "./run.ts";
import {
  addBranch,
  addStates,
  enter,
  languageOf,
  nextAt,
  pathAt,
  spotAt,
  type Spot,
} from "./spot.ts";
import { lead, nameOf } from "./ways.ts";

/**
 * Moves a connected run to another place: what led to it leads to where it led, and it goes on to where the place led.
 *
 * Within its scope only ways change, and its Catchers stay; into another scope the text of its states goes along as it is.
 */
export function moveStates(
  document: DefinitionDocument,
  keys: readonly NodeKey[],
  place: Place,
): EditResult {
  return edited(document, (draft) => {
    const spot = spotAt(draft.index, place);
    const areCatchersExits = spot.kind === "branch" || spot.scope !== scopeOf(draft, keys);
    const run = runOf(draft.index, keys, { areCatchersExits });
    requireElsewhere(run, spot);
    return areCatchersExits ? moveOut(draft, run, spot, place) : moveWithin(draft, run, spot);
  });
}

function scopeOf({ index }: Draft, keys: readonly NodeKey[]) {
  return index.states.get(keys[0] ?? "")?.scope;
}

function requireElsewhere(run: Run, spot: Spot): void {
  const holder = spot.kind === "scope" ? spot.scope.holder : spot.state;
  const inside = new Set([...run.states, ...run.states.flatMap(statesWithin)]);
  if (holder !== undefined && inside.has(holder)) refuse("intoItself", { key: holder.key });
  if (spot.kind !== "scope") return;
  for (const { state, target } of spot.ways) {
    const isOwn = state !== undefined && inside.has(state);
    const isInto = spot.scope === run.scope && run.names.has(nameOf(target) ?? "");
    if (isOwn || isInto) refuse("intoItself", { key: run.entry.key });
  }
}

function moveWithin(draft: Draft, run: Run, spot: Spot): Outcome {
  let open: Outcome["open"] = [];
  draft.batch((batch) => {
    for (const way of run.waysIn) lead(batch, way, run.exit ?? "end");
    for (const way of run.waysOn) lead(batch, way, nextAt(spot));
    if (spot.kind === "branch") return;
    const state = spot.kind === "entry" ? spot.state : undefined;
    open = enter(batch, spot, run.entry.name, languageOf(draft.index, state));
  });
  return { select: run.states.map(({ path }) => path), open };
}

function moveOut(draft: Draft, run: Run, spot: Spot, place: Place): Outcome {
  draft.batch((batch) => {
    for (const way of run.waysIn) lead(batch, way, run.exit ?? "end");
    for (const way of run.waysOn) lead(batch, way, nextAt(spot));
  });
  // The place is looked up again in the text that this has made; the ways in it may have changed.
  const again = spotAt(draft.index, place);
  const states = snippetsOf(
    draft.document,
    run.states.map(({ path }) => path),
  );
  let open: Outcome["open"] = [];
  draft.batch((batch) => {
    for (const { path } of run.states) batch.remove(path);
    if (again.kind === "branch") addBranch(batch, again, run.entry.name, states);
    else {
      const state = again.kind === "entry" ? again.state : undefined;
      open = enter(batch, again, run.entry.name, languageOf(draft.index, state));
      addStates(
        batch,
        again.scope,
        states,
        again.kind === "entry" ? again.state.name : again.after,
      );
    }
  });
  return { select: run.states.map(({ name }) => pathAt(again, name)), open };
}

/** The texts of states, by their names. */
export function snippetsOf(
  document: DefinitionDocument,
  paths: readonly Path[],
): { readonly [name: string]: NewValue } {
  const snippets = paths.map(
    (path) => [String(path.at(-1)), snippetOf(document, path) ?? null] as const,
  );
  return Object.fromEntries(snippets);
}
