import { branchScope, nodeKey, rootScope } from "../execution/node-key.ts";

/** The comments of a definition's states, by their keys. */
export function stateComments(definition: string): ReadonlyMap<string, string> {
  const comments = new Map<string, string>();
  collect(JSON.parse(definition) as unknown, rootScope, comments);
  return comments;
}

interface Drawn {
  readonly Comment?: unknown;
  readonly States?: Readonly<Record<string, unknown>>;
  readonly Branches?: readonly unknown[];
  readonly ItemProcessor?: unknown;
  readonly Iterator?: unknown;
}

function collect(graph: unknown, scope: string, into: Map<string, string>): void {
  for (const [name, given] of Object.entries((graph as Drawn | undefined)?.States ?? {})) {
    const state = given as Drawn;
    const key = nodeKey(scope, name);
    if (typeof state.Comment === "string") into.set(key, state.Comment);
    state.Branches?.forEach((branch, index) => collect(branch, branchScope(key, index), into));
    const inner = state.ItemProcessor ?? state.Iterator;
    if (inner !== undefined) collect(inner, key, into);
  }
}
