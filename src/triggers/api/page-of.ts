/** A page of what is sorted by its names: those after the token, which is the last name of the page before. */
export function pageOf<T>(
  items: readonly T[],
  nameOf: (item: T) => string,
  { limit, token }: { readonly limit: number; readonly token?: string | undefined },
): { readonly items: readonly T[]; readonly next: string | undefined } {
  const from = token === undefined ? items : items.filter((item) => nameOf(item) > token);
  const page = from.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page,
    next: from.length > page.length && last !== undefined ? nameOf(last) : undefined,
  };
}

/** *Documented*: the most, and what holds where nothing is said. */
export const usualLimit = 100;

/** All that a generator gives. */
export async function listed<T>(all: AsyncGenerator<{ readonly value: T }>): Promise<readonly T[]> {
  const items: T[] = [];
  for await (const { value } of all) items.push(value);
  return items;
}
