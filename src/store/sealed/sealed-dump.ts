import type { DocumentStore } from "../../ports/document-store.ts";
import {
  DamagedJournal,
  type DumpedChunk,
  type DumpKind,
  type DumpRecords,
  RestoreConflict,
  type StoreDump,
} from "../../ports/store-dump.ts";
import type { Page, PageRequest } from "../../ports/store.ts";
import { restoredTenure } from "./chunk-header.ts";
import { documentsOfKeys, isOfKeys } from "./dump-documents.ts";
import { type KeyRingOptions, openKeyRing } from "./key-ring.ts";
import { SealedJournals } from "./sealed-journals.ts";
import { type SealedKind, sealedKinds } from "./sealed-records.ts";
import { Seals } from "./seals.ts";
import { SealViolation } from "./sealed-text.ts";
import { findSecret, secretDocument } from "./store-secret.ts";

/** A store as records that are opened when they are read, and sealed when they are restored. Its keys are no records. */
export async function openSealedDump(
  options: Omit<KeyRingOptions, "store"> & { readonly dump: StoreDump },
): Promise<StoreDump> {
  const { dump } = options;
  const documents = await documentsOfKeys(dump);
  const ring = await openKeyRing({ ...options, store: documents });
  return sealedDump(dump, documents, new Seals(ring, { isRepeatable: true }));
}

function sealedDump(dump: StoreDump, documents: DocumentStore, seals: Seals): StoreDump {
  const journals = new SealedJournals(seals);
  const kindOf = <K extends DumpKind>(kind: K): SealedKind<DumpRecords[K]> | undefined =>
    Object.hasOwn(sealedKinds, kind)
      ? (sealedKinds as unknown as { readonly [N in K]: SealedKind<DumpRecords[N]> })[kind]
      : undefined;

  function open<K extends DumpKind>(kind: K, record: DumpRecords[K]): DumpRecords[K] {
    if (kind === "journal") {
      const { executionArn, ...chunk } = record as DumpedChunk;
      return { executionArn, ...journals.open(executionArn, chunk).chunk } as DumpRecords[K];
    }
    const sealedKind = kindOf(kind);
    return sealedKind === undefined ? record : seals.openRecord(sealedKind, record);
  }

  async function openPage<K extends DumpKind>(
    kind: K,
    request: PageRequest,
  ): Promise<Page<DumpRecords[K]>> {
    const page = await dump.records(kind, request);
    const items = page.items.filter((record) => !("collection" in record && isOfKeys(record)));
    return { ...page, items: await seals.opened(() => items.map((record) => open(kind, record))) };
  }

  return {
    ...dump,
    async records(kind, request) {
      if (kind === "secret") return { items: [{ secret: await secret() }] } as never;
      try {
        return await openPage(kind, request);
      } catch (error) {
        if (!(error instanceof SealViolation) || kind !== "journal") throw error;
        if (request.limit > 1) return openPage(kind, { ...request, limit: 1 }).catch(damaged);
        return damaged(error);
      }

      async function damaged(error: unknown): Promise<never> {
        if (!(error instanceof SealViolation)) throw error;
        const { next } = await dump.records(kind, { ...request, limit: 1 });
        throw new DamagedJournal(error.message, next, { cause: error });
      }
    },
    async restore<K extends DumpKind>(kind: K, records: readonly DumpRecords[K][], before: number) {
      if (kind === "secret")
        return putSecret((records as readonly DumpRecords["secret"][])[0]?.secret);
      const sealedKind = kindOf(kind);
      const sealed =
        kind === "journal"
          ? (sealChunks(records as readonly DumpedChunk[], before) as readonly DumpRecords[K][])
          : sealedKind === undefined
            ? records
            : records.map((record) => seals.sealRecord(sealedKind, record));
      await dump.restore(kind, sealed, before);
    },
  };

  async function secret(): Promise<string> {
    const sealed = await findSecret(documents, seals);
    if (sealed !== undefined) return sealed;
    const { items } = await dump.records("secret", { limit: 1 });
    return items[0]?.secret ?? "";
  }

  async function putSecret(value: string | undefined): Promise<void> {
    if (value === undefined) return;
    const written = await documents.putDocument(secretDocument(seals, value));
    if (written || (await findSecret(documents, seals)) === value) return;
    throw new RestoreConflict(`${dump.name} has another secret.`);
  }

  /** Their places take the place of commits: those of one journal follow each other. */
  function sealChunks(records: readonly DumpedChunk[], before: number): readonly DumpedChunk[] {
    return records.map(({ executionArn, ...chunk }, index) => {
      const header = { tenure: restoredTenure, sequence: before + index + 1 };
      return { executionArn, ...journals.seal(executionArn, chunk, header) };
    });
  }
}
