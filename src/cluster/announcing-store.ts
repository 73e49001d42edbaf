import type { ClusterStore } from "../ports/cluster-store.ts";

/** The writes that change what nodes remember of state machines, aliases and activities. */
const changing = [
  "putStateMachine",
  "deleteStateMachine",
  "deleteVersion",
  "putAlias",
  "deleteAlias",
  "putActivity",
  "deleteActivity",
] as const;

/**
 * The store, with every change of a state machine, alias or activity announced before its promise resolves: so the
 * caller's next request sees it on whichever node it arrives.
 */
export function announcingStore(store: ClusterStore, announce: () => Promise<void>): ClusterStore {
  const announcing = new Map<PropertyKey, unknown>();
  for (const name of changing) {
    const write = store[name].bind(store) as (...parameters: unknown[]) => Promise<void>;
    announcing.set(name, async (...parameters: unknown[]) => {
      await write(...parameters);
      // Counted in the store as well, for a node that cannot be told now.
      await store.noteChange();
      await announce();
    });
  }
  return new Proxy(store, {
    get(target, name) {
      const value = announcing.get(name) ?? (Reflect.get(target, name, target) as unknown);
      return typeof value === "function" && !announcing.has(name)
        ? (value as (...parameters: unknown[]) => unknown).bind(target)
        : value;
    },
  });
}
