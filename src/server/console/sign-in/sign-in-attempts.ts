import { TokenBuckets } from "../../../service/token-buckets.ts";
import { placeOf } from "../../limits/failed-attempts.ts";

/** Our choices: who mistypes gets his tries, and who guesses gets a few dozen an hour from one place. */
const ofPlaceAndName = { tokens: 10, refillPerSecond: 1 / 60 };
const ofPlace = { tokens: 30, refillPerSecond: 1 / 30 };
/** Our choice: for guesses from many places. */
const ofName = { tokens: 100, refillPerSecond: 1 / 30 };
const mostTrusted = 10_000;

/**
 * Keeps passwords from being guessed: by the name, by the place, and by both. A place that the name's owner has signed in from goes on to
 * be heard, so that nobody can lock him out from elsewhere. Each node counts for itself.
 */
export class SignInAttempts {
  readonly #ofPlaceAndName = new TokenBuckets(ofPlaceAndName);
  readonly #ofPlace = new TokenBuckets(ofPlace);
  readonly #ofName = new TokenBuckets(ofName);
  readonly #trusted = new Set<string>();

  /** Whether a password is looked at. It counts as wrong until {@link succeeded}. */
  mayTry(address: string, name: string, now: number): boolean {
    const [place, both, who] = keysOf(address, name);
    if (!this.#ofPlace.has(place, now) || !this.#ofPlaceAndName.has(both, now)) return false;
    if (!this.#trusted.has(both)) {
      if (!this.#ofName.has(who, now)) return false;
      this.#ofName.take(who, now);
    }
    this.#ofPlace.take(place, now);
    this.#ofPlaceAndName.take(both, now);
    return true;
  }

  succeeded(address: string, name: string): void {
    const [, both] = keysOf(address, name);
    const [oldest] = this.#trusted;
    if (this.#trusted.size >= mostTrusted && oldest !== undefined) this.#trusted.delete(oldest);
    this.#trusted.add(both);
  }
}

/** Names of any length are as good as their beginning. */
function keysOf(address: string, name: string): readonly [string, string, string] {
  const place = placeOf(address);
  const who = name.toLowerCase().slice(0, 64);
  return [place, `${place} ${who}`, who];
}
