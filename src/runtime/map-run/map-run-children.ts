import type { MapRunChildFilter } from "../../ports/map-run-store.ts";
import type { ExecutionRecord, Store } from "../../ports/store.ts";

/** Children that are read from the store at a time. */
const childrenRead = 500;

/** The children of a Map Run in the order of their items, some at a time. */
export async function* mapRunChildren(
  store: Store,
  filter: MapRunChildFilter,
): AsyncGenerator<readonly ExecutionRecord[]> {
  let after: string | undefined;
  do {
    const page = await store.mapRunChildren(filter, {
      limit: childrenRead,
      ...(after === undefined ? {} : { after }),
    });
    yield page.items;
    after = page.next;
  } while (after !== undefined);
}
