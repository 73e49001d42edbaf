import {
  columnList,
  type Columns,
  type KeyedRowKind,
  orReplace,
  type Scalar,
} from "../rows/row-kind.ts";
import type { Value } from "./values.ts";

/** Rows as SQL that come as one array for each column; the parameters follow `before` others. */
export function unnest(columns: Columns, before = 0): string {
  const arrays = Object.values(columns).map((type, index) => `$${before + index + 1}::${type}[]`);
  return `unnest(${arrays.join(", ")})`;
}

/** The arrays of {@link unnest}. */
export function arraysOf(
  columns: Columns,
  rows: readonly { readonly [column: string]: Scalar }[],
): Value[] {
  return Object.keys(columns).map((column) => rows.map((row) => row[column] ?? null));
}

/** Inserts the values of a row, or replaces the row with its key. */
export function insertOrReplace(
  kind: Pick<KeyedRowKind<never>, "table" | "columns" | "key">,
): string {
  const parameters = Object.keys(kind.columns).map((_, index) => `$${index + 1}`);
  return `INSERT INTO @${kind.table} (${columnList(kind)}) VALUES (${parameters.join(", ")}) ${orReplace(kind)}`;
}
