import type {
  ActivityTaskRecord,
  ExecutionFilter,
  ExecutionRecord,
  JournalChunk,
  Page,
  PageRequest,
} from "../../ports/store.ts";
import type { EpochMs, TaskId } from "../../machine/ids.ts";
import { checkLimit, decodePosition, encodePosition } from "../page-position.ts";
import type { HeldMessage } from "./messages.ts";
import { createSortedList, type SortedList } from "./sorted-list.ts";

/** An execution as it is held. Its `wakeAt` is that of `parked`, kept apart because the list of sleepers sorts by it. */
export interface HeldExecution {
  readonly id: number;
  readonly partition: number;
  record: ExecutionRecord;
  readonly chunks: JournalChunk[];
  parked: boolean;
  wakeAt: EpochMs | undefined;
}

/** Everything about executions, and the orders in which they are found. */
export interface HeldExecutions {
  lastId: number;
  readonly byArn: Map<string, HeldExecution>;
  readonly byMachine: Map<string, SortedList<HeldExecution>>;
  readonly partitions: readonly HeldPartition[];
  readonly closed: SortedList<HeldExecution>;
  /** By execution and task, in the order they were scheduled. */
  readonly activityTasks: Map<string, ActivityTaskRecord>;
  /** By id, in the order they were sent. */
  readonly messages: Map<string, HeldMessage>;
}

/** The running executions of a partition. */
export interface HeldPartition {
  readonly resident: SortedList<HeldExecution>;
  readonly sleeping: SortedList<HeldExecution>;
}

export function createHeldExecutions(partitions: number): HeldExecutions {
  return {
    lastId: 0,
    byArn: new Map(),
    byMachine: new Map(),
    partitions: Array.from({ length: partitions }, () => ({
      resident: createSortedList((left, right) => left.id - right.id),
      sleeping: sortedBy((execution) => execution.wakeAt ?? 0),
    })),
    closed: sortedBy((execution) => execution.record.stopDate ?? 0),
    activityTasks: new Map(),
    messages: new Map(),
  };
}

/** The key of a task in {@link HeldExecutions.activityTasks}. */
export function taskKey(executionArn: string, taskId: TaskId): string {
  return `${taskId} ${executionArn}`;
}

/** How many run of a state machine. */
export function countOpen({ byMachine }: HeldExecutions, stateMachineArn: string): number {
  const { items = [] } = byMachine.get(stateMachineArn) ?? {};
  return items.filter(({ record }) => record.status === "RUNNING").length;
}

/** Enters an execution in the orders that its present state belongs to. */
export function enlist(executions: HeldExecutions, execution: HeldExecution): void {
  const { record } = execution;
  let list = executions.byMachine.get(record.stateMachineArn);
  if (list === undefined) {
    list = sortedBy((each) => each.record.startDate);
    executions.byMachine.set(record.stateMachineArn, list);
  }
  list.add(execution);
  if (record.status !== "RUNNING") executions.closed.add(execution);
  else if (!execution.parked) partitionOf(executions, execution).resident.add(execution);
  else if (execution.wakeAt !== undefined)
    partitionOf(executions, execution).sleeping.add(execution);
}

/** Takes an execution out of every order; called before what the orders sort by changes. */
export function delist(executions: HeldExecutions, execution: HeldExecution): void {
  const { stateMachineArn } = execution.record;
  const list = executions.byMachine.get(stateMachineArn);
  list?.remove(execution);
  if (list?.items.length === 0) executions.byMachine.delete(stateMachineArn);
  executions.closed.remove(execution);
  partitionOf(executions, execution).resident.remove(execution);
  partitionOf(executions, execution).sleeping.remove(execution);
}

function partitionOf(executions: HeldExecutions, { partition }: HeldExecution): HeldPartition {
  return executions.partitions[partition] as HeldPartition;
}

/** A page of a state machine's executions, newest first. */
export function listExecutions(
  executions: HeldExecutions,
  filter: ExecutionFilter,
  page: PageRequest,
): Page<ExecutionRecord> {
  checkLimit(page.limit);
  const list = executions.byMachine.get(filter.stateMachineArn);
  const items: ExecutionRecord[] = [];
  let index = list?.items.length ?? 0;
  if (page.after !== undefined) {
    const after = decodePosition(page.after);
    index = list?.firstIndex((each) => !isBefore(each.record.startDate, each.id, after)) ?? 0;
  }
  let last: HeldExecution | undefined;
  while (index > 0) {
    index -= 1;
    const execution = list?.items[index];
    if (execution === undefined) break;
    if (!isWanted(execution.record, filter)) continue;
    if (items.length === page.limit && last !== undefined) {
      return { items, next: encodePosition({ key: last.record.startDate, id: last.id }) };
    }
    items.push(execution.record);
    last = execution;
  }
  return { items };
}

function isWanted(record: ExecutionRecord, filter: ExecutionFilter): boolean {
  const { status, stateMachineVersionArn: version, stateMachineAliasArn: alias } = filter;
  if (status !== undefined && record.status !== status) return false;
  if (version !== undefined && record.stateMachineVersionArn !== version) return false;
  return alias === undefined || record.stateMachineAliasArn === alias;
}

/** A page of a partition's running executions that are not parked, in the order they were started. */
export function listResident({ resident }: HeldPartition, page: PageRequest): Page<string> {
  checkLimit(page.limit);
  const after = page.after === undefined ? 0 : decodePosition(page.after).id;
  const from = resident.firstIndex((each) => each.id > after);
  const shown = resident.items.slice(from, from + page.limit);
  const items = shown.map((each) => each.record.executionArn);
  const last = shown.at(-1);
  if (last === undefined || from + shown.length === resident.items.length) return { items };
  return { items, next: encodePosition({ key: 0, id: last.id }) };
}

function isBefore(key: number, id: number, than: { key: number; id: number }): boolean {
  return key < than.key || (key === than.key && id < than.id);
}

function sortedBy(keyOf: (execution: HeldExecution) => number): SortedList<HeldExecution> {
  return createSortedList((left, right) => keyOf(left) - keyOf(right) || left.id - right.id);
}
