import type { ClusterStore } from "../../ports/cluster-store.ts";
import type { Page, Store } from "../../ports/store.ts";
import { isSame } from "../is-same.ts";
import { sealedCluster } from "./sealed-cluster.ts";
import { SealedJournals } from "./sealed-journals.ts";
import { type SealedKind, sealedKinds } from "./sealed-records.ts";
import type { Seals } from "./seals.ts";
import { storeSecret } from "./store-secret.ts";

/**
 * A store that seals what it is given before another store keeps it, and opens what that one answers. Reads of what was changed
 * below it reject with a `SealViolation`.
 */
export async function sealedStore<S extends Store>(store: S, seals: Seals): Promise<S> {
  const journals = new SealedJournals(seals);
  const secret = await storeSecret(store, seals, await store.secret());
  const sealed: Store = {
    ...store,
    ...executionsOf(store, journals, seals),
    ...stateMachinesOf(store, seals),
    ...documentsOf(store, seals),
    async secret() {
      // It says so if it is closed.
      await store.secret();
      return secret;
    },
  };
  return { ...sealed, ...(isCluster(store) && sealedCluster(store, journals, seals)) } as S;
}

function isCluster(store: Store): store is ClusterStore {
  return "postCall" in store;
}

type ExecutionPart = Pick<
  Store,
  "acquire" | "release" | "commit" | "journal" | "journals" | "messages"
>;

function executionsOf(store: Store, journals: SealedJournals, seals: Seals): ExecutionPart {
  return {
    acquire(partition) {
      journals.forget(partition);
      return store.acquire(partition);
    },
    release(partition, epoch) {
      journals.forget(partition);
      return store.release(partition, epoch);
    },
    async commit(batch) {
      try {
        const result = await store.commit({
          ...batch,
          writes: journals.sealWrites(batch),
          messagesSent: batch.messagesSent.map((each) =>
            seals.sealRecord(sealedKinds.message, each),
          ),
        });
        if (result !== "committed") journals.forget(batch.partition);
        return result;
      } catch (error) {
        journals.forget(batch.partition);
        throw error;
      }
    },
    async journal(executionArn, range) {
      const chunks = await store.journal(executionArn, range);
      return seals.opened(() => journals.openRange(executionArn, chunks, range));
    },
    async journals(executionArns) {
      const read = await store.journals(executionArns);
      return seals.opened(() =>
        read.map(({ record, chunks }) => ({
          record,
          chunks: journals.openRange(record.executionArn, chunks, {}),
        })),
      );
    },
    async messages(partition, limit) {
      const messages = await store.messages(partition, limit);
      return seals.opened(() =>
        messages.map((each) => seals.openRecord(sealedKinds.message, each)),
      );
    },
  };
}

type StateMachinePart = Pick<
  Store,
  | "putStateMachine"
  | "stateMachine"
  | "stateMachines"
  | "revision"
  | "version"
  | "versions"
  | "putAlias"
  | "aliases"
  | "putActivity"
  | "activity"
  | "activities"
>;

function stateMachinesOf(store: Store, seals: Seals): StateMachinePart {
  const { stateMachine, revision, version, alias, activity } = sealedKinds;
  return {
    putStateMachine: (record, newRevision, newVersion) =>
      store.putStateMachine(
        seals.sealRecord(stateMachine, record),
        newRevision && seals.sealRecord(revision, newRevision),
        newVersion && seals.sealRecord(version, newVersion),
      ),
    stateMachine: (arn) => openOne(seals, stateMachine, store.stateMachine(arn)),
    stateMachines: (prefix, page) =>
      openPage(seals, stateMachine, store.stateMachines(prefix, page)),
    revision: (arn, id) => openOne(seals, revision, store.revision(arn, id)),
    version: (arn, number) => openOne(seals, version, store.version(arn, number)),
    versions: (arn, page) => openPage(seals, version, store.versions(arn, page)),
    putAlias: (record) => store.putAlias(seals.sealRecord(alias, record)),
    aliases: async (arn) => {
      const records = await store.aliases(arn);
      return seals.opened(() => records.map((record) => seals.openRecord(alias, record)));
    },
    putActivity: (record) => store.putActivity(seals.sealRecord(activity, record)),
    activity: (arn) => openOne(seals, activity, store.activity(arn)),
    activities: (prefix, page) => openPage(seals, activity, store.activities(prefix, page)),
  };
}

type DocumentPart = Pick<Store, "note" | "putNote" | "document" | "documents" | "putDocument">;

function documentsOf(store: Store, seals: Seals): DocumentPart {
  const { note, document } = sealedKinds;
  const part: DocumentPart = {
    note: (arn, kind) => openOne(seals, note, store.note(arn, kind)),
    async putNote(record) {
      if (await store.putNote(seals.sealRecord(note, record))) return true;
      // The same text is another one when it is sealed again: what is stored is compared here.
      const stored = await part.note(record.stateMachineArn, record.kind);
      return stored !== undefined && isSame(stored, record);
    },
    document: (collection, id) => openOne(seals, document, store.document(collection, id)),
    documents: (collection, page) => openPage(seals, document, store.documents(collection, page)),
    async putDocument(record) {
      if (await store.putDocument(seals.sealRecord(document, record))) return true;
      const stored = await part.document(record.collection, record.id);
      return stored !== undefined && isSame(stored, record);
    },
  };
  return part;
}

async function openOne<R>(
  seals: Seals,
  kind: SealedKind<R>,
  reading: Promise<R | undefined>,
): Promise<R | undefined> {
  const record = await reading;
  return record && seals.opened(() => seals.openRecord(kind, record));
}

async function openPage<R>(
  seals: Seals,
  kind: SealedKind<R>,
  reading: Promise<Page<R>>,
): Promise<Page<R>> {
  const page = await reading;
  return seals.opened(() => ({
    ...page,
    items: page.items.map((record) => seals.openRecord(kind, record)),
  }));
}
