import type { DumpedExecution } from "../../ports/store-dump.ts";
import type { ExecutionRecord, ExecutionStatus } from "../../ports/store.ts";
import type { Row, RowKind } from "./row-kind.ts";

/** The status of an execution by the number it is stored as. */
export const statuses = ["RUNNING", "SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED"] as const;

export function statusNumber(status: ExecutionStatus): number {
  return statuses.indexOf(status);
}

const columns = {
  revision_id: "text",
  name: "text",
  status: "smallint",
  start_date: "bigint",
  stop_date: "bigint",
  parked: "boolean",
  wake_at: "bigint",
  redrive_count: "integer",
  redrive_date: "bigint",
  map_run_index: "bigint",
  item_count: "bigint",
  extra: "text",
} as const;

/**
 * Executions as rows, but for their ARNs and those they name: each store has keys or numbers for these. Reads give
 * `execution_arn`, `machine_arn` and `map_run_arn`.
 */
export const executionRow: RowKind<DumpedExecution, keyof typeof columns> = {
  table: "executions",
  columns,
  recordOf(row) {
    const wakeAt = (row["wake_at"] as number | null) ?? undefined;
    return { record: executionRecord(row), ...(row["parked"] === true && { parked: { wakeAt } }) };
  },
  rowOf: ({ record, parked }) => ({
    revision_id: record.revisionId,
    name: nameIn(record.executionArn) === record.name ? null : record.name,
    status: statusNumber(record.status),
    start_date: record.startDate,
    stop_date: record.stopDate ?? null,
    parked: parked !== undefined,
    wake_at: parked?.wakeAt ?? null,
    redrive_count: record.redriveCount ?? null,
    redrive_date: record.redriveDate ?? null,
    map_run_index: record.mapRun?.index ?? null,
    item_count: record.mapRun?.itemCount ?? null,
    extra: extraOf(record),
  }),
};

/** The record of a row, whether it is parked or not. */
export function executionRecord(row: Row): ExecutionRecord {
  const executionArn = row["execution_arn"] as string;
  const stopDate = row["stop_date"] as number | null;
  const extra = row["extra"] as string | null;
  const redriveDate = row["redrive_date"] as number | null;
  const mapRunArn = row["map_run_arn"] as string | null;
  return {
    executionArn,
    stateMachineArn: row["machine_arn"] as string,
    revisionId: row["revision_id"] as string,
    // Null or empty where the ARN ends with it, as ARNs do.
    name: (row["name"] as string | null) || nameIn(executionArn),
    status: statuses[row["status"] as number] as ExecutionStatus,
    startDate: row["start_date"] as number,
    ...(stopDate === null ? {} : { stopDate }),
    ...(redriveDate === null ? {} : { redriveCount: row["redrive_count"] as number, redriveDate }),
    ...(mapRunArn === null
      ? {}
      : {
          mapRun: {
            mapRunArn,
            index: row["map_run_index"] as number,
            itemCount: row["item_count"] as number,
          },
        }),
    ...(extra === null ? {} : (JSON.parse(extra) as Partial<ExecutionRecord>)),
  };
}

/** The members that few executions have, as text; null where this one has none. */
function extraOf(record: ExecutionRecord): string | null {
  const { stateMachineVersionArn, stateMachineAliasArn } = record;
  const { traceHeader, parent, testCase, startedBy } = record;
  const extra = {
    stateMachineVersionArn,
    stateMachineAliasArn,
    traceHeader,
    parent,
    testCase,
    startedBy,
  };
  const text = JSON.stringify(extra);
  return text === "{}" ? null : text;
}

function nameIn(executionArn: string): string {
  return executionArn.slice(executionArn.lastIndexOf(":") + 1);
}
