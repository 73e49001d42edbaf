import type { ClusterStore } from "../ports/cluster-store.ts";
import type { DocumentRecord } from "../ports/document-store.ts";

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

/** Nodes remember all documents of these collections: users, roles, policies, keys; and buses, rules and archives. */
function isRemembered(collection: string): boolean {
  return collection.startsWith("iam.") || collection.startsWith("events.");
}

/**
 * The store, with every change of a state machine, alias, activity or document of these announced before its promise resolves: so the
 * caller's next request sees it on whichever node it arrives.
 */
export function announcingStore(store: ClusterStore, announce: () => Promise<void>): ClusterStore {
  const announcing = new Map<PropertyKey, unknown>();
  for (const name of changing) {
    const write = store[name].bind(store) as (...parameters: unknown[]) => Promise<void>;
    announcing.set(name, async (...parameters: unknown[]) => {
      await write(...parameters);
      await tell();
    });
  }
  announcing.set("putDocument", async (record: DocumentRecord) => {
    const written = await store.putDocument(record);
    if (written && isRemembered(record.collection)) await tell();
    return written;
  });
  announcing.set("deleteDocument", async (collection: string, id: string, version: number) => {
    const removed = await store.deleteDocument(collection, id, version);
    if (removed && isRemembered(collection)) await tell();
    return removed;
  });

  async function tell(): Promise<void> {
    // Counted in the store as well, for a node that cannot be told now.
    await store.noteChange();
    await announce();
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
