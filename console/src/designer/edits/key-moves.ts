import type { NodeKey } from "../../graph/model.ts";
import type { GraphIndex, StateEntry } from "./graph-index.ts";

/** A state's name before an edit, and after it. */
export interface Renaming {
  readonly from: string;
  readonly to: string;
}

/**
 * The states that have another key after an edit, with it: those that were renamed, those within them, and those that were put into
 * another scope, whose names say which they are. *Spec*: ASL, names of states are unique in all of a definition; where two are the
 * same nobody is taken for the other.
 */
export function keyMoves(
  before: GraphIndex,
  after: GraphIndex,
  renamings: readonly Renaming[] = [],
): ReadonlyMap<NodeKey, NodeKey> {
  const moves = new Map<NodeKey, NodeKey>();
  const isRenamed = new Set(renamings.map(({ from }) => from));
  const left = [...before.states.values()].filter(
    ({ key, name }) => isRenamed.has(name) || !after.states.has(key),
  );
  if (left.length === 0) return moves;
  const wereNamed = byName(before);
  const areNamed = byName(after);
  for (const { key, name } of left) {
    const now = renamings.reduce((each, { from, to }) => (each === from ? to : each), name);
    const [found, other] = areNamed.get(now) ?? [];
    const isSure = other === undefined && wereNamed.get(name)?.length === 1;
    if (found !== undefined && isSure && found.key !== key) moves.set(key, found.key);
  }
  return moves;
}

function byName({ states }: GraphIndex): ReadonlyMap<string, readonly StateEntry[]> {
  return Map.groupBy(states.values(), ({ name }) => name);
}

/** A map by keys of states with the keys that they have after an edit. */
export function movedKeys<Value>(
  values: ReadonlyMap<NodeKey, Value>,
  moves: ReadonlyMap<NodeKey, NodeKey>,
): ReadonlyMap<NodeKey, Value> {
  const moved = [...values].filter(([key]) => moves.has(key));
  if (moved.length === 0) return values;
  const now = moved.map(([key, value]) => [moves.get(key) ?? key, value] as const);
  const taken = new Set(now.map(([key]) => key));
  const stayed = [...values].filter(([key]) => !moves.has(key) && !taken.has(key));
  return new Map([...now, ...stayed]);
}

/** The same of a set. */
export function movedSet(
  keys: ReadonlySet<NodeKey>,
  moves: ReadonlyMap<NodeKey, NodeKey>,
): ReadonlySet<NodeKey> {
  const isMoved = [...keys].some((key) => moves.has(key));
  return isMoved ? new Set([...keys].map((key) => moves.get(key) ?? key)) : keys;
}
