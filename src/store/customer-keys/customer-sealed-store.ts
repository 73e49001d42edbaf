import type { EpochMs } from "../../machine/ids.ts";
import { customerKeyOf } from "../../ports/customer-key-of.ts";
import type { ClusterStore } from "../../ports/cluster-store.ts";
import { CustomerKeyUnavailable } from "../../ports/customer-keys.ts";
import type { Logger } from "../../ports/logger.ts";
import type {
  CommitBatch,
  ExecutionWrite,
  JournalChunk,
  Message,
  NoteRecord,
  RevisionRecord,
  Store,
} from "../../ports/store.ts";
import type { CustomerKeyRing } from "./customer-key-ring.ts";
import { removeUnusedKeys } from "./remove-unused-keys.ts";
import { customerTexts, type CustomerTexts, isCustomerSealed } from "./customer-texts.ts";

/**
 * A store that seals with customers' keys what is of state machines that have one, before another store keeps it, and opens
 * what that one answers. A key that cannot be had costs what is sealed with it, and nothing else: no commit waits for a keeper.
 */
export function customerSealedStore<S extends Store>(
  store: S,
  ring: CustomerKeyRing,
  { logger, now }: { readonly logger: Logger; readonly now: () => EpochMs },
): S {
  const texts = customerTexts(ring);
  const isCluster = "overdueMessages" in store;
  return {
    ...store,
    ...executionsOf(store, texts),
    ...messagesOf(store, texts, logger),
    ...(isCluster && overdueMessagesOf(store as unknown as ClusterStore, texts, logger)),
    ...revisionsOf(store, ring, texts),
    ...notesOf(store, ring, texts),
    /** Whoever has deleted the last of what a key seals has no use for it. */
    async deleteClosed(before, limit) {
      const deleted = await store.deleteClosed(before, limit);
      if (deleted < limit) await removeUnusedKeys(store, now());
      return deleted;
    },
    async close() {
      ring.close();
      await store.close();
    },
  };
}

function executionsOf(
  store: Store,
  texts: CustomerTexts,
): Pick<Store, "commit" | "journal" | "journals"> {
  return {
    commit: (batch) => store.commit(hasKeys(batch) ? sealBatch(batch) : batch),
    async journal(executionArn, range) {
      const chunks = await store.journal(executionArn, range);
      return openChunks(executionArn, chunks, texts);
    },
    async journals(executionArns) {
      const read = await store.journals(executionArns);
      if (!read.some(({ chunks }) => chunks.some(({ data }) => isCustomerSealed(data))))
        return read;
      return Promise.all(
        read.map(async ({ record, chunks }) => {
          try {
            return { record, chunks: await openChunks(record.executionArn, chunks, texts) };
          } catch (reason) {
            if (!(reason instanceof CustomerKeyUnavailable)) throw reason;
            const lastEventId = Math.max(...chunks.map((chunk) => chunk.lastEventId));
            return { record, chunks: [], unread: { reason, lastEventId } };
          }
        }),
      );
    },
  };
}

/** What most commits are spared. */
function hasKeys({ writes, messagesSent }: CommitBatch): boolean {
  return (
    writes.some(({ key }) => key !== undefined) || messagesSent.some(({ key }) => key !== undefined)
  );
}

function sealBatch(batch: CommitBatch): CommitBatch {
  return {
    ...batch,
    writes: batch.writes.map(sealWrite),
    messagesSent: batch.messagesSent.map(({ key, ...message }) =>
      key === undefined
        ? message
        : { ...message, body: key.seal(message.body, messagePlace(message)) },
    ),
  };
}

function sealWrite({ key, ...write }: ExecutionWrite): ExecutionWrite {
  const { executionArn, chunk } = write;
  if (key === undefined || chunk === undefined) return write;
  const data = key.seal(chunk.data, chunkPlace(executionArn, chunk));
  return { ...write, chunk: { ...chunk, data } };
}

async function openChunks(
  executionArn: string,
  chunks: readonly JournalChunk[],
  texts: CustomerTexts,
): Promise<readonly JournalChunk[]> {
  if (!chunks.some(({ data }) => isCustomerSealed(data))) return chunks;
  const opened: JournalChunk[] = [];
  for (const chunk of chunks) {
    const place = chunkPlace(executionArn, chunk);
    const data = await texts.open(chunk.data, place, `the journal of ${executionArn}`);
    opened.push({ ...chunk, data });
  }
  return opened;
}

