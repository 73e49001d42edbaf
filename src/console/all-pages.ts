import type { Page, PageRequest } from "../ports/store.ts";

const readAtOnce = 500;

/** All that the store has page by page: other requests are answered in between. */
export async function* allPages<T>(
  read: (page: PageRequest) => Promise<Page<T>>,
): AsyncGenerator<T> {
  let after: string | undefined;
  do {
    const page = await read({ limit: readAtOnce, ...(after !== undefined && { after }) });
    yield* page.items;
    after = page.next;
  } while (after !== undefined);
}
