import { arrayOf } from "../../graph/json.ts";
import type { NodeKey } from "../../graph/model.ts";
import type { DefinitionDocument } from "../document/definition-document.ts";
import { edited } from "./draft.ts";
import type { EditBatch } from "./edit-batch.ts";
import type { EditResult } from "./edit-result.ts";
import { refuse, stateAt, statesWithin, type ScopeEntry, type StateEntry } from "./graph-index.ts";
import { reachedIn } from "./open-ends.ts";
import { lead, nameOf, waysOf, waysOut, type Target, type Way } from "./ways.ts";

/**
 * Deletes states, of any scopes.
 *
 * - `rejoin`: what led to a deleted state leads to where it led: its `Next`; of a Choice its `Default`, or else its first rule.
 * - `chain`: what led to it ends there, and the states that can be reached by no other way are deleted, too.
 *
 * A Catcher, a Default or one of several rules that would lead nowhere is removed; the only rule of a Choice stays, and is left
 * open.
 */
export function deleteStates(
  document: DefinitionDocument,
  keys: readonly NodeKey[],
  mode: "rejoin" | "chain" = "rejoin",
): EditResult {
  return edited(document, (draft) => {
    const all = [...new Set(keys)].map((key) => stateAt(draft.index, key));
    if (all.length === 0) return refuse("nothing");
    const within = new Set(all.flatMap(statesWithin));
    const outer = all.filter((state) => !within.has(state));
    const select = outer.flatMap(({ scope, name }) => neighbour(scope, name, keys));
    draft.batch((batch) => {
      for (const [scope, states] of Map.groupBy(outer, (state) => state.scope)) {
        const names = new Set(states.map(({ name }) => name));
        const gone = mode === "rejoin" ? names : withChain(scope, names);
        deleteIn(batch, scope, gone, (name) =>
          mode === "rejoin" ? onward(scope, name, gone) : "end",
        );
      }
    });
    return { select: select.slice(0, 1).map(({ path }) => path) };
  });
}

/** Deletes states of a scope; `follow` says where what led to one leads then. */
export function deleteIn(
  batch: EditBatch,
  scope: ScopeEntry,
  gone: ReadonlySet<string>,
  follow: (name: string) => Target,
): void {
  for (const name of gone) batch.remove([...scope.path, "States", name]);
  const cut: Way[] = [];
  for (const way of waysOf(scope)) {
    const name = nameOf(way.target);
    if (name === undefined || !gone.has(name) || gone.has(way.state?.name ?? "")) continue;
    const target = follow(name);
    if (nameOf(target) !== undefined || way.kind === "next") lead(batch, way, target);
    else cut.push(way);
  }
  for (const [state, ways] of Map.groupBy(cut, (way) => way.state)) {
    if (state === undefined) ways.forEach((way) => lead(batch, way, "nothing"));
    else cutWays(batch, state, ways);
  }
}

/** Takes away what would lead nowhere. */
export function cutWays(batch: EditBatch, state: StateEntry, ways: readonly Way[]): void {
  for (const [kind, field] of [
    ["choice", "Choices"],
    ["catch", "Catch"],
  ] as const) {
    const entries = ways.filter((way) => way.kind === kind);
    const isAll = entries.length === arrayOf(state.fields[field]).length;
    if (isAll && kind === "catch" && entries.length > 0) batch.remove([...state.path, field]);
    else if (isAll) entries.forEach((way) => lead(batch, way, "nothing"));
    else entries.forEach(({ holder }) => batch.remove(holder));
  }
  ways.filter(({ kind }) => kind === "default").forEach((way) => lead(batch, way, "nothing"));
}

/** Where one comes to that goes on from a deleted state, past other deleted ones. */
export function onward(scope: ScopeEntry, name: string, gone: ReadonlySet<string>): Target {
  const passed = new Set<string>();
  let target: Target = { name };
  for (;;) {
    const to = nameOf(target);
    if (to === undefined) return target === "nothing" ? "end" : target;
    if (!gone.has(to)) return target;
    // They lead to each other only.
    if (passed.has(to)) return "end";
    passed.add(to);
    const state = scope.states.get(to);
    target = state === undefined ? "end" : wayOn(state);
  }
}

function wayOn(state: StateEntry): Target {
  const ways = waysOut(state).filter(({ kind }) => kind !== "catch");
  const main = ways.find(({ kind }) => kind === "next" || kind === "default");
  if (main !== undefined && main.target !== "nothing") return main.target;
  return ways.find(({ target }) => target !== "nothing")?.target ?? "end";
}

/** The states, and those that nothing leads to without them. */
function withChain(scope: ScopeEntry, names: ReadonlySet<string>): ReadonlySet<string> {
  const before = reachedIn(scope);
  const left = new Map([...scope.states].filter(([name]) => !names.has(name)));
  const after = reachedIn({ ...scope, states: left });
  return new Set(
    [...scope.states.keys()].filter(
      (name) => names.has(name) || (before.has(name) && !after.has(name)),
    ),
  );
}

/** What may be selected then: what leads to the state, or what it led to. */
function neighbour(
  scope: ScopeEntry,
  name: string,
  gone: readonly NodeKey[],
): readonly StateEntry[] {
  const before = waysOf(scope).find(({ target }) => nameOf(target) === name)?.state;
  const state = scope.states.get(name);
  const after = state === undefined ? "end" : wayOn(state);
  return [before, scope.states.get(nameOf(after) ?? "")]
    .filter((each) => each !== undefined)
    .filter(({ key }) => !gone.includes(key));
}
