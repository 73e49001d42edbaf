import { randomBytes } from "node:crypto";
import type { EpochMs } from "../../machine/ids.ts";
import type { Clock } from "../../ports/clock.ts";
import {
  type CustomerKey,
  type CustomerKeys,
  CustomerKeyUnavailable,
} from "../../ports/customer-keys.ts";
import type { DocumentStore } from "../../ports/document-store.ts";
import { type KeyProvider, KeyUnavailable } from "../../ports/key-provider.ts";
import { dataKeyOf } from "../sealed/data-key.ts";
import {
  contextOf,
  customerKeyCollection,
  type CustomerKeyDocument,
  dataKeyId,
  documentOf,
  recordOf,
} from "./customer-key-document.ts";
import { HeldKey } from "./held-key.ts";

/** The provider of the key that a `kmsKeyId` names. Throws a {@link KeyUnavailable} where its key is not there. */
export type CustomerKeyProviders = (kmsKeyId: string) => KeyProvider;

export interface CustomerKeyRingOptions {
  /** Where the data keys are. */
  readonly store: Pick<DocumentStore, "document" | "putDocument">;
  readonly providerOf: CustomerKeyProviders;
  readonly clock: Clock;
}

/** Our choice: after an answer that was no key its keeper is left alone for so long, whatever wants it: ten thousand executions ask once. */
const askAgainMs = 5_000;
/** Our choice: how often a keeper that does not answer is asked for a key that is in use. */
const renewAgainMs = 10_000;
const dataKeyBytes = 32;

/** The customers' keys that are in memory, each for the time that it may be reused, and longer only while somebody retains it. */
export class CustomerKeyRing implements CustomerKeys {
  readonly #options: CustomerKeyRingOptions;
  readonly #held = new Map<string, HeldKey>();
  /** Those that were let go of, as long as somebody else has them: he may want to retain them yet. */
  readonly #letGo = new Map<string, WeakRef<HeldKey>>();
  readonly #asking = new Map<string, Promise<HeldKey>>();
  readonly #refused = new Map<string, { reason: CustomerKeyUnavailable; until: EpochMs }>();
  readonly #timers = new Map<string, () => void>();
  #isClosed = false;

  constructor(options: CustomerKeyRingOptions) {
    this.#options = options;
  }

  async check(key: CustomerKey): Promise<void> {
    await this.#given(dataKeyId(key), key);
  }

