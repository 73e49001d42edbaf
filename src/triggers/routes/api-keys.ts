import { createHash, timingSafeEqual } from "node:crypto";

/** A key that clients show; of itself only its hash is kept. */
export interface ApiKeyRecord {
  readonly name: string;
  /** SHA-256 of the key, in hexadecimal digits. A key is a long random text: nothing slower is needed. */
  readonly hash: string;
}

/** How often a key was taken, as this process has counted. */
export interface ApiKeyUsage {
  readonly name: string;
  readonly requests: number;
  readonly lastUsedAt: number | undefined;
}

export function hashOfKey(key: string): string {
  return createHash("sha256").update(key).digest("hex");
}

/** The keys of one API, and how often each was taken. */
export class ApiKeys {
  readonly #keys: readonly { readonly name: string; readonly hash: Buffer }[];
  readonly #used = new Map<string, { requests: number; lastUsedAt: number }>();

  constructor(keys: readonly ApiKeyRecord[]) {
    this.#keys = keys.map(({ name, hash }) => ({ name, hash: Buffer.from(hash, "hex") }));
  }

  /** The name of the key that was shown; `undefined`: it is none of these. */
  take(shown: string | undefined, now: number): string | undefined {
    if (shown === undefined) return undefined;
    const hash = Buffer.from(hashOfKey(shown), "hex");
    const found = this.#keys.find((key) => timingSafeEqual(key.hash, hash))?.name;
    if (found !== undefined) {
      const { requests } = this.#used.get(found) ?? { requests: 0 };
      this.#used.set(found, { requests: requests + 1, lastUsedAt: now });
    }
    return found;
  }

  usage(): readonly ApiKeyUsage[] {
    return this.#keys.map(({ name }) => {
      const used = this.#used.get(name);
      return { name, requests: used?.requests ?? 0, lastUsedAt: used?.lastUsedAt };
    });
  }
}
