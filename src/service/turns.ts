export interface MostTurns {
  readonly atOnce: number;
  readonly waiting: number;
  /** What whoever comes then is told. */
  readonly refusal: () => Error;
}

/** Lets so many go on at a time, and so many more wait; whoever comes then is refused. */
export class Turns {
  readonly #most: MostTurns;
  #running = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(most: MostTurns) {
    this.#most = most;
  }

  async take<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running >= this.#most.atOnce) {
      if (this.#waiting.length >= this.#most.waiting) throw this.#most.refusal();
      // Whoever ends hands on his place.
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    } else this.#running++;
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#running--;
      else next();
    }
  }
}
