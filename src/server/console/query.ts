/** Our choice: rows of one page. */
const largestPage = 1_000;

/** What is asked behind the question mark. */
export class Query {
  readonly #asked: URLSearchParams;

  constructor(asked: URLSearchParams) {
    this.#asked = asked;
  }

  text(name: string): string | undefined {
    return this.#asked.get(name) ?? undefined;
  }

  /** A whole number, or nothing. */
  number(name: string): number | undefined {
    const text = this.#asked.get(name);
    return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
  }

  /** `from` and `to`, if they make a time. */
  window(): { readonly from: number; readonly to: number } | undefined {
    const [from, to] = [this.number("from"), this.number("to")];
    return from !== undefined && to !== undefined && from < to ? { from, to } : undefined;
  }

  /** Those that are there. */
  texts<N extends string>(...names: readonly N[]): { readonly [K in N]?: string } {
    return present(names, (name) => this.text(name));
  }

  numbers<N extends string>(...names: readonly N[]): { readonly [K in N]?: number } {
    return present(names, (name) => this.number(name));
  }

  /** Where a page begins, and how long it is. */
  page(usual: number): { readonly offset: number; readonly limit: number } {
    const limit = Math.min(Math.max(this.number("limit") ?? usual, 1), largestPage);
    return { offset: this.number("offset") ?? 0, limit };
  }
}

function present<N extends string, T>(
  names: readonly N[],
  read: (name: N) => T | undefined,
): { readonly [K in N]?: T } {
  const entries = names.flatMap((name) => {
    const value = read(name);
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(entries) as { readonly [K in N]?: T };
}
