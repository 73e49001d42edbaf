import type { TestCase } from "../../../../../src/console/view-types.ts";

/**
 * Test cases of a workflow that is not saved yet: those of a server belong to a state machine. They are kept with the draft, and
 * are given to the server when the workflow is created.
 */
export class NewCases {
  #cases: readonly TestCase[];
  readonly #listeners = new Set<() => void>();

  constructor(cases: readonly TestCase[] = []) {
    this.#cases = cases;
  }

  get cases(): readonly TestCase[] {
    return this.#cases;
  }

  set(cases: readonly TestCase[]): void {
    this.#cases = cases;
    for (const listener of this.#listeners) listener();
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
