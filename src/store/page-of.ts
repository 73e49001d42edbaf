/**
 * The page that rows are read for, by a query that asked for one row more than the page holds: that one shows that
 * another page follows, which begins after the last row shown.
 */
export function pageOf<Row, Item>(
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

/** The first text after all that begin with `prefix`, in the order of their characters; past all texts for none. */
export function endOfPrefix(prefix: string): string {
  const last = prefix.length - 1;
  if (last < 0) return "\u{10ffff}";
  return prefix.slice(0, last) + String.fromCharCode(prefix.charCodeAt(last) + 1);
}
