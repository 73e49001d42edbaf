/** A row of a statement, as a driver gives it. */
export type Row = { readonly [column: string]: unknown };

/** What a column can hold. */
export type Scalar = string | number | boolean | null;

/** Columns with their types in PostgreSQL. SQLite has the same names. */
export interface Columns {
  readonly [column: string]: "text" | "bigint" | "integer" | "smallint" | "boolean";
}

/** How records of a kind are kept as rows, with the columns that the tables of every store have for them. */
export interface RowKind<R, C extends string = string> {
  readonly table: string;
  readonly columns: Pick<Columns, C>;
  readonly recordOf: (row: Row) => R;
  readonly rowOf: (record: R) => { readonly [column in C]: Scalar };
}

/** A kind whose key is the same in every store; dumps are in its order. */
export interface KeyedRowKind<R, C extends string = string> extends RowKind<R, C> {
  readonly key: readonly C[];
}

/** What it takes to write records. */
export type WrittenRowKind<R> = Pick<RowKind<R>, "table" | "columns" | "rowOf">;

/** The columns as SQL lists them; `table` is what the statement calls the table, if it says so. */
export function columnList({ columns }: Pick<RowKind<never>, "columns">, table?: string): string {
  const prefix = table === undefined ? "" : `${table}.`;
  return Object.keys(columns)
    .map((column) => prefix + column)
    .join(", ");
}

/** The values of a record's row, in the order of {@link columnList}. */
export function valuesOf<R>({ columns, rowOf }: WrittenRowKind<R>, record: R): Scalar[] {
  const row = rowOf(record);
  return Object.keys(columns).map((column) => row[column] ?? null);
}

/** What makes an insert replace the row that has its key. */
export function orReplace({ columns, key }: Pick<KeyedRowKind<never>, "columns" | "key">): string {
  const others = Object.keys(columns).filter((column) => !key.includes(column));
  const changes = others.map((column) => `${column} = excluded.${column}`);
  return `ON CONFLICT (${key.join(", ")}) DO UPDATE SET ${changes.join(", ")}`;
}
