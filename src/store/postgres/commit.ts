import { partitionOf } from "../../ports/partition-of.ts";
import type { CommitBatch, CommitResult, ExecutionRecord, Store } from "../../ports/store.ts";
import { statusNumber } from "../rows/execution-row.ts";
import { messageRow } from "../rows/message-row.ts";
import type { Acknowledged } from "./acknowledged.ts";
import type { Arns } from "./arns.ts";
import { checkBatch } from "./check-batch.ts";
import { CommitGroups } from "./commit-groups.ts";
import type { CommitRows } from "./commit-statement.ts";
import type { Database } from "./database.ts";
import { arnColumns, splitArn } from "./execution-arn.ts";
import { storedRow } from "./execution-row.ts";
import { type MergedWrites, mergeWrites, type Needed, type RowChange } from "./merge-writes.ts";
import type { Bases } from "./ownership.ts";
import { checkPartition } from "./partitions.ts";
import type { RememberedExecutions } from "./remembered-executions.ts";
import { statement } from "./statement.ts";

/** The places of rows within one commit. */
const places = 1n << 20n;

/** How often a commit is made again that contradicted what was stored, and then did not when that was looked at. */
const mostTries = 5;

/** Executions of a partition by their ARNs: see {@link arnValues}. */
const withArns = `FROM unnest($2::bigint[], $3::text[], $4::text[]) AS u(prefix, name, arn)
  JOIN @executions e ON e.part = $1 AND e.arn_prefix = u.prefix AND e.arn_name = u.name`;

const findIds = statement("executions_ids", `SELECT u.arn, e.id::text AS id ${withArns}`);
const mayCommit = statement(
  "commit_may",
  `SELECT EXISTS (SELECT 1 FROM @partitions WHERE part = $1 AND epoch = $2 AND owned)
     AND NOT EXISTS (SELECT 1 FROM @commit_log l WHERE l.part = $1 AND l.position >= $3) AS may`,
);
const findStatuses = statement("executions_statuses", `SELECT u.arn, e.status ${withArns}`);

const neededNumber: { readonly [N in Exclude<Needed, "absent">]: number } = {
  running: 0,
  ended: 1,
  there: 2,
};

export interface CommitParts {
  readonly database: Database;
  readonly partitions: number;
  readonly bases: Bases;
  readonly acknowledged: Acknowledged;
  readonly arns: Arns;
  readonly remembered: RememberedExecutions;
  /** Told of each partition that something was committed in. */
  readonly committed: (partition: number) => void;
}

/** Writes batches, those of several partitions together in one statement. */
export function openCommit(parts: CommitParts): Pick<Store, "commit"> {
  const { database, partitions, bases, acknowledged, arns, remembered } = parts;
  const groups = new CommitGroups(database);

  /** The ids of executions that are stored; those that are not known are looked up, and may not be found. */
  async function idsOf(
    partition: number,
    merged: readonly MergedWrites[],
  ): Promise<Map<string, string>> {
    const ids = new Map<string, string>();
    const unknown: string[] = [];
    for (const { executionArn, needed } of merged) {
      if (needed === "absent") continue;
      const id = remembered.get(partition, executionArn);
      if (id === undefined) unknown.push(executionArn);
      else ids.set(executionArn, id);
    }
    if (unknown.length > 0) {
      for (const row of await database.rows(findIds, partition, ...arnValues(unknown))) {
        ids.set(row["arn"] as string, row["id"] as string);
      }
    }
    return ids;
  }

  /** One try. `undefined`: the batch contradicts itself or what is stored, so that nothing was written. */
  async function attempt(batch: CommitBatch, position: number): Promise<CommitResult | undefined> {
    const { partition, epoch } = batch;
    const merged = mergeWrites(batch.writes);
    if (merged === undefined) return undefined;
    const ids = await idsOf(partition, merged);
    let started = 0n;
    for (const { executionArn, needed } of merged) {
      if (needed === "absent") ids.set(executionArn, idAt(position, started++));
      else if (!ids.has(executionArn)) return undefined;
    }
    await arns.store(arnsIn(merged));
    const rows = rowsOf(batch, position, merged, ids, partitions);
    const result = await groups.send({
      partition,
      epoch,
      position,
      rows,
      acknowledged: acknowledged.of(partition, epoch),
    });
    if (result === "contradiction") return undefined;
    if (result === "fenced") await acknowledged.check(partition, epoch);
    if (result !== "committed") return result;
    acknowledged.note(partition, epoch, position);
    for (const { executionArn, start, change } of merged) {
      const status = change?.status ?? start?.status ?? "RUNNING";
      // Those that leave memory are not remembered either.
      if (status !== "RUNNING" || change?.parked) remembered.delete(partition, executionArn);
      else remembered.set(partition, executionArn, ids.get(executionArn) ?? "");
    }
    parts.committed(partition);
    return "committed";
  }

  /** Says what is wrong with a batch, unless it may not be made in any case, or it is right by now. */
  async function refuseIfWrong(
    { partition, epoch, writes }: CommitBatch,
    position: number,
  ): Promise<"fenced" | undefined> {
    const [answer] = await database.rows(mayCommit, partition, epoch, position);
    if (answer?.["may"] !== true) return "fenced";
    const named = [...new Set(writes.map(({ executionArn }) => executionArn))];
    const rows = await database.rows(findStatuses, partition, ...arnValues(named));
    checkBatch(writes, new Map(rows.map((row) => [row["arn"] as string, row["status"] === 0])));
    return undefined;
  }

  return {
    async commit(batch) {
      const { partition, epoch, sequence } = batch;
      checkPartition(partition, partitions);
      const base = await bases.of(partition, epoch);
      // Sequences count from 1: what is lower would be at a position of the epoch before.
      if (base === undefined || sequence < 1) return "fenced";
      const position = base + sequence;
      for (let tries = 0; tries < mostTries; tries++) {
        const result = await attempt(batch, position);
        if (result !== "committed") remembered.forget(partition);
        if (result !== undefined) return result;
        if ((await refuseIfWrong(batch, position)) === "fenced") return "fenced";
      }
      throw new Error(
        `the store refuses a commit of partition ${partition}: others change what it writes`,
      );
    },
  };
}

