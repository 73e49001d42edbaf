import { isIPv6 } from "node:net";
import { TokenBuckets } from "../../service/token-buckets.ts";

/** Our choices: a client that is set up wrongly sees its error, and who guesses gets ten guesses a second. */
const perAddress = { tokens: 100, refillPerSecond: 10 };
const maxTrusted = 10_000;

/**
 * Keeps an address from trying keys without end. A key that was rightly used from there goes on to be served: behind one address
 * may be many callers, and none of them should lock out the others.
 */
export class FailedAttempts {
  readonly #failures = new TokenBuckets(perAddress);
  readonly #trusted = new Set<string>();

  /** Whether a request from there, with that key, is looked at. */
  mayTry(address: string, accessKeyId: string, now: number): boolean {
    return (
      this.#trusted.has(`${accessKeyId} ${address}`) || this.#failures.has(placeOf(address), now)
    );
  }

  failed(address: string, now: number): void {
    this.#failures.take(placeOf(address), now);
  }

  succeeded(address: string, accessKeyId: string): void {
    const name = `${accessKeyId} ${address}`;
    if (this.#trusted.has(name)) return;
    if (this.#trusted.size >= maxTrusted) {
      const [oldest] = this.#trusted;
      if (oldest !== undefined) this.#trusted.delete(oldest);
    }
    this.#trusted.add(name);
  }
}

/** What an address counts as: of IPv6 everybody has as many addresses as he likes in his network of 64 bits. */
export function placeOf(address: string): string {
  if (!isIPv6(address)) return address;
  const [head = "", tail] = address.split("::");
  const before = head === "" ? [] : head.split(":");
  const after = tail === undefined || tail === "" ? [] : tail.split(":");
  const gap = Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => "0");
  return [...before, ...gap, ...after].slice(0, 4).join(":");
}
