import type { DatabaseSync, SQLInputValue } from "node:sqlite";
import type { DumpKind, DumpRecords } from "../../ports/store-dump.ts";
import { activityRow } from "../rows/activity-row.ts";
import { activityTaskRow } from "../rows/activity-task-row.ts";
import { aliasRow } from "../rows/alias-row.ts";
import { chunkRow } from "../rows/chunk-row.ts";
import { documentRow } from "../rows/document-row.ts";
import { mapRunRow } from "../rows/map-run-row.ts";
import { messageRow } from "../rows/message-row.ts";
import { noteRow } from "../rows/note-row.ts";
import { columnList, type KeyedRowKind, type Row, type WrittenRowKind } from "../rows/row-kind.ts";
import { stateMachineRow } from "../rows/state-machine-row.ts";
import { versionRow } from "../rows/version-row.ts";
import { dumpedExecution, executionColumns, storedColumns, storedValues } from "./execution-row.ts";
import { inputsOf } from "./row-parameters.ts";
import { revisionRow } from "./state-machines.ts";

/** The kinds that are a table: the secret is not, and journals are two. */
export type TableKind = Exclude<DumpKind, "secret" | "journal">;

/** How the records of a kind are read and written. */
export interface DumpTable<R> {
  readonly from: string;
  readonly select: string;
  /** Columns that the records are in the order of; no two rows have the same. */
  readonly key: readonly string[];
  readonly recordOf: (row: Row) => R;
  /** The table it is restored to; its first columns are of `rowOf`. */
  readonly into: string;
  readonly columns: readonly string[];
  /** The values of the columns. `place` counts the records of the kind, from 1. */
  readonly rowOf: (record: R, place: number, numbers: Numbers) => readonly SQLInputValue[];
}

/** The numbers that other tables name executions and ARNs by. */
export interface Numbers {
  /** The number of a stored execution; NaN, which fits nothing, if there is none. */
  execution(executionArn: string): number;
  arn(arn: string): number;
}

export function openNumbers(database: DatabaseSync): Numbers {
  const findExecution = database.prepare("SELECT id FROM executions WHERE execution_arn = ?");
  const insertArn = database.prepare(
    "INSERT INTO machine_numbers (arn) VALUES (?) ON CONFLICT DO NOTHING",
  );
  const findArn = database.prepare("SELECT number FROM machine_numbers WHERE arn = ?");
  // Chunks of one execution come together.
  let last: { readonly arn: string; readonly id: number } | undefined;
  return {
    execution(arn) {
      if (last?.arn !== arn) last = { arn, id: Number(findExecution.get(arn)?.["id"] ?? NaN) };
      return last.id;
    },
    arn(arn) {
      insertArn.run(arn);
      return Number(findArn.get(arn)?.["number"]);
    },
  };
}

type Written<R> = Pick<DumpTable<R>, "into" | "columns" | "rowOf">;

/** Rows that have the record's place in the column `place`, if there is one. */
function rowsOf<R>(kind: WrittenRowKind<R>, place?: "id" | "position"): Written<R> {
  return {
    into: kind.table,
    columns: [...(place === undefined ? [] : [place]), ...Object.keys(kind.columns)],
    rowOf: (record, number) => [
      ...(place === undefined ? [] : [number]),
      ...inputsOf(kind, record),
    ],
  };
}

/** Rows that name an execution by its number. */
function rowsOfExecutions<R extends { readonly executionArn: string }>(
  kind: WrittenRowKind<R>,
): Written<R> {
  return {
    into: kind.table,
    columns: ["position", "execution", ...Object.keys(kind.columns)],
    rowOf: (record, place, numbers) => [
      place,
      numbers.execution(record.executionArn),
      ...inputsOf(kind, record),
    ],
  };
}

function keyed<R>(kind: KeyedRowKind<R>, place?: "id"): DumpTable<R> {
  const { table, key, recordOf } = kind;
  return { from: table, select: columnList(kind), key, recordOf, ...rowsOf(kind, place) };
}

type DumpTables = { readonly [K in TableKind]: DumpTable<DumpRecords[K]> };

export const dumpTables: DumpTables = {
  stateMachine: keyed(stateMachineRow, "id"),
  revision: keyed(revisionRow),
  version: keyed(versionRow),
  alias: keyed(aliasRow),
  note: keyed(noteRow),
  document: keyed(documentRow),
  activity: keyed(activityRow, "id"),
  execution: {
    from: "executions e JOIN machine_numbers m ON m.number = e.machine",
    select: executionColumns,
    key: ["e.id"],
    recordOf: dumpedExecution,
    into: "executions",
    columns: ["id", ...storedColumns],
    rowOf: (execution, place, numbers) => [place, ...storedValues(execution, numbers.arn)],
  },
  activityTask: {
    from: "activity_tasks t JOIN executions e ON e.id = t.execution",
    select: `${columnList(activityTaskRow, "t")}, t.position, e.execution_arn`,
    key: ["t.activity_arn", "t.position"],
    recordOf: activityTaskRow.recordOf,
    ...rowsOfExecutions(activityTaskRow),
  },
  mapRun: {
    from: "map_runs",
    select: "id, record",
    key: ["id"],
    recordOf: mapRunRow.recordOf,
    ...rowsOf(mapRunRow, "id"),
  },
  message: {
    from: "messages",
    select: `position, ${columnList(messageRow)}`,
    key: ["position"],
    recordOf: messageRow.recordOf,
    ...rowsOf(messageRow, "position"),
  },
};

/** How chunks of journals are restored: as they come, not packed. */
export const journalRows = rowsOfExecutions<DumpRecords["journal"]>(chunkRow);
