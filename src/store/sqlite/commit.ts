import type { DatabaseSync } from "node:sqlite";
import type {
  CommitBatch,
  CommitResult,
  ExecutionRecord,
  ExecutionWrite,
} from "../../ports/store.ts";
import { checkWrite, refuse } from "../check-write.ts";
import { statusNumber } from "../rows/execution-row.ts";
import { messageRow } from "../rows/message-row.ts";
import { inTransaction } from "./connection.ts";
import { storedColumns, storedValues } from "./execution-row.ts";
import type { Ownership } from "./ownership.ts";
import type { Packing } from "./packing.ts";
import { inputsOf, insertInto, insertRow } from "./row-parameters.ts";

/** Running executions whose numbers are remembered; more of them than this are looked up again now and then. */
const rememberedExecutions = 50_000;

/** Writes batches, each in one transaction. */
export interface Committer {
  commit(batch: CommitBatch): CommitResult;
  /** Forgets remembered numbers; called when executions have been deleted. */
  readonly forget: () => void;
}

export function openCommitter(
  database: DatabaseSync,
  ownership: Ownership,
  packing: Pick<Packing, "closed">,
): Committer {
  const insertExecution = database.prepare(
    `${insertInto("executions", storedColumns)} ON CONFLICT (execution_arn) DO NOTHING`,
  );
  const findExecution = database.prepare("SELECT id FROM executions WHERE execution_arn = ?");
  const closeExecution = database.prepare(
    `UPDATE executions SET status = ?, stop_date = ?, parked = 0, wake_at = NULL
     WHERE id = ? AND status = 0`,
  );
  const parkExecution = database.prepare(
    "UPDATE executions SET parked = 1, wake_at = ? WHERE id = ? AND status = 0",
  );
  const reopenExecution = database.prepare(
    `UPDATE executions SET status = 0, stop_date = NULL, parked = 0, wake_at = NULL,
       redrive_count = ?, redrive_date = ? WHERE id = ? AND status <> 0`,
  );
  const wakeExecution = database.prepare(
    "UPDATE executions SET parked = 0, wake_at = NULL WHERE id = ?",
  );
  const appendChunk = database.prepare(
    "INSERT INTO journal (execution, first_event_id, last_event_id, data) VALUES (?, ?, ?, ?)",
  );
  const insertMachine = database.prepare(
    "INSERT INTO machine_numbers (arn) VALUES (?) ON CONFLICT DO NOTHING",
  );
  const findMachine = database.prepare("SELECT number FROM machine_numbers WHERE arn = ?");
  const addTask = database.prepare(
    `INSERT INTO activity_tasks (execution, task_id, activity_arn) VALUES (?, ?, ?)
     ON CONFLICT DO NOTHING`,
  );
  const removeTask = database.prepare(
    "DELETE FROM activity_tasks WHERE execution = ? AND task_id = ?",
  );
  const addMessage = database.prepare(`${insertRow(messageRow)} ON CONFLICT DO NOTHING`);
  const removeMessage = database.prepare("DELETE FROM messages WHERE id = ?");

  // Numbers of resident executions and of state machines. What a transaction put in goes if it is rolled back.
  const ids = new Map<string, number>();
  const machines = new Map<string, number>();

  function forget(): void {
    ids.clear();
    machines.clear();
  }

  function arnNumber(arn: string): number {
    let number = machines.get(arn);
    if (number === undefined) {
      insertMachine.run(arn);
      number = Number(findMachine.get(arn)?.["number"]);
      machines.set(arn, number);
    }
    return number;
  }

  function idOf(executionArn: string): number {
    const remembered = ids.get(executionArn);
    if (remembered !== undefined) return remembered;
    const row = findExecution.get(executionArn);
    if (row === undefined) refuse(executionArn, "there is no such execution");
    return Number(row["id"]);
  }

  function insert(start: ExecutionRecord, { closed, parked }: ExecutionWrite): number {
    const record = closed === undefined ? start : { ...start, ...closed };
    const execution = parked ? { record, parked } : { record };
    const inserted = insertExecution.run(...storedValues(execution, arnNumber));
    if (inserted.changes !== 1) refuse(start.executionArn, "it has started already");
    return Number(inserted.lastInsertRowid);
  }

  function update(executionArn: string, { closed, parked, redriven }: ExecutionWrite): number {
    const id = idOf(executionArn);
    if (redriven !== undefined) {
      const { redriveCount, redriveDate } = redriven;
      if (reopenExecution.run(redriveCount, redriveDate, id).changes !== 1) {
        refuse(executionArn, "it is redriven but has not ended");
      }
    }
    if (closed !== undefined) {
      const { status, stopDate } = closed;
      if (closeExecution.run(statusNumber(status), stopDate, id).changes !== 1) {
        refuse(executionArn, "it has ended already");
      }
    } else if (parked) {
      if (parkExecution.run(parked.wakeAt ?? null, id).changes !== 1) {
        refuse(executionArn, "it is parked but does not run");
      }
    } else if (parked === null) {
      wakeExecution.run(id);
    }
    return id;
  }

  function apply(write: ExecutionWrite): void {
    checkWrite(write);
    const { executionArn, start, chunk, closed, parked } = write;
    const id = start === undefined ? update(executionArn, write) : insert(start, write);
    if (chunk !== undefined) {
      appendChunk.run(id, chunk.firstEventId, chunk.lastEventId, chunk.data);
    }
    const stopDate = closed?.stopDate ?? start?.stopDate;
    if (stopDate !== undefined) packing.closed(id, stopDate);
    for (const task of write.activityTasksAdded ?? [])
      addTask.run(id, task.taskId, task.activityArn);
    for (const taskId of write.activityTasksRemoved ?? []) removeTask.run(id, taskId);

    // Those that leave memory are not remembered either, so that waiting executions cost none.
    if (closed !== undefined || parked) ids.delete(executionArn);
    else {
      if (ids.size >= rememberedExecutions) ids.clear();
      ids.set(executionArn, id);
    }
  }

  return {
    forget,
    commit(batch) {
      try {
        return inTransaction(database, () => {
          if (!ownership.enter(batch.partition, batch.epoch, batch.sequence)) return "fenced";
          for (const write of batch.writes) apply(write);
          for (const message of batch.messagesSent)
            addMessage.run(...inputsOf(messageRow, message));
          for (const id of batch.messagesDelivered) removeMessage.run(id);
          return "committed";
        });
      } catch (error) {
        forget();
        throw error;
      }
    },
  };
}
