import type { NodeKey } from "../../graph/model.ts";
import {
  refuse,
  stateAt,
  statesWithin,
  type GraphIndex,
  type ScopeEntry,
  type StateEntry,
} from "./graph-index.ts";
import { isSame, nameOf, waysInto, waysOut, type Target, type Way } from "./ways.ts";

/** States of one scope that can be lifted out together: one way in, and at most one way on. */
export interface Run {
  readonly scope: ScopeEntry;
  /** In written order. */
  readonly states: readonly StateEntry[];
  readonly names: ReadonlySet<string>;
  readonly entry: StateEntry;
  /** What leads in from outside. */
  readonly waysIn: readonly Way[];
  /** The ways that lead on, or end. */
  readonly waysOn: readonly Way[];
  /** Where they lead; `undefined` if each end is a Succeed or a Fail. */
  readonly exit: Target | undefined;
}

/**
 * The run that the selected states are. Selected states that are within another selected one go with it.
 *
 * `areCatchersExits` is for a run that leaves its scope: its Catchers cannot go on to name what is outside.
 */
export function runOf(
  index: GraphIndex,
  keys: readonly NodeKey[],
  { areCatchersExits }: { readonly areCatchersExits: boolean },
): Run {
  const { scope, states } = selected(index, keys);
  const names = new Set(states.map(({ name }) => name));
  const waysIn = waysInto(scope, names).filter(({ state }) => !names.has(state?.name ?? ""));
  const entry = entryOf(scope, states, names, waysIn);
  const waysOn = states.flatMap(waysOut).filter(({ target, kind }) => {
    if (target === "nothing" || names.has(nameOf(target) ?? "")) return false;
    return areCatchersExits || kind !== "catch";
  });
  const [first] = waysOn;
  const other = waysOn.find(({ target }) => first !== undefined && !isSame(target, first.target));
  if (other?.state !== undefined) return refuse("manyExits", { key: other.state.key });
  requireConnected(scope, entry, states, names);
  return { scope, states, names, entry, waysIn, waysOn, exit: first?.target };
}

/** The selected states, without those within others, which have to be of one scope. */
export function selected(index: GraphIndex, keys: readonly NodeKey[]) {
  const all = [...new Set(keys)].map((key) => stateAt(index, key));
  const within = new Set(all.flatMap(statesWithin));
  const outer = new Set(all.filter((state) => !within.has(state)));
  const [first] = outer;
  if (first === undefined) return refuse("nothing");
  for (const { scope, key } of outer) if (scope !== first.scope) refuse("manyScopes", { key });
  const states = [...first.scope.states.values()].filter((state) => outer.has(state));
  return { scope: first.scope, states };
}

function entryOf(
  scope: ScopeEntry,
  states: readonly StateEntry[],
  names: ReadonlySet<string>,
  waysIn: readonly Way[],
): StateEntry {
  const entries = new Set(waysIn.map(({ target }) => nameOf(target)));
  if (entries.size > 1) {
    const second = scope.states.get([...entries][1] ?? "");
    return refuse("manyEntries", second === undefined ? {} : { key: second.key });
  }
  const [name] = entries;
  const entered = scope.states.get(name ?? "");
  if (entered !== undefined) return entered;
  // Nothing leads to it: the one that none of the others leads to.
  const inner = new Set(
    states.flatMap((state) =>
      waysOut(state).flatMap(({ target }) => {
        const to = nameOf(target);
        return to !== undefined && to !== state.name && names.has(to) ? [to] : [];
      }),
    ),
  );
  return states.find((state) => !inner.has(state.name)) ?? states[0] ?? refuse("nothing");
}

function requireConnected(
  scope: ScopeEntry,
  entry: StateEntry,
  states: readonly StateEntry[],
  names: ReadonlySet<string>,
): void {
  const reached = new Set([entry.name]);
  for (const name of reached) {
    const state = scope.states.get(name);
    for (const { target } of state === undefined ? [] : waysOut(state)) {
      const to = nameOf(target);
      if (to !== undefined && names.has(to)) reached.add(to);
    }
  }
  const lost = states.find(({ name }) => !reached.has(name));
  if (lost !== undefined) refuse("notConnected", { key: lost.key });
}
