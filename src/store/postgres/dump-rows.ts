import type { DumpKind, DumpRecords } from "../../ports/store-dump.ts";
import type { Page, PageRequest } from "../../ports/store.ts";
import type { Database } from "./database.ts";
import {
  executionKey,
  type PagedKind,
  type PagedTable,
  pagedTables,
  type WrittenKind,
  type WrittenTable,
  writtenTables,
} from "./dump-tables.ts";
import { arraysOf, unnest } from "./row-parameters.ts";
import { bulkWaitMs, type Statement, statement } from "./statement.ts";

interface PagedStatements {
  readonly first: Statement;
  readonly rest: Statement;
}

const paged = mapKinds<PagedKind, PagedStatements>(pagedTables, pagedStatements);
const written = mapKinds<WrittenKind, WrittenStatements>(writtenTables, writtenStatements);

function pagedStatements(kind: DumpKind, table: PagedTable<never>): PagedStatements {
  const { from, select, key } = table;
  const order = key.map(([expression]) => expression).join(", ");
  const shown = key.map(([expression], index) => `(${expression})::text AS key${index}`).join(", ");
  const after = key.map(([, type], index) => `$${index + 2}::text::${type}`).join(", ");
  const make = (name: string, where: string): Statement =>
    statement(
      `dump_${kind}_${name}`,
      `SELECT ${select}, ${shown} FROM ${from} ${where} ORDER BY ${order} LIMIT $1`,
      bulkWaitMs,
    );
  return { first: make("first", ""), rest: make("rest", `WHERE (${order}) > (${after})`) };
}

/** A page of a kind, in the order of its key. */
export async function readPage<K extends PagedKind>(
  database: Database,
  kind: K,
  { limit, after }: PageRequest,
): Promise<Page<DumpRecords[K]>> {
  const { first, rest } = paged[kind];
  const { key, recordOf } = pagedTables[kind] as PagedTable<DumpRecords[K]>;
  const rows =
    after === undefined
      ? await database.rows(first, limit + 1)
      : await database.rows(rest, limit + 1, ...(JSON.parse(after) as string[]));
  const shown = rows.slice(0, limit);
  const items = shown.map(recordOf);
  const last = shown.at(-1);
  if (last === undefined || rows.length === shown.length) return { items };
  return { items, next: JSON.stringify(key.map((_, index) => last[`key${index}`])) };
}

interface WrittenStatements {
  readonly insert: Statement;
  /** The first of the rows, from 1, that is not stored as it is given; null if all are. */
  readonly differing: Statement;
}

function writtenStatements(kind: DumpKind, table: WrittenTable<never>): WrittenStatements {
  const { into, given, ofExecution, fixed, key } = table;
  const names = Object.keys(given);
  const own = ofExecution ? names.filter((name) => !(name in executionKey)) : names;
  const columns = {
    ...(ofExecution && { part: "e.part", execution: "e.id" }),
    ...Object.fromEntries(own.map((name) => [name, `u.${name}`])),
    ...fixed,
  };
  const rows = unnest(given);
  const matches = Object.keys(executionKey).map((name) => `e.${name} = u.${name}`);
  const joined = ofExecution ? `JOIN @executions e ON ${matches.join(" AND ")}` : "";
  const same = Object.entries(columns).map(([name, expression]) =>
    key.includes(name)
      ? `t.${name} = ${expression}`
      : `t.${name} IS NOT DISTINCT FROM ${expression}`,
  );
  return {
    insert: statement(
      `dump_${kind}_insert`,
      `INSERT INTO ${into} (${Object.keys(columns).join(", ")})
       SELECT ${Object.values(columns).join(", ")}
       FROM ${rows} AS u(${names.join(", ")}) ${joined}
       ON CONFLICT DO NOTHING RETURNING 1 AS added`,
      bulkWaitMs,
    ),
    differing: statement(
      `dump_${kind}_differing`,
      `SELECT min(u.n) AS n FROM ${rows} WITH ORDINALITY AS u(${names.join(", ")}, n)
       WHERE NOT EXISTS (
         SELECT 1 FROM ${into} t ${joined}
         WHERE ${same.join(" AND ")})`,
      bulkWaitMs,
    ),
  };
}

/** Writes records that follow `before` others; the answer is the one that something else is in the place of. */
export async function writeRows<K extends WrittenKind>(
  database: Database,
  partitions: number,
  kind: K,
  records: readonly DumpRecords[K][],
  before: number,
): Promise<DumpRecords[K] | undefined> {
  if (records.length === 0) return undefined;
  const { given, rowOf } = writtenTables[kind] as WrittenTable<DumpRecords[K]>;
  const rows = records.map((record, index) => rowOf(record, before + index + 1, partitions));
  const values = arraysOf(given, rows);
  const added = await database.rows(written[kind].insert, ...values);
  if (added.length === records.length) return undefined;
  const [answer] = await database.rows(written[kind].differing, ...values);
  const number = answer?.["n"];
  return typeof number === "number" ? records[number - 1] : undefined;
}

function mapKinds<K extends DumpKind, S>(
  tables: { readonly [kind in K]: unknown },
  make: (kind: K, table: never) => S,
): { readonly [kind in K]: S } {
  return Object.fromEntries(
    Object.entries(tables).map(([kind, table]) => [kind, make(kind as K, table as never)]),
  ) as { readonly [kind in K]: S };
}