function arnValues(arns: readonly string[]): readonly (readonly string[])[] {
  const columns = arns.map(arnColumns);
  return [
    columns.map(({ arn_prefix }) => arn_prefix),
    columns.map(({ arn_name }) => arn_name),
    arns,
  ];
}

function idAt(position: number, place: bigint): string {
  if (place >= places) throw new RangeError(`a commit has at most ${places} rows of a kind`);
  return (BigInt(position) * places + place).toString();
}

function* arnsIn(merged: readonly MergedWrites[]): Iterable<string> {
  for (const { start } of merged) {
    if (start === undefined) continue;
    yield start.stateMachineArn;
    yield splitArn(start.executionArn).prefix;
    if (start.mapRun !== undefined) yield start.mapRun.mapRunArn;
  }
}

/** The rows that a batch comes to. */
function rowsOf(
  batch: CommitBatch,
  position: number,
  merged: readonly MergedWrites[],
  ids: ReadonlyMap<string, string>,
  partitions: number,
): CommitRows {
  const owner = batch.partition;
  const idOf = (executionArn: string): string => ids.get(executionArn) ?? "";
  const delivered = new Set(batch.messagesDelivered);
  const tasks = merged.flatMap(({ executionArn, tasks: changes }) =>
    [...changes].map(([task_id, change]) => ({
      owner,
      execution: idOf(executionArn),
      task_id,
      change,
    })),
  );
  return {
    started: merged.flatMap(({ executionArn, start, change }) =>
      start === undefined ? [] : [{ owner, ...startedRow(idOf(executionArn), start, change) }],
    ),
    changed: merged.flatMap(({ executionArn, needed, change }) =>
      change === undefined || needed === "absent"
        ? []
        : [
            {
              owner,
              id: idOf(executionArn),
              needed: neededNumber[needed],
              ...changedColumns(change),
            },
          ],
    ),
    chunks: batch.writes
      .flatMap(({ executionArn, chunk }) => (chunk === undefined ? [] : [{ executionArn, chunk }]))
      .map(({ executionArn, chunk }, place) => ({
        owner,
        execution: idOf(executionArn),
        ordinal: idAt(position, BigInt(place)),
        first_event_id: chunk.firstEventId,
        last_event_id: chunk.lastEventId,
        data: chunk.data,
      })),
    tasksAdded: tasks.flatMap(({ execution, task_id, change }) =>
      change === "removed"
        ? []
        : [
            {
              owner,
              execution,
              task_id,
              activity_arn: change.activityArn,
              ordinal: taskOrdinal(position, change.place, change.again),
            },
          ],
    ),
    tasksRemoved: tasks.flatMap(({ execution, task_id, change }) =>
      change === "removed" ? [{ owner, execution, task_id }] : [],
    ),
    messagesSent: batch.messagesSent
      .filter(({ id }) => !delivered.has(id))
      .map((message, place) => ({
        owner,
        part: partitionOf(message.to, partitions),
        ...messageRow.rowOf(message),
        ordinal: idAt(position, BigInt(place)),
      })),
    messagesDelivered: [...delivered].map((id) => ({ owner, id })),
  };
}

/** Twice the place in all commits; odd if the task moves there, though it waits already. */
function taskOrdinal(position: number, place: number, again: boolean): string {
  return (BigInt(idAt(position, BigInt(place))) * 2n + (again ? 1n : 0n)).toString();
}

function changedColumns({ status, stopDate, parked, wakeAt, redriven }: RowChange) {
  return {
    status: status === undefined ? null : statusNumber(status),
    stop_date: stopDate ?? null,
    parked,
    wake_at: wakeAt ?? null,
    redrive_count: redriven?.redriveCount ?? null,
    redrive_date: redriven?.redriveDate ?? null,
  };
}

/** The row of an execution that starts, as its first commit leaves it. */
function startedRow(id: string, start: ExecutionRecord, change: RowChange = { parked: false }) {
  const { parked, wakeAt } = change;
  return storedRow(id, {
    record: changedRecord(start, change),
    ...(parked && { parked: { wakeAt } }),
  });
}

function changedRecord(
  start: ExecutionRecord,
  { status, stopDate, redriven }: RowChange,
): ExecutionRecord {
  if (status === undefined) return start;
  const { stopDate: _, ...begun } = start;
  return { ...begun, status, ...(stopDate !== undefined && { stopDate }), ...redriven };
}
