import type { GraphIndex, StateEntry } from "../../../../designer/edits/graph-index.ts";

/** Whether a mock can answer for the state: a Task, or a Map that reads its items. */
export function isMockable({ type, fields }: Pick<StateEntry, "type" | "fields">): boolean {
  return type === "Task" || readsItems({ type, fields });
}

export function readsItems({ type, fields }: Pick<StateEntry, "type" | "fields">): boolean {
  return type === "Map" && fields["ItemReader"] !== undefined;
}

/** The states that can be mocked, those within others, too. */
export function mockableStates(index: GraphIndex): readonly StateEntry[] {
  return [...index.states.values()].filter(isMockable);
}
