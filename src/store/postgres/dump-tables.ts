import { partitionOf } from "../../ports/partition-of.ts";
import type { DumpKind, DumpRecords } from "../../ports/store-dump.ts";
import { activityRecord } from "./activities.ts";
import { startedRow } from "./commit.ts";
import { arnColumns, arnOf } from "./execution-arn.ts";
import { executionColumns, executionRecord } from "./execution-row.ts";
import { mapRunRecord } from "./map-runs.ts";
import { message } from "./messages.ts";
import { revisionRecord, stateMachineRecord } from "./state-machines.ts";
import type { Row, Scalar } from "./values.ts";
import { aliasRecord, versionRecord } from "./versions.ts";

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
  /** What is known of each record, with its types: the columns of `u`. */
  readonly given: { readonly [column: string]: string };
  /** `e` is the execution with `u.part`, `u.arn_prefix` and `u.arn_name`. */
  readonly ofExecution?: true;
  /** The columns that are written, where they are not those of `u`. */
  readonly columns?: { readonly [column: string]: string };
  /** Columns that find a row. */
  readonly key: readonly string[];
  /** `place` counts the records of the kind, from 1. */
  readonly rowOf: (
    record: R,
    place: number,
    partitions: number,
  ) => { readonly [column: string]: Scalar };
}

export const pagedTables: { readonly [K in PagedKind]: PagedTable<DumpRecords[K]> } = {
  stateMachine: {
    from: "@state_machines",
    select: "arn, name, type, status, created_at, revision_id, last_version, published, tags",
    key: [["arn", "text"]],
    recordOf: stateMachineRecord,
  },
  revision: {
    from: "@revisions",
    select: `state_machine_arn, revision_id, initial, created_at, definition, role_arn, logging_configuration,
      tracing_configuration, encryption_configuration`,
    key: [
      ["state_machine_arn", "text"],
      ["revision_id", "text"],
    ],
    recordOf: revisionRecord,
  },
  version: {
    from: "@versions",
    select: "state_machine_arn, version, revision_id, created_at, description",
    key: [
      ["state_machine_arn", "text"],
      ["version", "bigint"],
    ],
    recordOf: versionRecord,
  },
  alias: {
    from: "@aliases",
    select: "state_machine_arn, name, description, routes, created_at, updated_at",
    key: [
      ["state_machine_arn", "text"],
      ["name", "text"],
    ],
    recordOf: aliasRecord,
  },
  activity: {
    from: "@activities",
    select: "arn, name, created_at, encryption_configuration, tags",
    key: [["arn", "text"]],
    recordOf: activityRecord,
  },
  activityTask: {
    from: "@activity_tasks t JOIN @executions e ON e.part = t.part AND e.id = t.execution",
    select: `t.activity_arn, ${arnOf("e")} AS arn, t.task_id`,
    key: [
      ["t.activity_arn", "text"],
      ["t.added_at", "timestamptz"],
      ["t.ordinal", "bigint"],
      ["t.part", "integer"],
    ],
    recordOf: (row) => ({
      activityArn: row["activity_arn"] as string,
      executionArn: row["arn"] as string,
      taskId: row["task_id"] as number,
    }),
  },
  mapRun: {
    from: "@map_runs",
    select: "record",
    key: [
      ["ordinal", "bigint"],
      ["part", "integer"],
      ["map_run_arn", "text"],
    ],
    recordOf: mapRunRecord,
  },
  message: {
    from: "@messages",
    select: "id, recipient, body",
    key: [
      ["sent_at", "timestamptz"],
      ["ordinal", "bigint"],
      ["part", "integer"],
    ],
    recordOf: message,
  },
};

/** How an execution is read, whose pages are found by its key. */
export const executionPage = {
  select: `${executionColumns}, e.parked, e.wake_at`,
  recordOf: (row: Row): DumpRecords["execution"] => {
    const wakeAt = (row["wake_at"] as number | null) ?? undefined;
    return { record: executionRecord(row), ...(row["parked"] === true && { parked: { wakeAt } }) };
  },
};

/** Before every time that this store writes: what is restored is older than what comes. */
const restoredAt = "'1970-01-01 00:00:00+00'::timestamptz";

