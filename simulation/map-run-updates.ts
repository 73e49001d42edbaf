import { Violation } from "./violation.ts";

/** What clients have asked of Map Runs while they were under way, and what they were told. */
export class MapRunUpdates {
  /** The highest concurrency that was asked for: it may hold from then on. */
  readonly #highest = new Map<string, number>();
  /** The one that was accepted, if nothing was asked for since. */
  readonly #accepted = new Map<string, number>();
  /** How many were asked for, and how many of them are done: one that was lost may be done at any time. */
  readonly #counts = new Map<string, { asked: number; done: number }>();

  /** One is about to be asked for. The result is told that it was accepted. */
  asked(mapRunArn: string, maxConcurrency: number): () => void {
    this.#highest.set(mapRunArn, Math.max(this.#highest.get(mapRunArn) ?? 0, maxConcurrency));
    this.#accepted.delete(mapRunArn);
    const counts = this.#counts.get(mapRunArn) ?? { asked: 0, done: 0 };
    this.#counts.set(mapRunArn, counts);
    const isAlone = counts.asked === counts.done;
    const number = ++counts.asked;
    return () => {
      counts.done += 1;
      // Of two at once nobody knows which was the last.
      if (isAlone && counts.asked === number) this.#accepted.set(mapRunArn, maxConcurrency);
    };
  }

  /** How many children it may have at most, if it began with so many. */
  most(mapRunArn: string, maxConcurrency: number): number {
    return Math.max(maxConcurrency, this.#highest.get(mapRunArn) ?? 0);
  }

  /** What must be shown of it now; `undefined`: that is not known. */
  known(mapRunArn: string): number | undefined {
    return this.#accepted.get(mapRunArn);
  }

  /** It was shown, or is stored, with this concurrency; `known` is what was accepted when it was asked for. */
  shown(mapRunArn: string, known: number | undefined, maxConcurrency: number | undefined): void {
    // Something else may have been asked for meanwhile.
    if (known === undefined || this.#accepted.get(mapRunArn) !== known) return;
    if (maxConcurrency === known) return;
    throw new Violation(
      "updates of Map Runs hold",
      `${mapRunArn} was given a concurrency of ${known}, and has ${maxConcurrency ?? "none"}`,
    );
  }

  /** Looks at all whose concurrency is known. */
  async settled(stored: (mapRunArn: string) => Promise<number | undefined>): Promise<void> {
    for (const [mapRunArn, known] of this.#accepted) {
      this.shown(mapRunArn, known, await stored(mapRunArn));
    }
  }
}
