import { partitionOf } from "../../ports/partition-of.ts";
import type { DumpKind, DumpRecords } from "../../ports/store-dump.ts";
import { activityRow } from "../rows/activity-row.ts";
import { activityTaskRow } from "../rows/activity-task-row.ts";
import { aliasRow } from "../rows/alias-row.ts";
import { chunkRow } from "../rows/chunk-row.ts";
import { documentRow } from "../rows/document-row.ts";
import { mapRunRow } from "../rows/map-run-row.ts";
import { messageRow } from "../rows/message-row.ts";
import { noteRow } from "../rows/note-row.ts";
import { revisionRow } from "../rows/revision-row.ts";
import {
  columnList,
  type Columns,
  type Row,
  type KeyedRowKind,
  type Scalar,
} from "../rows/row-kind.ts";
import { stateMachineRow } from "../rows/state-machine-row.ts";
import { versionRow } from "../rows/version-row.ts";
import { arnColumns, arnOf } from "./execution-arn.ts";
import { storedColumns, storedRow } from "./execution-row.ts";
import { storedMapRun } from "./map-runs.ts";

/** The kinds that are read as pages of one table, in the order of a key. */
export type PagedKind = Exclude<DumpKind, "secret" | "execution" | "journal">;
/** The kinds that are written into one table. */
export type WrittenKind = Exclude<DumpKind, "secret">;

/** How a page of a kind is read. */
export interface PagedTable<R> {
  readonly from: string;
  readonly select: string;
  /** What the rows are in the order of, with its types: no two have the same. `key1`, … are its values as text. */
  readonly key: readonly (readonly [expression: string, type: string])[];
  readonly recordOf: (row: Row) => R;
}

/** How records of a kind are written. */
export interface WrittenTable<R> {
  readonly into: string;
  /** The columns of each record's row. */
  readonly given: Columns;
  /** They begin with {@link executionKey}, in whose place the execution's `part` and `id` as `execution` are written. */
  readonly ofExecution?: true;
  /** Columns that are the same in every row, as SQL. */
  readonly fixed?: { readonly [column: string]: string };
  /** Columns that find a row. */
  readonly key: readonly string[];
  /** `place` counts the records of the kind, from 1. */
  readonly rowOf: (
    record: R,
    place: number,
    partitions: number,
  ) => { readonly [column: string]: Scalar };
}

function pagesOf<R, C extends string>(kind: KeyedRowKind<R, C>): PagedTable<R> {
  const { table, key, columns, recordOf } = kind;
  return {
    from: `@${table}`,
    select: columnList({ columns }),
    key: key.map((column) => [column, columns[column]]),
    recordOf,
  };
}

export const pagedTables: { readonly [K in PagedKind]: PagedTable<DumpRecords[K]> } = {
  stateMachine: pagesOf(stateMachineRow),
  revision: pagesOf(revisionRow),
  version: pagesOf(versionRow),
  alias: pagesOf(aliasRow),
  note: pagesOf(noteRow),
  document: pagesOf(documentRow),
  activity: pagesOf(activityRow),
  activityTask: {
    from: "@activity_tasks t JOIN @executions e ON e.part = t.part AND e.id = t.execution",
    select: `${columnList(activityTaskRow, "t")}, ${arnOf("e")} AS execution_arn`,
    key: [
      ["t.activity_arn", "text"],
      ["t.added_at", "timestamptz"],
      ["t.ordinal", "bigint"],
      ["t.part", "integer"],
    ],
    recordOf: activityTaskRow.recordOf,
  },
  mapRun: {
    from: "@map_runs",
    select: "record",
    key: [
      ["ordinal", "bigint"],
      ["part", "integer"],
      ["map_run_arn", "text"],
    ],
    recordOf: mapRunRow.recordOf,
  },
  message: {
    from: "@messages",
    select: columnList(messageRow),
    key: [
      ["sent_at", "timestamptz"],
      ["ordinal", "bigint"],
      ["part", "integer"],
    ],
    recordOf: messageRow.recordOf,
  },
};

/** Columns that find an execution that is stored. */
export const executionKey = { part: "integer", arn_prefix: "bigint", arn_name: "text" } as const;

function executionKeyOf(executionArn: string, partitions: number) {
  return { part: partitionOf(executionArn, partitions), ...arnColumns(executionArn) };
}

/** Before every time that this store writes: what is restored is older than what comes. */
const restoredAt = "'1970-01-01 00:00:00+00'::timestamptz";

function writesOf<R>({ table, key, columns, rowOf }: KeyedRowKind<R>): WrittenTable<R> {
  return { into: `@${table}`, given: columns, key, rowOf };
}

export const writtenTables: { readonly [K in WrittenKind]: WrittenTable<DumpRecords[K]> } = {
  stateMachine: writesOf(stateMachineRow),
  revision: writesOf(revisionRow),
  version: writesOf(versionRow),
  alias: writesOf(aliasRow),
  note: writesOf(noteRow),
  document: writesOf(documentRow),
  activity: writesOf(activityRow),
  execution: {
    into: "@executions",
    given: { part: "integer", ...storedColumns },
    key: Object.keys(executionKey),
    rowOf: (execution, place, partitions) => ({
      part: partitionOf(execution.record.executionArn, partitions),
      ...storedRow(String(place), execution),
    }),
  },
  journal: {
    into: "@journal",
    given: { ...executionKey, ordinal: "bigint", ...chunkRow.columns },
    ofExecution: true,
    key: ["part", "execution", "ordinal"],
    rowOf: (chunk, place, partitions) => ({
      ...executionKeyOf(chunk.executionArn, partitions),
      ordinal: place,
      ...chunkRow.rowOf(chunk),
    }),
  },
  activityTask: {
    into: "@activity_tasks",
    given: { ...executionKey, ...activityTaskRow.columns, ordinal: "bigint" },
    ofExecution: true,
    fixed: { added_at: restoredAt },
    key: ["part", "execution", "task_id"],
    rowOf: (task, place, partitions) => ({
      ...executionKeyOf(task.executionArn, partitions),
      ...activityTaskRow.rowOf(task),
      // Odd ones have moved within a commit.
      ordinal: 2 * place,
    }),
  },
  mapRun: {
    into: "@map_runs",
    given: { part: "integer", ...mapRunRow.columns, running: "boolean", ordinal: "bigint" },
    key: ["part", "map_run_arn"],
    rowOf: (record, place, partitions) => ({ ...storedMapRun(record, partitions), ordinal: place }),
  },
  message: {
    into: "@messages",
    given: { part: "integer", ...messageRow.columns, ordinal: "bigint" },
    fixed: { sent_at: restoredAt },
    key: ["part", "id"],
    rowOf: (message, place, partitions) => ({
      part: partitionOf(message.to, partitions),
      ...messageRow.rowOf(message),
      ordinal: place,
    }),
  },
};
