import { ApiError } from "../../../service/errors/api-error.ts";

/** Lets so many go on at a time, and so many more wait; whoever comes then is told to come later. */
export class Turns {
  readonly #most: { readonly atOnce: number; readonly waiting: number };
  #running = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(most: { readonly atOnce: number; readonly waiting: number }) {
    this.#most = most;
  }

  async take<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running >= this.#most.atOnce) {
      if (this.#waiting.length >= this.#most.waiting) {
        throw new ApiError(
          "ThrottlingException",
          "Too many simulations are under way: try again in a moment.",
        );
      }
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
