import type { MapRunRecord } from "../../ports/map-run-store.ts";
import type { RowKind } from "./row-kind.ts";

const columns = { map_run_arn: "text", execution_arn: "text", record: "text" } as const;

/** Map Runs as rows: the record as a whole, and the ARNs that it is found by. */
export const mapRunRow: RowKind<MapRunRecord, keyof typeof columns> = {
  table: "map_runs",
  columns,
  recordOf: (row) => JSON.parse(row["record"] as string) as MapRunRecord,
  rowOf: (record) => ({
    map_run_arn: record.mapRunArn,
    execution_arn: record.executionArn,
    record: JSON.stringify(record),
  }),
};
