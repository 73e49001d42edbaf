import type { EpochMs } from "../../machine/ids.ts";
import type { Store } from "../../ports/store.ts";
import {
  type CustomerKeyDocument,
  customerKeyCollection,
  documentOf,
  recordOf,
} from "./customer-key-document.ts";

/** Our choice: many times as long as any node keeps a key in memory that nothing of its own needs. */
export const unusedForMs = 24 * 60 * 60 * 1_000;
const readAtOnce = 100;

type KeyedStore = Pick<
  Store,
  "documents" | "putDocument" | "deleteDocument" | "stateMachine" | "activity" | "executions"
>;

/**
 * Removes the data keys of state machines and activities that are deleted, once the last of their executions is. A key is first marked,
 * and removed when it has been unused for a day; whoever begins to need it takes the mark away, which the removal notices.
 */
export async function removeUnusedKeys(store: KeyedStore, now: EpochMs): Promise<void> {
  let after: string | undefined;
  do {
    const page = await store.documents(customerKeyCollection, {
      limit: readAtOnce,
      ...(after !== undefined && { after }),
    });
    for (const record of page.items) {
      const document = documentOf(record);
      const { unusedSince } = document;
      if (await isNeeded(store, document)) continue;
      const { id, version } = record;
      if (unusedSince === undefined) {
        await store.putDocument(recordOf(id, version + 1, { ...document, unusedSince: now }));
      } else if (now - unusedSince >= unusedForMs) {
        await store.deleteDocument(customerKeyCollection, id, version);
      }
    }
    after = page.next;
  } while (after !== undefined);
}

async function isNeeded(
  store: KeyedStore,
  { resourceArn }: Pick<CustomerKeyDocument, "resourceArn">,
): Promise<boolean> {
  if ((await store.stateMachine(resourceArn)) !== undefined) return true;
  if ((await store.activity(resourceArn)) !== undefined) return true;
  const executions = await store.executions({ stateMachineArn: resourceArn }, { limit: 1 });
  return executions.items.length > 0;
}
