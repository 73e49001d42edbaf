import type { GraphIndex, ScopeEntry, StateEntry } from "../../../designer/edits/graph-index.ts";
import type { Place } from "../../../designer/edits/place.ts";
import { nameOf, waysInto, waysOut, type Way } from "../../../designer/edits/ways.ts";
import { startKey, type NodeKey } from "../../../graph/model.ts";

export type Direction = "Up" | "Down" | "Left" | "Right";

/** Where something new goes: on the edge or behind the state that is selected, or else at the end. */
export function selectionPlace(
  index: GraphIndex,
  selected: readonly NodeKey[],
  edge: string | undefined,
): Place {
  if (edge !== undefined) return { on: "edge", edge };
  const state = index.states.get(selected.at(-1) ?? "");
  return state === undefined ? endOf(index.root) : placeAt(state);
}

function placeAt(state: StateEntry): Place {
  const { key, type, scope } = state;
  const [inner] = state.scopes;
  if (type === "Choice") return { on: "rule", choice: key };
  // Who has just put a container there wants something in it.
  const empty = state.scopes.find(({ states }) => states.size === 0);
  if (empty !== undefined) return { on: "start", scope: empty.key };
  if (type === "Parallel" && inner === undefined) return { on: "branch", parallel: key };
  if (type !== "Succeed" && type !== "Fail") return { on: "after", state: key };
  // Nothing comes behind a terminal state: before it, then.
  const [way] = waysInto(scope, new Set([state.name]));
  return way === undefined ? { on: "free", scope: scope.key } : placeOn(way);
}

function endOf(scope: ScopeEntry): Place {
  if (scope.states.size === 0) return { on: "start", scope: scope.key };
  const states = [...scope.states.values()];
  const ends = states.flatMap(waysOut).some(({ target }) => target === "end");
  if (ends) return { on: "end", scope: scope.key };
  const last = states.findLast(({ type }) => type === "Succeed") ?? states.at(-1);
  return last === undefined ? { on: "free", scope: scope.key } : placeAt(last);
}

function placeOn({ state, scope, id }: Way): Place {
  if (state !== undefined) return { on: "edge", edge: `${state.key}|${id}` };
  return scope.holder === undefined
    ? { on: "edge", edge: `${startKey}|start` }
    : { on: "start", scope: scope.key };
}

/**
 * Where selected states go if they are moved by an arrow: up is before the state that leads to them, down behind the one that
 * they lead to, left and right into the branch beside their own.
 */
export function placeBeside(
  index: GraphIndex,
  selected: readonly NodeKey[],
  direction: Direction,
): Place | undefined {
  const states = selected.flatMap((key) => index.states.get(key) ?? []);
  const [first] = states;
  if (first === undefined) return undefined;
  const names = new Set(states.map(({ name }) => name));
  const { scope } = first;
  if (direction === "Up") {
    const before = waysInto(scope, names).find(({ state }) => !names.has(state?.name ?? ""))?.state;
    if (before === undefined) return undefined;
    const into = waysInto(scope, new Set([before.name])).find(({ state }) => state !== before);
    return into === undefined ? undefined : placeOn(into);
  }
  if (direction === "Down") {
    const onward = states.flatMap(waysOut).find(({ target, kind }) => {
      const name = nameOf(target);
      return kind !== "catch" && name !== undefined && !names.has(name);
    });
    const after = scope.states.get(onward === undefined ? "" : (nameOf(onward.target) ?? ""));
    const main = after && waysOut(after).find(({ kind }) => kind === "next" || kind === "default");
    return after === undefined || main === undefined || main.target === "nothing"
      ? undefined
      : main.target === "end" && scope.holder !== undefined
        ? { on: "after", state: after.key }
        : { on: "edge", edge: `${after.key}|${main.target === "end" ? "end" : main.id}` };
  }
  const lanes = scope.holder?.scopes ?? [];
  const other = lanes[lanes.indexOf(scope) + (direction === "Left" ? -1 : 1)];
  return other === undefined ? undefined : { on: "start", scope: other.key };
}
