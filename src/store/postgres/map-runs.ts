import type { MapRunRecord, MapRunStore } from "../../ports/map-run-store.ts";
import { partitionOf } from "../../ports/partition-of.ts";
import { pageOf } from "../page-of.ts";
import { checkLimit, decodePosition, encodePosition } from "../page-position.ts";
import { executionRecord, statusNumber } from "../rows/execution-row.ts";
import { mapRunRow } from "../rows/map-run-row.ts";
import { arnKey } from "./arn-key.ts";
import type { Database } from "./database.ts";
import { executionColumns } from "./execution-row.ts";
import { checkPartition } from "./partitions.ts";
import { statement } from "./statement.ts";

const put = statement(
  "map_run_put",
  `WITH fence AS (
     SELECT part FROM @partitions
     WHERE part = $1::integer AND ($6::bigint IS NULL OR (epoch = $6::bigint AND owned)) FOR SHARE
   )
   INSERT INTO @map_runs (part, map_run_arn, execution_arn, running, ordinal, record)
   SELECT part, $2::text, $3::text, $4::boolean, (extract(epoch FROM now()) * 1000000)::bigint, $5::text
   FROM fence
   ON CONFLICT (part, map_run_arn) DO UPDATE SET running = excluded.running, record = excluded.record
   RETURNING part`,
);
const one = statement("map_run", "SELECT record FROM @map_runs WHERE map_run_arn = $1");
const ofExecution = statement(
  "map_runs_of_execution",
  `SELECT ordinal, record FROM @map_runs
   WHERE part = $1 AND execution_arn = $2 AND ordinal < $3 ORDER BY ordinal DESC LIMIT $4`,
);
const running = statement(
  "map_runs_running",
  "SELECT record FROM @map_runs WHERE part = $1 AND running ORDER BY ordinal, map_run_arn",
);
const children = statement(
  "map_run_children",
  `SELECT ${executionColumns} FROM @executions e
   WHERE e.map_run = $1 AND e.map_run_index > $2 AND ($3::smallint IS NULL OR e.status = $3::smallint)
   ORDER BY e.map_run_index LIMIT $4`,
);

export function mapRuns(database: Database, partitions: number): MapRunStore {
  return {
    async putMapRun(record, epoch) {
      const row = storedMapRun(record, partitions);
      const { part, map_run_arn, execution_arn, running: runs } = row;
      const values = [part, map_run_arn, execution_arn, runs, row.record, epoch ?? null];
      const written = await database.rows(put, ...values);
      return written.length > 0;
    },
    async mapRun(mapRunArn) {
      const [row] = await database.rows(one, mapRunArn);
      return row === undefined ? undefined : mapRunRow.recordOf(row);
    },
    async mapRuns(executionArn, { limit, after }) {
      checkLimit(limit);
      const part = partitionOf(executionArn, partitions);
      const before = after === undefined ? Number.MAX_SAFE_INTEGER : decodePosition(after).id;
      const rows = await database.rows(ofExecution, part, executionArn, before, limit + 1);
      return pageOf(rows, limit, mapRunRow.recordOf, (last) =>
        encodePosition({ key: 0, id: last["ordinal"] as number }),
      );
    },
    async runningMapRuns(partition) {
      checkPartition(partition, partitions);
      return (await database.rows(running, partition)).map(mapRunRow.recordOf);
    },
    async mapRunChildren({ mapRunArn, status }, { limit, after }) {
      checkLimit(limit);
      const from = after === undefined ? -1 : decodePosition(after).id;
      const wanted = status === undefined ? null : statusNumber(status);
      const rows = await database.rows(children, arnKey(mapRunArn), from, wanted, limit + 1);
      return pageOf(rows, limit, executionRecord, (last) =>
        encodePosition({ key: 0, id: last["map_run_index"] as number }),
      );
    },
  };
}

/** A Map Run's row, but for its place among the others. */
export function storedMapRun(record: MapRunRecord, partitions: number) {
  return {
    part: partitionOf(record.executionArn, partitions),
    ...mapRunRow.rowOf(record),
    running: record.status === "RUNNING",
  };
}
