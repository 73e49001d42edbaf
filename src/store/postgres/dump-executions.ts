import { partitionOf } from "../../ports/partition-of.ts";
import { DamagedJournal, type DumpedChunk, type DumpedExecution } from "../../ports/store-dump.ts";
import type { Page, PageRequest } from "../../ports/store.ts";
import { executionRow } from "../rows/execution-row.ts";
import type { Row } from "../rows/row-kind.ts";
import type { Database } from "./database.ts";
import { arnOf } from "./execution-arn.ts";
import { executionColumns } from "./execution-row.ts";
import { chunksOf } from "./journal.ts";
import { bulkWaitMs, statement } from "./statement.ts";

/** How many keys are read in one go: each time, all of them are sorted. */
const keysAtOnce = 100_000;

/** Text of journals in a page, in bytes, but for its last chunk or block. */
const pageBytes = 4 * 1024 * 1024;

/** What a byte of a block counts as: about as many of text. */
const unpackedBytes = 10;

/** Journals that a page is made of at most. */
const journalsAtOnce = 256;

/** After every chunk of a journal. */
const journalEnd = (2n ** 63n - 1n).toString();

const readKeys = statement(
  "dump_execution_keys",
  `SELECT part, id::text AS id FROM @executions WHERE (id, part) > ($1, $2)
   ORDER BY @executions.id, part LIMIT $3`,
  bulkWaitMs,
);
const readExecutions = statement(
  "dump_executions",
  `SELECT ${executionColumns} FROM unnest($1::integer[], $2::bigint[]) AS u(part, id)
   JOIN @executions e ON e.part = u.part AND e.id = u.id ORDER BY e.id, e.part`,
  bulkWaitMs,
);
// The journals, each from after its place, as many chunks and blocks of them as the page has room for.
const readChunks = statement(
  "dump_chunks",
  `SELECT s.part, s.execution::text AS execution, s.ordinal::text AS place, s.arn, s.first_event_id, s.last_event_id,
     s.data, encode(s.packed, 'base64') AS packed, s.bytes
   FROM (
     SELECT w.n, w.part, w.id AS execution, ${arnOf("e")} AS arn, c.*,
       sum(c.bytes) OVER (ORDER BY w.n, c.ordinal) - c.bytes AS before
     FROM unnest($1::integer[], $2::bigint[], $3::bigint[]) WITH ORDINALITY AS w(part, id, after, n)
     JOIN @executions e ON e.part = w.part AND e.id = w.id
     CROSS JOIN LATERAL (
       (SELECT j.ordinal, j.first_event_id, j.last_event_id, j.data, NULL::bytea AS packed,
          octet_length(j.data)::bigint AS bytes
        FROM @journal j WHERE j.part = w.part AND j.execution = w.id AND j.ordinal > w.after
        ORDER BY j.ordinal LIMIT $4)
       UNION ALL
       (SELECT k.ordinal, k.first_event_id::bigint, k.last_event_id::bigint, NULL::text, k.data,
          octet_length(k.data)::bigint * ${unpackedBytes}
        FROM @packed_journals k WHERE k.part = w.part AND k.execution = w.id AND k.ordinal > w.after
        ORDER BY k.ordinal LIMIT $4)
     ) AS c
   ) AS s
   WHERE s.before < $5 ORDER BY s.n, s.ordinal LIMIT $4`,
  bulkWaitMs,
);

/** Where an execution is, in an order that keeps those of one start date as they are listed. */
interface Key {
  readonly part: number;
  readonly id: string;
}

/** The keys of all executions, in their order. */
function openKeys(database: Database): (after: Key | undefined, limit: number) => Promise<Key[]> {
  let keys: readonly Key[] = [];
  let isLast = false;
  let places = new Map<string, number>();
  const nameOf = ({ part, id }: Key): string => `${part} ${id}`;

  return async (after, limit) => {
    const place = after === undefined ? undefined : places.get(nameOf(after));
    if (place !== undefined && (isLast || place + limit < keys.length)) {
      return keys.slice(place + 1, place + 1 + limit);
    }
    const rows = await database.rows(readKeys, after?.id ?? "-1", after?.part ?? 0, keysAtOnce);
    keys = rows.map((row) => ({ part: row["part"] as number, id: row["id"] as string }));
    isLast = rows.length < keysAtOnce;
    places = new Map(keys.map((key, index) => [nameOf(key), index]));
    return keys.slice(0, limit);
  };
}

