import type { DatabaseSync } from "node:sqlite";
import type { Store } from "../../ports/store.ts";
import { checkLimit, decodePosition, encodePosition } from "../page-position.ts";
import { activityTaskRow } from "../rows/activity-task-row.ts";
import { executionRecord, statuses, statusNumber } from "../rows/execution-row.ts";
import { messageRow } from "../rows/message-row.ts";
import { columnList } from "../rows/row-kind.ts";
import { executionColumns } from "./execution-row.ts";
import { checkPartition } from "./ownership.ts";
import type { Sync } from "./protocol.ts";
import { pageOf } from "../page-of.ts";

type ExecutionReads = Sync<
  Pick<
    Store,
    | "execution"
    | "executions"
    | "openExecutions"
    | "resident"
    | "due"
    | "nextWake"
    | "activityTasks"
    | "messages"
  >
>;

/** Reads of executions and of what waits to be done for them. */
export function openExecutionReads(database: DatabaseSync): ExecutionReads {
  const one = database.prepare(
    `SELECT ${executionColumns} FROM executions e JOIN machine_numbers m ON m.number = e.machine
     WHERE e.execution_arn = ?`,
  );
  const findMachine = database.prepare("SELECT number FROM machine_numbers WHERE arn = ?");
  /** The newest executions of one status that `wanted` holds for. */
  const ofStatus = (index: string, wanted: string) =>
    database.prepare(
      `SELECT ${executionColumns}
       FROM executions e INDEXED BY ${index} JOIN machine_numbers m ON m.number = e.machine
       WHERE ${wanted} = ?1 AND e.status = ?2 AND (e.start_date, e.id) < (?3, ?4)
       ORDER BY e.start_date DESC, e.id DESC LIMIT ?5`,
    );
  const ofMachine = ofStatus("executions_listed", "e.machine");
  const ofVersion = ofStatus("executions_of_version", "e.extra ->> 'stateMachineVersionArn'");
  const ofAlias = ofStatus("executions_of_alias", "e.extra ->> 'stateMachineAliasArn'");
  const open = database.prepare(
    `SELECT count(*) AS open FROM executions e INDEXED BY executions_listed
     WHERE e.machine = ? AND e.status = 0`,
  );
  const resident = database.prepare(
    `SELECT id, execution_arn FROM executions INDEXED BY executions_resident
     WHERE status = 0 AND parked = 0 AND id > ? ORDER BY id LIMIT ?`,
  );
  const due = database.prepare(
    `SELECT execution_arn FROM executions INDEXED BY executions_sleeping
     WHERE wake_at IS NOT NULL AND wake_at <= ? ORDER BY wake_at, id LIMIT ?`,
  );
  const nextWake = database.prepare(
    "SELECT min(wake_at) AS wake_at FROM executions WHERE wake_at IS NOT NULL",
  );
  const activityTasks = database.prepare(
    `SELECT ${columnList(activityTaskRow, "t")}, e.execution_arn
     FROM activity_tasks t JOIN executions e ON e.id = t.execution
     WHERE t.activity_arn = ? ORDER BY t.position LIMIT ?`,
  );
  const messages = database.prepare(
    `SELECT ${columnList(messageRow)} FROM messages ORDER BY position LIMIT ?`,
  );

  return {
    execution(executionArn) {
      const row = one.get(executionArn);
      return row === undefined ? undefined : executionRecord(row);
    },
    executions({ stateMachineArn, status, ...through }, page) {
      checkLimit(page.limit);
      const after = page.after === undefined ? undefined : decodePosition(page.after);
      const machine = findMachine.get(stateMachineArn)?.["number"];
      if (typeof machine !== "number") return { items: [] };
      const { stateMachineVersionArn: version, stateMachineAliasArn: alias } = through;
      const [list, wanted] =
        version !== undefined
          ? [ofVersion, version]
          : alias !== undefined
            ? [ofAlias, alias]
            : [ofMachine, machine];
      const { key, id } = after ?? { key: Infinity, id: 0 };
      const numbers = status === undefined ? statuses.keys() : [statusNumber(status)];
      const rows = [...numbers]
        .flatMap((number) => list.all(wanted, number, key, id, page.limit + 1))
        .sort(
          (left, right) =>
            Number(right["start_date"]) - Number(left["start_date"]) ||
            Number(right["id"]) - Number(left["id"]),
        );
      return pageOf(rows, page.limit, executionRecord, (last) =>
        encodePosition({ key: Number(last["start_date"]), id: Number(last["id"]) }),
      );
    },
    openExecutions(stateMachineArns) {
      return stateMachineArns.map((arn) => {
        const machine = findMachine.get(arn)?.["number"];
        return typeof machine === "number" ? Number(open.get(machine)?.["open"]) : 0;
      });
    },
    resident(partition, page) {
      checkPartition(partition);
      checkLimit(page.limit);
      const after = page.after === undefined ? 0 : decodePosition(page.after).id;
      const rows = resident.all(after, page.limit + 1);
      return pageOf(
        rows,
        page.limit,
        (row) => String(row["execution_arn"]),
        (last) => encodePosition({ key: 0, id: Number(last["id"]) }),
      );
    },
    due(partition, until, limit) {
      checkPartition(partition);
      checkLimit(limit);
      return due.all(until, limit).map((row) => String(row["execution_arn"]));
    },
    nextWake(partition) {
      checkPartition(partition);
      const wakeAt = nextWake.get()?.["wake_at"];
      return typeof wakeAt === "number" ? wakeAt : undefined;
    },
    activityTasks(activityArn, limit) {
      checkLimit(limit);
      return activityTasks.all(activityArn, limit).map(activityTaskRow.recordOf);
    },
    messages(partition, limit) {
      checkPartition(partition);
      checkLimit(limit);
      return messages.all(limit).map(messageRow.recordOf);
    },
  };
}
