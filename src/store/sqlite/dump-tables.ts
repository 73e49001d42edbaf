import type { DatabaseSync, SQLInputValue } from "node:sqlite";
import type { DumpKind, DumpRecords } from "../../ports/store-dump.ts";
import { activityRecord } from "./activities.ts";
import {
  executionColumns,
  executionRecord,
  extraOf,
  type Row,
  statusNumber,
  storedName,
} from "./execution-row.ts";
import { mapRunRecord } from "./map-runs.ts";
import { revisionRecord, stateMachineRecord } from "./state-machines.ts";
import { aliasRecord, versionRecord } from "./versions.ts";

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

type DumpTables = { readonly [K in TableKind]: DumpTable<DumpRecords[K]> };

export const dumpTables: DumpTables = {
  stateMachine: {
    from: "state_machines",
    select: "*",
    key: ["arn"],
    recordOf: stateMachineRecord,
    into: "state_machines",
    columns: [
      "id",
      "arn",
      "name",
      "type",
      "status",
      "created_at",
      "revision_id",
      "last_version",
      "published",
      "tags",
    ],
    rowOf: (record, place) => [
      place,
      record.stateMachineArn,
      record.name,
      record.type,
      record.status,
      record.createdAt,
      record.revisionId,
      record.lastVersion ?? 0,
      record.published === undefined ? null : JSON.stringify(record.published),
      JSON.stringify(record.tags),
    ],
  },
  revision: {
    from: "revisions",
    select: "*",
    key: ["state_machine_arn", "revision_id"],
    recordOf: revisionRecord,
    into: "revisions",
    columns: [
      "state_machine_arn",
      "revision_id",
      "initial",
      "created_at",
      "definition",
      "role_arn",
      "logging_configuration",
      "tracing_configuration",
      "encryption_configuration",
    ],
    rowOf: (record) => [
      record.stateMachineArn,
      record.revisionId,
      record.initial ? 1 : 0,
      record.createdAt,
      record.definition,
      record.roleArn,
      record.loggingConfiguration ?? null,
      record.tracingConfiguration ?? null,
      record.encryptionConfiguration ?? null,
    ],
  },
  version: {
    from: "versions",
    select: "*",
    key: ["state_machine_arn", "version"],
    recordOf: versionRecord,
    into: "versions",
    columns: ["state_machine_arn", "version", "revision_id", "created_at", "description"],
    rowOf: (record) => [
      record.stateMachineArn,
      record.version,
      record.revisionId,
      record.createdAt,
      record.description ?? null,
    ],
  },
  alias: {
    from: "aliases",
    select: "*",
    key: ["state_machine_arn", "name"],
    recordOf: aliasRecord,
    into: "aliases",
    columns: ["state_machine_arn", "name", "description", "routes", "created_at", "updated_at"],
    rowOf: (record) => [
      record.stateMachineArn,
      record.name,
      record.description ?? null,
      JSON.stringify(record.routes),
      record.createdAt,
      record.updatedAt,
    ],
  },
  activity: {
    from: "activities",
    select: "*",
    key: ["arn"],
    recordOf: activityRecord,
    into: "activities",
    columns: ["id", "arn", "name", "created_at", "encryption_configuration", "tags"],
    rowOf: (record, place) => [
      place,
      record.activityArn,
      record.name,
      record.createdAt,
      record.encryptionConfiguration ?? null,
      JSON.stringify(record.tags),
    ],
  },
  execution: {
    from: "executions e JOIN machine_numbers m ON m.number = e.machine",
    select: `${executionColumns}, e.parked, e.wake_at`,
    key: ["e.id"],
    recordOf(row) {
      const wakeAt = (row["wake_at"] as number | null) ?? undefined;
      return { record: executionRecord(row), ...(row["parked"] === 1 && { parked: { wakeAt } }) };
    },
    into: "executions",
    columns: [
      "id",
      "execution_arn",
      "machine",
      "revision_id",
      "name",
      "status",
      "start_date",
      "stop_date",
      "parked",
      "wake_at",
      "extra",
      "redrive_count",
      "redrive_date",
      "map_run",
      "map_run_index",
      "item_count",
    ],
    rowOf: ({ record, parked }, place, numbers) => [
      place,
      record.executionArn,
      numbers.arn(record.stateMachineArn),
      record.revisionId,
      storedName(record),
      statusNumber(record.status),
      record.startDate,
      record.stopDate ?? null,
      parked === undefined ? 0 : 1,
      parked?.wakeAt ?? null,
      extraOf(record),
      record.redriveCount ?? 0,
      record.redriveDate ?? null,
      record.mapRun === undefined ? null : numbers.arn(record.mapRun.mapRunArn),
      record.mapRun?.index ?? null,
      record.mapRun?.itemCount ?? null,
    ],
  },
  activityTask: {
    from: "activity_tasks t JOIN executions e ON e.id = t.execution",
    select: "t.activity_arn, t.position, t.task_id, e.execution_arn",
    key: ["t.activity_arn", "t.position"],
    recordOf: (row) => ({
      activityArn: row["activity_arn"] as string,
      executionArn: row["execution_arn"] as string,
      taskId: row["task_id"] as number,
    }),
    into: "activity_tasks",
    columns: ["position", "execution", "task_id", "activity_arn"],
    rowOf: ({ executionArn, taskId, activityArn }, place, numbers) => [
      place,
      numbers.execution(executionArn),
      taskId,
      activityArn,
    ],
  },
  mapRun: {
    from: "map_runs",
    select: "id, record",
    key: ["id"],
    recordOf: mapRunRecord,
    into: "map_runs",
    columns: ["id", "map_run_arn", "execution_arn", "record"],
    rowOf: (record, place) => [
      place,
      record.mapRunArn,
      record.executionArn,
      JSON.stringify(record),
    ],
  },
  message: {
    from: "messages",
    select: "position, id, recipient, body",
    key: ["position"],
    recordOf: (row) => ({
      id: row["id"] as string,
      to: row["recipient"] as string,
      body: row["body"] as string,
    }),
    into: "messages",
    columns: ["position", "id", "recipient", "body"],
    rowOf: ({ id, to, body }, place) => [place, id, to, body],
  },
};