export interface ExecutionDump {
  executions(page: PageRequest): Promise<Page<DumpedExecution>>;
  journals(page: PageRequest): Promise<Page<DumpedChunk>>;
  /** Executions among those read that are in a partition that is not theirs, where nobody looks for them. */
  readonly misplaced: ReadonlySet<string>;
}

export function openExecutionDump(database: Database, partitions: number): ExecutionDump {
  const executionKeys = openKeys(database);
  const journalKeys = openKeys(database);
  const misplaced = new Set<string>();
  /** Fewer where journals are long, since all that is passed over is read again. */
  let journals = journalsAtOnce;

  return {
    misplaced,
    async executions({ limit, after }) {
      const keys = await executionKeys(after === undefined ? undefined : keyIn(after), limit + 1);
      const shown = keys.slice(0, limit);
      const rows = await database.rows(
        readExecutions,
        shown.map(({ part }) => part),
        shown.map(({ id }) => id),
      );
      const items = rows.map(executionRow.recordOf);
      for (const [index, { record }] of items.entries()) {
        const { executionArn } = record;
        if (rows[index]?.["part"] !== partitionOf(executionArn, partitions)) {
          misplaced.add(executionArn);
        }
      }
      const last = shown.at(-1);
      if (last === undefined || keys.length === shown.length) return { items };
      return { items, next: JSON.stringify([last.id, last.part]) };
    },
    async journals({ limit, after }) {
      let at = after === undefined ? undefined : placeIn(after);
      for (;;) {
        const following = await journalKeys(at, journals);
        const isInside = at !== undefined && at.ordinal !== journalEnd;
        const keys = at !== undefined && isInside ? [at, ...following] : following;
        if (keys.length === 0) return { items: [] };
        const rows = await database.rows(
          readChunks,
          keys.map(({ part }) => part),
          keys.map(({ id }) => id),
          keys.map((_, index) => (index === 0 && at !== undefined && isInside ? at.ordinal : "-1")),
          limit,
          pageBytes,
        );
        const { items, damage } = chunksOfRows(rows);
        if (damage !== undefined) {
          const { row, last, text } = damage;
          if (last === undefined) throw new DamagedJournal(text, placeText(placeOf(row)));
          // What was read before it is given first; the next page finds nothing but the damage.
          return { items, next: placeText(placeOf(last)) };
        }
        const bytes = rows.reduce((sum, row) => sum + (row["bytes"] as number), 0);
        const isCut = rows.length === limit || bytes >= pageBytes;
        const [last, lastKey] = [rows.at(-1), keys.at(-1)];
        journals = Math.min(journalsAtOnce, Math.max(1, isCut ? journals >> 1 : journals * 2));
        at =
          isCut && last !== undefined
            ? placeOf(last)
            : { part: lastKey?.part ?? 0, id: lastKey?.id ?? "0", ordinal: journalEnd };
        if (items.length > 0) return { items, next: placeText(at) };
      }
    },
  };
}

/** The chunks of some rows, or of those before one that is damaged. */
function chunksOfRows(rows: readonly Row[]): {
  readonly items: DumpedChunk[];
  readonly damage?: { readonly row: Row; readonly last: Row | undefined; readonly text: string };
} {
  const items: DumpedChunk[] = [];
  let last: Row | undefined;
  for (const row of rows) {
    const executionArn = row["arn"] as string;
    try {
      for (const chunk of chunksOf(row, executionArn)) items.push({ executionArn, ...chunk });
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      return { items, damage: { row, last, text } };
    }
    last = row;
  }
  return { items };
}

/** Where a row of a journal is. */
interface Place extends Key {
  readonly ordinal: string;
}

function placeOf(row: Row): Place {
  return {
    part: row["part"] as number,
    id: row["execution"] as string,
    ordinal: row["place"] as string,
  };
}

function placeText({ id, part, ordinal }: Place): string {
  return JSON.stringify([id, part, ordinal]);
}

function keyIn(after: string): Key {
  const [id, part] = JSON.parse(after) as [string, number];
  return { id, part };
}

function placeIn(after: string): Place {
  const [id, part, ordinal] = JSON.parse(after) as [string, number, string];
  return { id, part, ordinal };
}
