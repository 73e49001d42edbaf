import type { KeyRing } from "./key-ring.ts";
import type { SealedKind } from "./sealed-records.ts";
import type { DataKey } from "./data-key.ts";
import { sealRepeatably, sealText } from "./seal-text.ts";
import { openText, readSealed, SealViolation } from "./sealed-text.ts";

/** Where a text belongs, and what it is called. */
export interface Place {
  readonly key: readonly (string | number)[];
  readonly name: string;
}

export interface OpenedText {
  readonly text: string;
  /** Absent: it was plain. */
  readonly header?: string;
}

/** Seals texts and records with the keys of a store, and opens them. */
export class Seals {
  readonly ring: KeyRing;
  readonly #isRepeatable: boolean;

  /** `isRepeatable`: the same text in the same place is sealed to the same. */
  constructor(ring: KeyRing, { isRepeatable = false }: { readonly isRepeatable?: boolean } = {}) {
    this.ring = ring;
    this.#isRepeatable = isRepeatable;
  }

  seal(text: string, { key }: Pick<Place, "key">, header = ""): string {
    const seal = this.#isRepeatable ? sealRepeatably : sealText;
    return seal({ text, place: JSON.stringify(key), header }, this.ring.active());
  }

  /** Throws an {@link UnknownKey} if its key must be looked for: see {@link opened}. */
  open(text: string, { key, name }: Place): OpenedText {
    const sealed = readSealed(text, name);
    if (sealed === undefined) {
      if (this.ring.plainTexts === "accepted") return { text };
      throw new SealViolation(
        `${name} is not sealed, and everything in this store is: somebody else has written it`,
      );
    }
    const dataKey = this.ring.known(sealed.keyId);
    if (dataKey === undefined) throw new UnknownKey(sealed.keyId, name);
    const opened = openText(sealed, { key: dataKey, place: JSON.stringify(key), what: name });
    return { text: opened, header: sealed.header };
  }

  sealRecord<R>(kind: SealedKind<R>, record: R): R {
    const key = kind.key(record);
    return kind.map(record, (text, member) => this.seal(text, { key: [...key, member] }));
  }

  openRecord<R>(kind: SealedKind<R>, record: R): R {
    const [key, name] = [kind.key(record), kind.name(record)];
    return kind.map(
      record,
      (text, member) => this.open(text, { key: [...key, member], name }).text,
    );
  }

  /** What `work` opens; keys that it lacks are looked for, and it is done again. */
  async opened<T>(work: () => T): Promise<T> {
    for (;;) {
      try {
        return work();
      } catch (error) {
        if (!(error instanceof UnknownKey)) throw error;
        await this.find(error);
      }
    }
  }

  find({ keyId, what }: UnknownKey): Promise<DataKey> {
    return this.ring.find(keyId, what);
  }
}

/** A key that this process has not seen yet: another may have made it. */
export class UnknownKey extends Error {
  override readonly name = "UnknownKey";
  readonly keyId: string;
  readonly what: string;

  constructor(keyId: string, what: string) {
    super(`${what} is sealed with the data key ${keyId}`);
    this.keyId = keyId;
    this.what = what;
  }
}
