import { partitionOf } from "../../ports/partition-of.ts";
import type { Store } from "../../ports/store.ts";
import { pageOf } from "../page-of.ts";
import { checkLimit } from "../page-position.ts";
import { activityTaskRow } from "../rows/activity-task-row.ts";
import { executionRecord, statuses, statusNumber } from "../rows/execution-row.ts";
import { columnList } from "../rows/row-kind.ts";
import { arnKey } from "./arn-key.ts";
import type { Database } from "./database.ts";
import { arnColumns, arnOf } from "./execution-arn.ts";
import { executionColumns } from "./execution-row.ts";
import { beginning, decodeListing, encodeListing } from "./listing-position.ts";
import { checkPartition } from "./partitions.ts";
import { statement } from "./statement.ts";

type ExecutionReads = Pick<
  Store,
  "execution" | "executions" | "openExecutions" | "resident" | "due" | "nextWake" | "activityTasks"
>;

const one = statement(
  "execution",
  `SELECT ${executionColumns} FROM @executions e WHERE e.part = $1 AND e.arn_prefix = $2 AND e.arn_name = $3`,
);

/** The newest executions that `column` holds for, of one status. */
function newestOf(column: string, status: number | string): string {
  return `(SELECT e.* FROM @executions e
    WHERE e.${column} = $1 AND e.status = ${status} AND (e.start_date, e.id, e.part) < ($2, $3, $4)
    ORDER BY e.start_date DESC, e.id DESC, e.part DESC LIMIT $5)`;
}

const order = "ORDER BY e.start_date DESC, e.id DESC, e.part DESC";

/** Each of the branches reads its part of an index, from where the page begins. */
function listing(column: string) {
  const all = [...statuses.keys()].map((status) => newestOf(column, status)).join(" UNION ALL ");
  return {
    ofStatus: statement(
      `executions_by_${column}_of_status`,
      `SELECT ${executionColumns} FROM ${newestOf(column, "$6")} e ${order}`,
    ),
    ofAll: statement(
      `executions_by_${column}`,
      `SELECT ${executionColumns} FROM (${all}) e ${order} LIMIT $5`,
    ),
  };
}

const listings = {
  machine: listing("machine"),
  version: listing("version"),
  alias: listing("alias"),
};

const open = statement(
  "executions_open",
  `SELECT (SELECT count(*) FROM @executions e WHERE e.machine = m.key AND e.status = 0)::float8 AS open
   FROM unnest($1::bigint[]) WITH ORDINALITY AS m(key, ordinal) ORDER BY m.ordinal`,
);
const resident = statement(
  "executions_resident",
  `SELECT e.id::text AS id, ${arnOf("e")} AS arn FROM @executions e
   WHERE e.part = $1 AND e.status = 0 AND NOT e.parked AND e.id > $2 ORDER BY e.id LIMIT $3`,
);
const due = statement(
  "executions_due",
  `SELECT ${arnOf("e")} AS arn FROM @executions e
   WHERE e.part = $1 AND e.wake_at IS NOT NULL AND e.wake_at <= $2 ORDER BY e.wake_at, e.id LIMIT $3`,
);
const nextWake = statement(
  "executions_next_wake",
  "SELECT min(wake_at) AS wake_at FROM @executions WHERE part = $1 AND wake_at IS NOT NULL",
);
const activityTasks = statement(
  "activity_tasks",
  `SELECT ${columnList(activityTaskRow, "t")}, ${arnOf("e")} AS execution_arn FROM @activity_tasks t
   JOIN @executions e ON e.part = t.part AND e.id = t.execution
   WHERE t.activity_arn = $1 ORDER BY t.added_at, t.ordinal, t.part LIMIT $2`,
);

/** Reads of executions and of what waits to be done for them. */
export function executionReads(database: Database, partitions: number): ExecutionReads {
  return {
    async execution(executionArn) {
      const part = partitionOf(executionArn, partitions);
      const { arn_prefix, arn_name } = arnColumns(executionArn);
      const [row] = await database.rows(one, part, arn_prefix, arn_name);
      return row === undefined ? undefined : executionRecord(row);
    },
    async executions({ stateMachineArn, status, ...through }, { limit, after }) {
      checkLimit(limit);
      const { startDate, id, part } = after === undefined ? beginning : decodeListing(after);
      const { stateMachineVersionArn: version, stateMachineAliasArn: alias } = through;
      const [{ ofAll, ofStatus }, arn] =
        version !== undefined
          ? [listings.version, version]
          : alias !== undefined
            ? [listings.alias, alias]
            : [listings.machine, stateMachineArn];
      const values = [arnKey(arn), startDate, id, part, limit + 1];
      const rows =
        status === undefined
          ? await database.rows(ofAll, ...values)
          : await database.rows(ofStatus, ...values, statusNumber(status));
      return pageOf(rows, limit, executionRecord, (last) =>
        encodeListing({
          startDate: last["start_date"] as number,
          id: last["id"] as string,
          part: last["part"] as number,
        }),
      );
    },
    async openExecutions(stateMachineArns) {
      const rows = await database.rows(open, stateMachineArns.map(arnKey));
      return rows.map((row) => row["open"] as number);
    },
    async resident(partition, { limit, after }) {
      checkPartition(partition, partitions);
      checkLimit(limit);
      const from = after === undefined ? "0" : decodeListing(after).id;
      const rows = await database.rows(resident, partition, from, limit + 1);
      return pageOf(
        rows,
        limit,
        (row) => row["arn"] as string,
        (last) => encodeListing({ startDate: 0, id: last["id"] as string, part: partition }),
      );
    },
    async due(partition, until, limit) {
      checkPartition(partition, partitions);
      checkLimit(limit);
      const rows = await database.rows(due, partition, until, limit);
      return rows.map((row) => row["arn"] as string);
    },
    async nextWake(partition) {
      checkPartition(partition, partitions);
      const wakeAt = (await database.rows(nextWake, partition))[0]?.["wake_at"];
      return typeof wakeAt === "number" ? wakeAt : undefined;
    },
    async activityTasks(activityArn, limit) {
      checkLimit(limit);
      const rows = await database.rows(activityTasks, activityArn, limit);
      return rows.map(activityTaskRow.recordOf);
    },
  };
}