  /** The data key of this customer's key, which is made where there is none yet. */
  async use(key: CustomerKey): Promise<HeldKey> {
    const id = dataKeyId(key);
    const held = await this.#given(id, key).catch((error: unknown) => {
      const known = this.#held.get(id);
      // What goes on with it may begin more: the children of a Map Run.
      if (known?.isRetained !== true || isRefusal(error) || this.#isOver(known)) throw error;
      return known;
    });
    held.reuseMs = Math.min(held.reuseMs, key.reuseSeconds * 1_000);
    return held;
  }

  /**
   * The same for what may be the first that needs it, or the first after all else was deleted: a definition, a note. It is not removed
   * from the store meanwhile, and is put back if it was.
   */
  async keep(key: CustomerKey): Promise<HeldKey> {
    const { store } = this.#options;
    const id = dataKeyId(key);
    for (;;) {
      const held = await this.use(key);
      const record = await store.document(customerKeyCollection, id);
      const { wrapped } = held;
      if (record === undefined) {
        if (await store.putDocument(recordOf(id, 1, { ...held.customerKey, wrapped }))) return held;
        continue;
      }
      const { unusedSince, ...document } = documentOf(record);
      if (document.wrapped !== wrapped) {
        // Another has taken its place since: this one seals nothing any more.
        this.#held.delete(id);
        this.#letGo.delete(id);
        continue;
      }
      if (unusedSince === undefined) return held;
      if (await store.putDocument(recordOf(id, record.version + 1, document))) return held;
    }
  }

  /** The data key that has sealed something. `what` names that for people. */
  find(id: string, what: string): Promise<HeldKey> {
    return this.#fresh(id, async () => (await this.#stored(id)) ?? Promise.reject(gone(what)));
  }

  /** Nothing is asked for any more. */
  close(): void {
    this.#isClosed = true;
    for (const disarm of this.#timers.values()) disarm();
    this.#timers.clear();
    this.#held.clear();
  }

  #given(id: string, key: CustomerKey): Promise<HeldKey> {
    return this.#fresh(id, () => this.#foundOrMade(id, key));
  }

  async #fresh(id: string, find: () => Promise<CustomerKeyDocument>): Promise<HeldKey> {
    const now = this.#options.clock.now();
    const held = this.#held.get(id);
    if (held !== undefined && now < held.reusableUntil) return held;
    const refused = this.#refused.get(id);
    if (refused !== undefined && now < refused.until) throw refused.reason;
    return this.#ask(id, find);
  }

  /** Asks the keeper; who wants the same key meanwhile waits for the same answer. */
  #ask(id: string, find: () => Promise<CustomerKeyDocument>): Promise<HeldKey> {
    let asking = this.#asking.get(id);
    if (asking === undefined) {
      asking = this.#unwrapped(id, find).finally(() => this.#asking.delete(id));
      this.#asking.set(id, asking);
    }
    return asking;
  }

  async #unwrapped(id: string, find: () => Promise<CustomerKeyDocument>): Promise<HeldKey> {
    const { clock, providerOf } = this.#options;
    const document = await find().catch((error: unknown) => {
      throw error instanceof KeyUnavailable ? new CustomerKeyUnavailable(id, error) : error;
    });
    const { resourceArn, kmsKeyId, reuseSeconds, wrapped } = document;
    const bytes = await this.#kept(id, document, async () => {
      const provider = providerOf(kmsKeyId);
      return provider.unwrap(wrapped, contextOf(id, document));
    });
    const held =
      this.#held.get(id) ??
      this.#letGo.get(id)?.deref() ??
      new HeldKey({ resourceArn, kmsKeyId, reuseSeconds, wrapped }, dataKeyOf(id, bytes), (key) =>
        this.#hold(id, key),
      );
    held.givenAt = clock.now();
    this.#hold(id, held);
    held.renewed();
    return held;
  }

  #hold(id: string, held: HeldKey): void {
    this.#letGo.delete(id);
    this.#held.set(id, held);
    this.#arm(id, held.reusableUntil);
  }

  #drop(id: string, held: HeldKey): void {
    this.#held.delete(id);
    this.#letGo.set(id, new WeakRef(held));
  }

  /** What a keeper answers; that it refuses is remembered for a while. */
  async #kept<T>(id: string, { kmsKeyId }: CustomerKey, ask: () => Promise<T>): Promise<T> {
    try {
      const answer = await ask();
      this.#refused.delete(id);
      return answer;
    } catch (error) {
      if (!(error instanceof KeyUnavailable)) throw error;
      const reason = new CustomerKeyUnavailable(kmsKeyId, error);
      this.#refused.set(id, { reason, until: this.#options.clock.now() + askAgainMs });
      throw reason;
    }
  }

  async #stored(id: string): Promise<CustomerKeyDocument | undefined> {
    const record = await this.#options.store.document(customerKeyCollection, id);
    return record && documentOf(record);
  }

  async #foundOrMade(id: string, key: CustomerKey): Promise<CustomerKeyDocument> {
    for (;;) {
      const found = await this.#stored(id);
      if (found !== undefined) return found;
      const { resourceArn, kmsKeyId, reuseSeconds } = key;
      const wrapped = await this.#kept(id, key, async () => {
        const provider = this.#options.providerOf(kmsKeyId);
        return provider.wrap(randomBytes(dataKeyBytes), contextOf(id, key));
      });
      // Another node may be the first: then its key is the one.
      const made = recordOf(id, 1, { resourceArn, kmsKeyId, reuseSeconds, wrapped });
      await this.#options.store.putDocument(made);
    }
  }

  #arm(id: string, at: EpochMs): void {
    if (this.#isClosed) return;
    this.#timers.get(id)?.();
    this.#timers.set(
      id,
      this.#options.clock.schedule(at, () => {
        this.#timers.delete(id);
        this.#expired(id);
      }),
    );
  }

  #expired(id: string): void {
    const held = this.#held.get(id);
    if (held === undefined) return;
    if (held.isRetained) void this.#renew(id, held);
    else this.#drop(id, held);
  }

  /** Our choice: a keeper that does not answer costs nobody his key until the time of one more reuse is over. */
  #isOver({ reusableUntil, reuseMs }: HeldKey): boolean {
    return this.#options.clock.now() >= reusableUntil + reuseMs;
  }

  async #renew(id: string, held: HeldKey): Promise<void> {
    try {
      const what = held.customerKey.resourceArn;
      await this.#ask(id, async () => (await this.#stored(id)) ?? Promise.reject(gone(what)));
    } catch (error) {
      const reason =
        error instanceof CustomerKeyUnavailable ? error : unreachable(held, error as Error);
      if (!reason.isRefusal && !this.#isOver(held)) {
        return this.#arm(id, this.#options.clock.now() + renewAgainMs);
      }
      this.#drop(id, held);
      held.lose(reason);
    }
  }
}

function isRefusal(error: unknown): boolean {
  return !(error instanceof CustomerKeyUnavailable) || error.isRefusal;
}

/** The store did not answer: the data key is in it. */
function unreachable({ customerKey }: HeldKey, cause: Error): CustomerKeyUnavailable {
  const reason = new KeyUnavailable("unreachable", cause.message, { cause });
  return new CustomerKeyUnavailable(customerKey.kmsKeyId, reason);
}

/** Whoever deletes a data key destroys what it has sealed. */
function gone(what: string): KeyUnavailable {
  return new KeyUnavailable("wrong", `the data key that has sealed ${what} is not in the store`);
}
