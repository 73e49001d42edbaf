import type { Clock } from "../../ports/clock.ts";
import type { DocumentStore } from "../../ports/document-store.ts";
import type { Logger } from "../../ports/logger.ts";
import type { KeyUse } from "./credentials.ts";

/** Not one of the collections that nodes tell each other about: nobody remembers it. */
const collection = "iam-use.accessKey";

/** Our choice: AWS's is late by hours. */
const flushMs = 60_000;

/** When each access key was used last; written once a minute, so that calls cost nothing. */
export interface KeyUses {
  note(accessKeyId: string, use: KeyUse): void;
  lastUse(accessKeyId: string): Promise<KeyUse | undefined>;
  /** Forgets the uses of a key that is deleted. */
  remove(accessKeyId: string): Promise<void>;
  /** Writes what is not written yet, and waits for nothing any more. Never rejects: what is lost is the last minute. */
  close(): Promise<void>;
}

export function createKeyUses(
  store: DocumentStore,
  { clock, logger }: { readonly clock: Clock; readonly logger: Logger },
): KeyUses {
  /** As many as there are keys, since only uses of known keys are told. */
  const unwritten = new Map<string, KeyUse>();
  let cancel: (() => void) | undefined;

  async function flush(): Promise<void> {
    cancel = undefined;
    const uses = [...unwritten];
    unwritten.clear();
    for (const [id, use] of uses) {
      const before = await store.document(collection, id);
      // Of two nodes that write at once one is enough: both have used it within this minute.
      await store.putDocument({
        collection,
        id,
        version: (before?.version ?? 0) + 1,
        body: JSON.stringify(use),
      });
    }
  }

  async function flushSafely(): Promise<void> {
    try {
      await flush();
    } catch (error) {
      logger.warn("the last use of access keys was not written", { error: String(error) });
    }
  }

  return {
    note(accessKeyId, use) {
      unwritten.set(accessKeyId, use);
      cancel ??= clock.schedule(clock.now() + flushMs, () => void flushSafely());
    },
    async lastUse(accessKeyId) {
      const noted = unwritten.get(accessKeyId);
      if (noted !== undefined) return noted;
      const document = await store.document(collection, accessKeyId);
      return document === undefined ? undefined : (JSON.parse(document.body) as KeyUse);
    },
    async remove(accessKeyId) {
      unwritten.delete(accessKeyId);
      const document = await store.document(collection, accessKeyId);
      if (document !== undefined) {
        await store.deleteDocument(collection, accessKeyId, document.version);
      }
    },
    async close() {
      cancel?.();
      await flushSafely();
    },
  };
}
