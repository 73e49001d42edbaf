import type { GraphIndex, StateEntry } from "../../../designer/edits/graph-index.ts";
import { statesWithin } from "../../../designer/edits/graph-index.ts";
import { objectOf } from "../../../graph/json.ts";
import type { NodeKey } from "../../../graph/model.ts";

/** The definition without what is in some containers: they are drawn as cards. The keys of all other states stay. */
export function withCollapsed(
  value: unknown,
  index: GraphIndex,
  keys: ReadonlySet<NodeKey>,
): unknown {
  let definition = value;
  for (const key of keys) {
    const state = index.states.get(key);
    if (state !== undefined && state.scopes.length > 0)
      definition = emptied(definition, state.path);
  }
  return definition;
}

/** A copy in which the state at the path has nothing within; what is on the way to it is copied, the rest is shared. */
function emptied(value: unknown, path: StateEntry["path"]): unknown {
  const [part, ...rest] = path;
  if (part === undefined) {
    const {
      Branches: _branches,
      ItemProcessor: _processor,
      Iterator: _old,
      ...own
    } = objectOf(value);
    return own;
  }
  if (Array.isArray(value)) {
    return value.map((item: unknown, at) => (at === part ? emptied(item, rest) : item));
  }
  const holder = objectOf(value);
  // What an outer container that is collapsed has in it is no longer there.
  return Object.hasOwn(holder, part) ? { ...holder, [part]: emptied(holder[part], rest) } : value;
}

/** How many states are within each that is collapsed. */
export function collapsedCounts(
  index: GraphIndex,
  keys: ReadonlySet<NodeKey>,
): ReadonlyMap<NodeKey, number> {
  return new Map(
    [...keys].flatMap((key) => {
      const state = index.states.get(key);
      return state === undefined ? [] : [[key, statesWithin(state).length] as const];
    }),
  );
}
