import type { SQLInputValue } from "node:sqlite";
import { type RowKind, type Scalar, valuesOf, type WrittenRowKind } from "../rows/row-kind.ts";

/** A value as SQLite takes it: it has no booleans, but 1 and 0. */
export function inputOf(value: Scalar): SQLInputValue {
  return typeof value === "boolean" ? Number(value) : value;
}

/** The values of a record's row. */
export function inputsOf<R>(kind: WrittenRowKind<R>, record: R): SQLInputValue[] {
  return valuesOf(kind, record).map(inputOf);
}

/** Inserts {@link inputsOf}. */
export function insertRow({ table, columns }: Pick<RowKind<never>, "table" | "columns">): string {
  return insertInto(table, Object.keys(columns));
}

export function insertInto(table: string, columns: readonly string[]): string {
  return `INSERT INTO ${table} (${columns.join(", ")}) VALUES (${columns.map(() => "?").join(", ")})`;
}
