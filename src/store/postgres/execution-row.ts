import type { ExecutionRecord, ExecutionStatus } from "../../ports/store.ts";
import { arnOf } from "./execution-arn.ts";
import type { Row } from "./values.ts";

/** The status of an execution by the number it is stored as. */
export const statuses = ["RUNNING", "SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED"] as const;

export function statusNumber(status: ExecutionStatus): number {
  return statuses.indexOf(status);
}

/** The columns that {@link executionRecord} reads, of `@executions e`. Ids are numbers of 63 bits, which are read as text. */
export const executionColumns = `e.part, e.id::text AS id, ${arnOf("e")} AS arn, e.revision_id, e.name, e.status, e.start_date, e.stop_date,
  e.redrive_count, e.redrive_date, e.map_run_index, e.item_count, e.extra,
  (SELECT m.arn FROM @arns m WHERE m.key = e.machine) AS machine_arn,
  (SELECT r.arn FROM @arns r WHERE r.key = e.map_run) AS map_run_arn`;

/** The members that few executions have, as text; null where this one has none. */
export function extraOf(record: ExecutionRecord): string | null {
  const { stateMachineVersionArn, stateMachineAliasArn, traceHeader, parent, testCase } = record;
  const extra = { stateMachineVersionArn, stateMachineAliasArn, traceHeader, parent, testCase };
  const text = JSON.stringify(extra);
  return text === "{}" ? null : text;
}

/** The name as it is stored: null where it is the last part of the ARN. */
export function storedName({ executionArn, name }: ExecutionRecord): string | null {
  return nameIn(executionArn) === name ? null : name;
}

function nameIn(executionArn: string): string {
  return executionArn.slice(executionArn.lastIndexOf(":") + 1);
}

/** The record of a row with {@link executionColumns}. */
export function executionRecord(row: Row): ExecutionRecord {
  const executionArn = row["arn"] as string;
  const stopDate = row["stop_date"] as number | null;
  const extra = row["extra"] as string | null;
  const redriveDate = row["redrive_date"] as number | null;
  const mapRunArn = row["map_run_arn"] as string | null;
  return {
    executionArn,
    stateMachineArn: row["machine_arn"] as string,
    revisionId: row["revision_id"] as string,
    name: (row["name"] as string | null) ?? nameIn(executionArn),
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