function messagesOf(store: Store, texts: CustomerTexts, logger: Logger): Pick<Store, "messages"> {
  return {
    messages: async (partition, limit) =>
      openMessages(await store.messages(partition, limit), texts, logger),
  };
}

function overdueMessagesOf(
  store: ClusterStore,
  texts: CustomerTexts,
  logger: Logger,
): Pick<ClusterStore, "overdueMessages"> {
  return {
    overdueMessages: async (partitions, waitedMs, limit) =>
      openMessages(await store.overdueMessages(partitions, waitedMs, limit), texts, logger),
  };
}

/** What cannot be read stays in the store until it can be: the others do not wait for it. */
async function openMessages(
  messages: readonly Message[],
  texts: CustomerTexts,
  logger: Logger,
): Promise<readonly Message[]> {
  if (!messages.some(({ body }) => isCustomerSealed(body))) return messages;
  const opened: Message[] = [];
  for (const message of messages) {
    const { id, body } = message;
    try {
      const text = await texts.open(body, messagePlace(message), `the message ${id}`);
      opened.push({ ...message, body: text });
    } catch (error) {
      if (!(error instanceof CustomerKeyUnavailable)) throw error;
      logger.warn("a message waits for the key of a customer", { id, reason: error.message });
    }
  }
  return opened;
}

function revisionsOf(
  store: Store,
  ring: CustomerKeyRing,
  texts: CustomerTexts,
): Pick<Store, "putStateMachine" | "revision"> {
  return {
    putStateMachine: async (record, revision, version) =>
      store.putStateMachine(record, revision && (await sealRevision(revision, ring)), version),
    async revision(stateMachineArn, revisionId) {
      const revision = await store.revision(stateMachineArn, revisionId);
      if (revision === undefined || !isCustomerSealed(revision.definition)) return revision;
      const what = `the definition of ${stateMachineArn}`;
      try {
        const definition = await texts.open(revision.definition, revisionPlace(revision), what);
        return { ...revision, definition };
      } catch (unreadable) {
        if (!(unreadable instanceof CustomerKeyUnavailable)) throw unreadable;
        return { ...revision, definition: "", unreadable };
      }
    },
  };
}

async function sealRevision(
  revision: RevisionRecord,
  ring: CustomerKeyRing,
): Promise<RevisionRecord> {
  const customerKey = customerKeyOf(revision.stateMachineArn, revision);
  if (customerKey === undefined) return revision;
  const key = await ring.keep(customerKey);
  return { ...revision, definition: key.seal(revision.definition, revisionPlace(revision)) };
}

/** A note is sealed with the key that its machine has when it is written. */
function notesOf(
  store: Store,
  ring: CustomerKeyRing,
  texts: CustomerTexts,
): Pick<Store, "note" | "putNote"> {
  const part: Pick<Store, "note" | "putNote"> = {
    async note(stateMachineArn, kind) {
      const note = await store.note(stateMachineArn, kind);
      if (note === undefined || !isCustomerSealed(note.body)) return note;
      const what = `the ${kind} of ${stateMachineArn}`;
      return { ...note, body: await texts.open(note.body, notePlace(note), what) };
    },
    async putNote(note) {
      const { stateMachineArn } = note;
      const machine = await store.stateMachine(stateMachineArn);
      const revision = machine && (await store.revision(stateMachineArn, machine.revisionId));
      const customerKey = revision && customerKeyOf(stateMachineArn, revision);
      if (customerKey === undefined) return store.putNote(note);
      const key = await ring.keep(customerKey);
      if (await store.putNote({ ...note, body: key.seal(note.body, notePlace(note)) })) return true;
      // The same text is another one when it is sealed again: what is stored is compared here.
      const stored = await part.note(stateMachineArn, note.kind);
      return stored?.version === note.version && stored.body === note.body;
    },
  };
  return part;
}

function chunkPlace(executionArn: string, { firstEventId, lastEventId }: JournalChunk): string {
  return JSON.stringify(["journal", executionArn, firstEventId, lastEventId]);
}

function messagePlace({ id, to }: Message): string {
  return JSON.stringify(["message", id, to]);
}

function revisionPlace({ stateMachineArn, revisionId }: RevisionRecord): string {
  return JSON.stringify(["revision", stateMachineArn, revisionId]);
}

function notePlace({ stateMachineArn, kind, version }: NoteRecord): string {
  return JSON.stringify(["note", stateMachineArn, kind, version]);
}
