import { checkWrite, refuse } from "../check-write.ts";
import type { EpochMs } from "../../machine/ids.ts";
import type { CommitBatch, ExecutionWrite } from "../../ports/store.ts";
import { delist, enlist, taskKey, type HeldExecution, type HeldExecutions } from "./executions.ts";
import { applyMessages } from "./messages.ts";

/** Refuses a batch before any of it is applied, so that a commit is all or nothing. */
export function checkBatch(executions: HeldExecutions, batch: CommitBatch): void {
  const runs = new Map<string, boolean>();
  for (const write of batch.writes) {
    checkWrite(write);
    const { executionArn, start, closed, parked, redriven } = write;
    const held = executions.byArn.get(executionArn);
    let running =
      runs.get(executionArn) ?? (held === undefined ? undefined : held.record.status === "RUNNING");
    if (start !== undefined) {
      if (running !== undefined) refuse(executionArn, "it has started already");
      running = start.status === "RUNNING";
    }
    if (running === undefined) refuse(executionArn, "there is no such execution");
    if (redriven !== undefined) {
      if (running) refuse(executionArn, "it is redriven but has not ended");
      running = true;
    }
    if (closed !== undefined) {
      if (!running) refuse(executionArn, "it has ended already");
      running = false;
    }
    if (parked && !running) refuse(executionArn, "it is parked but does not run");
    runs.set(executionArn, running);
  }
}

/** Applies a batch that {@link checkBatch} let pass. */
export function applyBatch(executions: HeldExecutions, batch: CommitBatch, now: EpochMs): void {
  for (const write of batch.writes) applyWrite(executions, batch.partition, write);
  applyMessages(executions, batch, now);
}

function applyWrite(executions: HeldExecutions, partition: number, write: ExecutionWrite): void {
  const { executionArn, start, chunk, closed, parked, redriven } = write;
  const execution =
    start === undefined ? held(executions, executionArn) : insert(executions, partition, start);
  const relisted = [start, closed, parked, redriven].some((change) => change !== undefined);
  if (relisted) {
    delist(executions, execution);
    if (redriven !== undefined) {
      const { stopDate: _, ...open } = execution.record;
      execution.record = { ...open, ...redriven, status: "RUNNING" };
      execution.parked = false;
      execution.wakeAt = undefined;
    }
    if (closed !== undefined) execution.record = { ...execution.record, ...closed };
    if (parked !== undefined || closed !== undefined) {
      execution.parked = Boolean(parked);
      execution.wakeAt = parked?.wakeAt;
    }
    enlist(executions, execution);
  }
  if (chunk !== undefined) execution.chunks.push({ ...chunk });
  for (const task of write.activityTasksAdded ?? []) {
    const key = taskKey(executionArn, task.taskId);
    if (!executions.activityTasks.has(key)) executions.activityTasks.set(key, { ...task });
  }
  for (const taskId of write.activityTasksRemoved ?? []) {
    executions.activityTasks.delete(taskKey(executionArn, taskId));
  }
}

function insert(
  executions: HeldExecutions,
  partition: number,
  start: NonNullable<ExecutionWrite["start"]>,
): HeldExecution {
  executions.lastId += 1;
  const execution = {
    id: executions.lastId,
    partition,
    record: { ...start },
    chunks: [],
    parked: false,
    wakeAt: undefined,
  };
  executions.byArn.set(start.executionArn, execution);
  return execution;
}

function held(executions: HeldExecutions, executionArn: string): HeldExecution {
  return executions.byArn.get(executionArn) ?? refuse(executionArn, "there is no such execution");
}
