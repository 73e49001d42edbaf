import type { Row } from "./execution-row.ts";

/**
 * The page that rows are read for, by a query that asked for one row more than the page holds: that one shows that
 * another page follows, which begins after the last row shown.
 */
export function pageOf<Item>(
  rows: readonly Row[],
  limit: number,
  itemOf: (row: Row) => Item,
  positionOf: (last: Row) => string,
): { items: Item[]; next?: string } {
  const shown = rows.slice(0, limit);
  const items = shown.map((row) => itemOf(row));
  const last = shown.at(-1);
  if (last === undefined || rows.length === shown.length) return { items };
  return { items, next: positionOf(last) };
}
