import type { DumpedExecution } from "../../ports/store-dump.ts";
import { executionRow } from "../rows/execution-row.ts";
import { columnList } from "../rows/row-kind.ts";
import { arnKey } from "./arn-key.ts";
import { arnColumns, arnOf } from "./execution-arn.ts";

/** The columns that an execution is read by, of `@executions e`. Ids are numbers of 63 bits, which are read as text. */
export const executionColumns = `e.part, e.id::text AS id, ${arnOf("e")} AS execution_arn, ${columnList(executionRow, "e")},
  (SELECT m.arn FROM @arns m WHERE m.key = e.machine) AS machine_arn,
  (SELECT r.arn FROM @arns r WHERE r.key = e.map_run) AS map_run_arn`;

/** The columns that an execution is inserted with, beside its partition. */
export const storedColumns = {
  id: "bigint",
  arn_prefix: "bigint",
  arn_name: "text",
  machine: "bigint",
  map_run: "bigint",
  version: "bigint",
  alias: "bigint",
  ...executionRow.columns,
} as const;

/** The values of {@link storedColumns}. The ARNs that they name by their keys must be in `@arns`. */
export function storedRow(id: string, execution: DumpedExecution) {
  const { record } = execution;
  return {
    id,
    ...arnColumns(record.executionArn),
    machine: arnKey(record.stateMachineArn),
    map_run: keyOf(record.mapRun?.mapRunArn),
    version: keyOf(record.stateMachineVersionArn),
    alias: keyOf(record.stateMachineAliasArn),
    ...executionRow.rowOf(execution),
  };
}

function keyOf(arn: string | undefined): string | null {
  return arn === undefined ? null : arnKey(arn);
}
