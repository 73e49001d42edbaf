import { partitionOf } from "../../ports/partition-of.ts";
import type { DumpedChunk, DumpedExecution } from "../../ports/store-dump.ts";
import type { Page, PageRequest } from "../../ports/store.ts";
import type { Database } from "./database.ts";
import { executionPage } from "./dump-tables.ts";
import { bulkWaitMs, statement } from "./statement.ts";

/** How many keys are read in one go: each time, all of them are sorted. */
const keysAtOnce = 100_000;

/** Text of journals in a page, in bytes, but for its last chunk. */
const pageBytes = 4 * 1024 * 1024;

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
  `SELECT ${executionPage.select} FROM unnest($1::integer[], $2::bigint[]) AS u(part, id)
   JOIN @executions e ON e.part = u.part AND e.id = u.id ORDER BY e.id, e.part`,
  bulkWaitMs,
);
// The journals, each from after its place, as many chunks of them as the page has room for.
const readChunks = statement(
  "dump_chunks",
  `SELECT s.part, s.execution::text AS execution, s.ordinal::text AS place, s.arn, s.first_event_id, s.last_event_id, s.data
   FROM (
     SELECT w.n, e.arn, j.*,
       sum(octet_length(j.data)) OVER (ORDER BY w.n, j.ordinal) - octet_length(j.data) AS before
     FROM unnest($1::integer[], $2::bigint[], $3::bigint[]) WITH ORDINALITY AS w(part, id, after, n)
     JOIN @executions e ON e.part = w.part AND e.id = w.id
     CROSS JOIN LATERAL (
       SELECT * FROM @journal c WHERE c.part = w.part AND c.execution = w.id AND c.ordinal > w.after
       ORDER BY c.ordinal LIMIT $4
     ) AS j
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
      const items = rows.map(executionPage.recordOf);
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
        const items = rows.map((row) => ({
          executionArn: row["arn"] as string,
          firstEventId: row["first_event_id"] as number,
          lastEventId: row["last_event_id"] as number,
          data: row["data"] as string,
        }));
        const bytes = items.reduce((sum, { data }) => sum + Buffer.byteLength(data), 0);
        const isCut = rows.length === limit || bytes >= pageBytes;
        const [last, lastKey] = [rows.at(-1), keys.at(-1)];
        journals = Math.min(journalsAtOnce, Math.max(1, isCut ? journals >> 1 : journals * 2));
        at =
          isCut && last !== undefined
            ? {
                part: last["part"] as number,
                id: last["execution"] as string,
                ordinal: last["place"] as string,
              }
            : { part: lastKey?.part ?? 0, id: lastKey?.id ?? "0", ordinal: journalEnd };
        if (items.length > 0) return { items, next: JSON.stringify([at.id, at.part, at.ordinal]) };
      }
    },
  };
}

function keyIn(after: string): Key {
  const [id, part] = JSON.parse(after) as [string, number];
  return { id, part };
}

function placeIn(after: string): Key & { readonly ordinal: string } {
  const [id, part, ordinal] = JSON.parse(after) as [string, number, string];
  return { id, part, ordinal };
}
