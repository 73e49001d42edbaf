import type { GraphIndex, ScopeEntry } from "../../../designer/edits/graph-index.ts";
import { nameOf, waysOut } from "../../../designer/edits/ways.ts";
import type { NodeKey } from "../../../graph/model.ts";

/** A line of the outline: a state, or a scope that states are in. */
export type OutlineRow =
  | {
      readonly kind: "state";
      readonly key: NodeKey;
      readonly name: string;
      readonly type: string;
      readonly resource: string;
      readonly level: number;
      readonly hasInner: boolean;
    }
  | {
      readonly kind: "scope";
      /** The scope's key. */
      readonly key: string;
      /** Of a Parallel: the number of the branch, from 1. */
      readonly branch: number | undefined;
      readonly isEmpty: boolean;
      readonly level: number;
    };

/** The whole definition as lines, the states of a scope in the order in which they are come to. What is closed has nothing within. */
export function outlineRows(
  index: GraphIndex,
  closed: ReadonlySet<NodeKey> = new Set(),
): readonly OutlineRow[] {
  const rows: OutlineRow[] = [];
  const visit = (scope: ScopeEntry, level: number): void => {
    for (const name of inOrder(scope)) {
      const state = scope.states.get(name);
      if (state === undefined) continue;
      const { key, type, fields, scopes } = state;
      const resource = typeof fields["Resource"] === "string" ? fields["Resource"] : "";
      rows.push({ kind: "state", key, name, type, resource, level, hasInner: scopes.length > 0 });
      if (closed.has(key)) continue;
      for (const [at, inner] of scopes.entries()) {
        const branch = type === "Parallel" ? at + 1 : undefined;
        const isEmpty = inner.states.size === 0;
        rows.push({ kind: "scope", key: inner.key, branch, isEmpty, level: level + 1 });
        visit(inner, level + 2);
      }
    }
  };
  visit(index.root, 1);
  return rows;
}

/** The names of a scope's states, each before what it leads to; those that nothing leads to are the last. */
function inOrder(scope: ScopeEntry): Iterable<string> {
  const seen = new Set<string>();
  const open = scope.startAt === undefined ? [] : [scope.startAt];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const state = scope.states.get(name);
    if (state === undefined || seen.has(name)) continue;
    seen.add(name);
    const targets = waysOut(state).flatMap(({ target }) => nameOf(target) ?? []);
    open.push(...targets.toReversed());
  }
  for (const name of scope.states.keys()) seen.add(name);
  return seen;
}
