import type { SQLInputValue } from "node:sqlite";
import type { DumpedExecution } from "../../ports/store-dump.ts";
import { executionRow } from "../rows/execution-row.ts";
import { columnList, type Row, type Scalar } from "../rows/row-kind.ts";
import { inputOf } from "./row-parameters.ts";

/** The columns that an execution is read by, of `executions e` and `machine_numbers m`. */
export const executionColumns = `e.id, e.execution_arn, m.arn AS machine_arn, ${columnList(executionRow, "e")},
  (SELECT arn FROM machine_numbers WHERE number = e.map_run) AS map_run_arn`;

/** An execution that was read: booleans are 1 and 0 here. */
export function dumpedExecution(row: Row): DumpedExecution {
  return executionRow.recordOf({ ...row, parked: row["parked"] === 1 });
}

/** The columns that an execution is inserted with. */
export const storedColumns = [
  "execution_arn",
  "machine",
  "map_run",
  ...Object.keys(executionRow.columns),
];

/** The values of {@link storedColumns}; `numberOf` gives the numbers that ARNs are named by. */
export function storedValues(
  execution: DumpedExecution,
  numberOf: (arn: string) => number,
): SQLInputValue[] {
  const { executionArn, stateMachineArn, mapRun } = execution.record;
  const row = executionRow.rowOf(execution);
  const stored: { readonly [column: string]: Scalar } = {
    ...row,
    execution_arn: executionArn,
    machine: numberOf(stateMachineArn),
    map_run: mapRun === undefined ? null : numberOf(mapRun.mapRunArn),
    // These may not be null here.
    name: row.name ?? "",
    redrive_count: row.redrive_count ?? 0,
  };
  return storedColumns.map((column) => inputOf(stored[column] ?? null));
}
