import { createContext, use } from "react";

/** Where a path from the tree of data goes: the expression that was typed into last. */
export interface InsertTarget {
  readonly insert: (text: string) => void;
  /** Whether it is an expression of its own, and not a text in a template that may need `{% %}` around it. */
  readonly isTemplate: boolean;
}

/** Keeps which field that is. One is around the fields of a state. */
export class InsertTargets {
  #target: InsertTarget | undefined;
  readonly #listeners = new Set<() => void>();

  get target(): InsertTarget | undefined {
    return this.#target;
  }

  take(target: InsertTarget): void {
    this.#target = target;
    this.#tell();
  }

  leave(target: InsertTarget): void {
    if (this.#target !== target) return;
    this.#target = undefined;
    this.#tell();
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

export const InsertContext = createContext<InsertTargets>(new InsertTargets());

export function useInsertTargets(): InsertTargets {
  return use(InsertContext);
}
