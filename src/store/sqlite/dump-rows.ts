import type { DatabaseSync, SQLInputValue } from "node:sqlite";
import type { Page, PageRequest } from "../../ports/store.ts";
import type { Row } from "../rows/row-kind.ts";
import type { DumpTable, Numbers } from "./dump-tables.ts";
import { insertInto } from "./row-parameters.ts";

/** A page of a table's records. */
export function pageReader<R>(
  database: DatabaseSync,
  { select, from, key, recordOf }: Pick<DumpTable<R>, "select" | "from" | "key" | "recordOf">,
): (page: PageRequest) => Page<R> {
  const order = key.join(", ");
  const places = key.map(() => "?").join(", ");
  const names = key.map((column) => column.slice(column.indexOf(".") + 1));
  const query = (where: string): string =>
    `SELECT ${select} FROM ${from} ${where} ORDER BY ${order} LIMIT ?`;
  const first = database.prepare(query(""));
  const rest = database.prepare(query(`WHERE (${order}) > (${places})`));

  return ({ after, limit }) => {
    const rows: Row[] =
      after === undefined
        ? first.all(limit + 1)
        : rest.all(...(JSON.parse(after) as SQLInputValue[]), limit + 1);
    const shown = rows.slice(0, limit);
    const items = shown.map(recordOf);
    const last = shown.at(-1);
    if (last === undefined || rows.length === shown.length) return { items };
    return { items, next: JSON.stringify(names.map((name) => last[name])) };
  };
}

/** Writes a record at its place; false if something else is there. */
export type RowWriter<R> = (record: R, place: number) => boolean;

export function rowWriter<R>(
  database: DatabaseSync,
  { into, columns, rowOf }: Pick<DumpTable<R>, "into" | "columns" | "rowOf">,
  numbers: Numbers,
): RowWriter<R> {
  const insert = database.prepare(`${insertInto(into, columns)} ON CONFLICT DO NOTHING`);
  const same = database.prepare(
    `SELECT 1 FROM ${into} WHERE ${columns.map((column) => `${column} IS ?`).join(" AND ")}`,
  );
  return (record, place) => {
    const row = rowOf(record, place, numbers);
    return (
      !row.some(Number.isNaN) &&
      (insert.run(...row).changes === 1 || same.get(...row) !== undefined)
    );
  };
}
