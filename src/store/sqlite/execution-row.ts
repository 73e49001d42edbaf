import type { ExecutionRecord, ExecutionStatus } from "../../ports/store.ts";

/** A row of a statement, as `node:sqlite` gives it. */
export type Row = { readonly [column: string]: unknown };

/** The status of an execution by the number it is stored as. */
export const statuses = ["RUNNING", "SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED"] as const;

export function statusNumber(status: ExecutionStatus): number {
  return statuses.indexOf(status);
}

/** The columns that {@link executionRecord} reads, of `executions e` and `machine_numbers m`. */
export const executionColumns =
  "e.id, e.execution_arn, m.arn AS machine_arn, e.revision_id, e.name, e.status, e.start_date, e.stop_date, e.extra, " +
  "e.redrive_count, e.redrive_date, e.map_run_index, e.item_count, " +
  "(SELECT arn FROM machine_numbers WHERE number = e.map_run) AS map_run_arn";

/** The members that few executions have, as text; null where this one has none. */
export function extraOf(record: ExecutionRecord): string | null {
  const { stateMachineVersionArn, stateMachineAliasArn, traceHeader, parent, testCase } = record;
  const extra = { stateMachineVersionArn, stateMachineAliasArn, traceHeader, parent, testCase };
  const text = JSON.stringify(extra);
  return text === "{}" ? null : text;
}

/** The name as it is stored: empty where the ARN ends with it, as ARNs do. */
export function storedName({ executionArn, name }: ExecutionRecord): string {
  return nameIn(executionArn) === name ? "" : name;
}

function nameIn(executionArn: string): string {
  return executionArn.slice(executionArn.lastIndexOf(":") + 1);
}

/** The record of a row with {@link executionColumns}. */
export function executionRecord(row: Row): ExecutionRecord {
  const executionArn = row["execution_arn"] as string;
  const name = row["name"] as string;
  const stopDate = row["stop_date"] as number | null;
  const extra = row["extra"] as string | null;
  const redriveDate = row["redrive_date"] as number | null;
  const mapRunArn = row["map_run_arn"] as string | null;
  return {
    executionArn,
    stateMachineArn: row["machine_arn"] as string,
    revisionId: row["revision_id"] as string,
    name: name === "" ? nameIn(executionArn) : name,
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
