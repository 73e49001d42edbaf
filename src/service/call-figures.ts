import { type Counter, type Figures, type Histogram, secondsBounds } from "../ports/figures.ts";
import { ApiError } from "./errors/api-error.ts";

/** Counts the calls of one operation, whoever makes them. */
export class CallFigures {
  readonly #figures: Figures;
  readonly #operation: string;
  readonly #seconds: Histogram;
  /** By the code that the call was answered with. */
  readonly #calls = new Map<string, Counter>();

  constructor(figures: Figures, operation: string) {
    this.#figures = figures;
    this.#operation = operation;
    this.#seconds = figures.histogram(
      "stepwell_call_duration_seconds",
      "How long calls of the API took",
      secondsBounds,
      { operation },
    );
  }

  /** Performs a call, and counts what came of it. */
  async counted<T>(perform: () => Promise<T>): Promise<T> {
    const begun = performance.now();
    try {
      const answer = await perform();
      this.#count("OK", begun);
      return answer;
    } catch (error) {
      this.#count(error instanceof ApiError ? error.code : "InternalFailure", begun);
      throw error;
    }
  }

  #count(code: string, begun: number): void {
    let counter = this.#calls.get(code);
    if (counter === undefined) {
      const labels = { operation: this.#operation, code };
      counter = this.#figures.counter("stepwell_calls_total", "Calls of the API", labels);
      this.#calls.set(code, counter);
    }
    counter.add();
    this.#seconds.observe((performance.now() - begun) / 1_000);
  }
}
