import type { EpochMs } from "../../machine/ids.ts";

/** *Documented*: quotas of API destinations: invocations in a second where none are said. */
export const usualPerSecond = 300;

/** *Our choices*: calls whose second is remembered, and destinations. What is forgotten is given a second anew. */
const mostPromised = 50_000;
const mostDestinations = 3_000;

const secondMs = 1_000;

/** The seconds of one destination: all before `second` have as many calls as they may, and `second` has `used`. */
interface Pace {
  readonly second: number;
  readonly used: number;
}

/**
 * Says when destinations may be called, so that none is called more often in a second than it allows: what comes beyond that is promised a place in
 * the first second that has one, in the order in which it came. *Our choice*: each node of a cluster counts for itself.
 */
export class InvocationPace {
  readonly #paces = new Map<string, Pace>();
  /** When calls may be made, by what they are about. */
  readonly #promised = new Map<string, EpochMs>();

  /** `undefined`: it may be called now. Otherwise when it is to be asked again about the same call. */
  notBefore(
    destination: string,
    call: string,
    { perSecond = usualPerSecond, now }: { readonly perSecond?: number | undefined; now: EpochMs },
  ): EpochMs | undefined {
    const key = `${destination} ${call}`;
    const promised = this.#promised.get(key);
    if (promised !== undefined) {
      if (promised > now) return promised;
      this.#promised.delete(key);
      return undefined;
    }
    const current = Math.floor(now / secondMs);
    const second = this.#place(destination, current, perSecond);
    if (second === current) return undefined;
    const at = second * secondMs;
    this.#promised.set(key, at);
    forgetFirst(this.#promised, mostPromised);
    return at;
  }

  /** Takes a place in the first second that has one. */
  #place(destination: string, current: number, perSecond: number): number {
    const known = this.#paces.get(destination);
    const last =
      known === undefined || known.second < current ? { second: current, used: 0 } : known;
    const next =
      last.used < perSecond
        ? { second: last.second, used: last.used + 1 }
        : { second: last.second + 1, used: 1 };
    this.#paces.delete(destination);
    this.#paces.set(destination, next);
    forgetFirst(this.#paces, mostDestinations);
    return next.second;
  }
}

function forgetFirst(map: Map<string, unknown>, most: number): void {
  if (map.size <= most) return;
  const [first] = map.keys();
  if (first !== undefined) map.delete(first);
}