export const writtenTables: { readonly [K in WrittenKind]: WrittenTable<DumpRecords[K]> } = {
  stateMachine: {
    into: "@state_machines",
    given: {
      arn: "text",
      name: "text",
      type: "text",
      status: "text",
      created_at: "bigint",
      revision_id: "text",
      last_version: "bigint",
      published: "text",
      tags: "text",
    },
    key: ["arn"],
    rowOf: (record) => ({
      arn: record.stateMachineArn,
      name: record.name,
      type: record.type,
      status: record.status,
      created_at: record.createdAt,
      revision_id: record.revisionId,
      last_version: record.lastVersion ?? 0,
      published: record.published === undefined ? null : JSON.stringify(record.published),
      tags: JSON.stringify(record.tags),
    }),
  },
  revision: {
    into: "@revisions",
    given: {
      state_machine_arn: "text",
      revision_id: "text",
      initial: "boolean",
      created_at: "bigint",
      definition: "text",
      role_arn: "text",
      logging_configuration: "text",
      tracing_configuration: "text",
      encryption_configuration: "text",
    },
    key: ["state_machine_arn", "revision_id"],
    rowOf: (record) => ({
      state_machine_arn: record.stateMachineArn,
      revision_id: record.revisionId,
      initial: record.initial,
      created_at: record.createdAt,
      definition: record.definition,
      role_arn: record.roleArn,
      logging_configuration: record.loggingConfiguration ?? null,
      tracing_configuration: record.tracingConfiguration ?? null,
      encryption_configuration: record.encryptionConfiguration ?? null,
    }),
  },
  version: {
    into: "@versions",
    given: {
      state_machine_arn: "text",
      version: "bigint",
      revision_id: "text",
      created_at: "bigint",
      description: "text",
    },
    key: ["state_machine_arn", "version"],
    rowOf: (record) => ({
      state_machine_arn: record.stateMachineArn,
      version: record.version,
      revision_id: record.revisionId,
      created_at: record.createdAt,
      description: record.description ?? null,
    }),
  },
  alias: {
    into: "@aliases",
    given: {
      state_machine_arn: "text",
      name: "text",
      description: "text",
      routes: "text",
      created_at: "bigint",
      updated_at: "bigint",
    },
    key: ["state_machine_arn", "name"],
    rowOf: (record) => ({
      state_machine_arn: record.stateMachineArn,
      name: record.name,
      description: record.description ?? null,
      routes: JSON.stringify(record.routes),
      created_at: record.createdAt,
      updated_at: record.updatedAt,
    }),
  },
  activity: {
    into: "@activities",
    given: {
      arn: "text",
      name: "text",
      created_at: "bigint",
      encryption_configuration: "text",
      tags: "text",
    },
    key: ["arn"],
    rowOf: (record) => ({
      arn: record.activityArn,
      name: record.name,
      created_at: record.createdAt,
      encryption_configuration: record.encryptionConfiguration ?? null,
      tags: JSON.stringify(record.tags),
    }),
  },
  execution: {
    into: "@executions",
    given: {
      part: "integer",
      id: "bigint",
      arn_prefix: "bigint",
      arn_name: "text",
      machine: "bigint",
      revision_id: "text",
      name: "text",
      status: "smallint",
      start_date: "bigint",
      stop_date: "bigint",
      parked: "boolean",
      wake_at: "bigint",
      redrive_count: "integer",
      redrive_date: "bigint",
      map_run: "bigint",
      map_run_index: "bigint",
      item_count: "bigint",
      version: "bigint",
      alias: "bigint",
      extra: "text",
    },
    key: ["part", "arn_prefix", "arn_name"],
    rowOf: ({ record, parked }, place, partitions) => {
      const wakeAt = parked?.wakeAt;
      const change = { parked: parked !== undefined, ...(wakeAt !== undefined && { wakeAt }) };
      return {
        part: partitionOf(record.executionArn, partitions),
        ...startedRow(String(place), record, change),
      };
    },
  },
  journal: {
    into: "@journal",
    given: {
      part: "integer",
      arn_prefix: "bigint",
      arn_name: "text",
      ordinal: "bigint",
      first_event_id: "bigint",
      last_event_id: "bigint",
      data: "text",
    },
    ofExecution: true,
    columns: {
      part: "e.part",
      execution: "e.id",
      ordinal: "u.ordinal",
      first_event_id: "u.first_event_id",
      last_event_id: "u.last_event_id",
      data: "u.data",
    },
    key: ["part", "execution", "ordinal"],
    rowOf: ({ executionArn, firstEventId, lastEventId, data }, place, partitions) => ({
      part: partitionOf(executionArn, partitions),
      ...arnColumns(executionArn),
      ordinal: place,
      first_event_id: firstEventId,
      last_event_id: lastEventId,
      data,
    }),
  },
  activityTask: {
    into: "@activity_tasks",
    given: {
      part: "integer",
      arn_prefix: "bigint",
      arn_name: "text",
      task_id: "bigint",
      activity_arn: "text",
      ordinal: "bigint",
    },
    ofExecution: true,
    columns: {
      part: "e.part",
      execution: "e.id",
      task_id: "u.task_id",
      activity_arn: "u.activity_arn",
      added_at: restoredAt,
      ordinal: "u.ordinal",
    },
    key: ["part", "execution", "task_id"],
    rowOf: ({ executionArn, taskId, activityArn }, place, partitions) => ({
      part: partitionOf(executionArn, partitions),
      ...arnColumns(executionArn),
      task_id: taskId,
      activity_arn: activityArn,
      // Odd ones have moved within a commit.
      ordinal: 2 * place,
    }),
  },
  mapRun: {
    into: "@map_runs",
    given: {
      part: "integer",
      map_run_arn: "text",
      execution_arn: "text",
      running: "boolean",
      ordinal: "bigint",
      record: "text",
    },
    key: ["part", "map_run_arn"],
    rowOf: (record, place, partitions) => ({
      part: partitionOf(record.executionArn, partitions),
      map_run_arn: record.mapRunArn,
      execution_arn: record.executionArn,
      running: record.status === "RUNNING",
      ordinal: place,
      record: JSON.stringify(record),
    }),
  },
  message: {
    into: "@messages",
    given: { part: "integer", id: "text", recipient: "text", body: "text", ordinal: "bigint" },
    columns: {
      part: "u.part",
      id: "u.id",
      recipient: "u.recipient",
      body: "u.body",
      sent_at: restoredAt,
      ordinal: "u.ordinal",
    },
    key: ["part", "id"],
    rowOf: ({ id, to, body }, place, partitions) => ({
      part: partitionOf(to, partitions),
      id,
      recipient: to,
      body,
      ordinal: place,
    }),
  },
};
