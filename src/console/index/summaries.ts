import type { ErrorGroup, ExecutionRow, HistogramBar, WorkflowRow } from "../view-types.ts";
import type { IndexedExecution } from "./execution-index.ts";

const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;

export function rowOf({
  cause: _cause,
  isExplained: _isExplained,
  lines: _lines,
  isForgotten: _isForgotten,
  members: _members,
  indexedBy: _indexedBy,
  events: _events,
  largestPayload: _largestPayload,
  asked = 0,
  ...row
}: IndexedExecution): ExecutionRow {
  const isAsked = asked > 0 && row.status === "RUNNING";
  return { ...row, ...(isAsked && { waitingFor: "token" }) };
}

export function isFailure({ status }: Pick<ExecutionRow, "status">): boolean {
  return status === "FAILED" || status === "TIMED_OUT" || status === "ABORTED";
}

/** Starts over time by outcome, in at most `bars` bars from the first to the last. */
export function histogramOf(
  executions: readonly IndexedExecution[],
  bars: number,
  range?: { readonly from: number; readonly to: number },
): readonly HistogramBar[] {
  if (executions.length === 0 && range === undefined) return [];
  let from = range?.from ?? Infinity;
  let to = range?.to ?? -Infinity;
  if (range === undefined) {
    for (const { startDate } of executions) {
      from = Math.min(from, startDate);
      to = Math.max(to, startDate);
    }
  }
  const width = Math.max(1, Math.ceil((to - from + 1) / bars));
  const counts = Array.from({ length: bars }, (_, index) => ({
    from: from + index * width,
    to: from + (index + 1) * width,
    running: 0,
    succeeded: 0,
    failed: 0,
  }));
  for (const execution of executions) {
    const bar = counts[Math.floor((execution.startDate - from) / width)];
    if (bar === undefined) continue;
    if (execution.status === "SUCCEEDED") bar.succeeded++;
    else if (isFailure(execution)) bar.failed++;
    else bar.running++;
  }
  return counts;
}

/** Failures by error, workflow and state, the most frequent first. */
export function errorGroupsOf(
  executions: readonly IndexedExecution[],
  most: number,
): readonly ErrorGroup[] {
  const groups = new Map<string, { -readonly [K in keyof ErrorGroup]: ErrorGroup[K] }>();
  for (const execution of executions) {
    if (!isFailure(execution)) continue;
    const error = execution.error ?? execution.status;
    const key = JSON.stringify([error, execution.stateMachineArn, execution.failedState]);
    const at = execution.stopDate ?? execution.startDate;
    const group = groups.get(key);
    if (group === undefined) {
      groups.set(key, {
        error,
        stateMachineName: execution.stateMachineName,
        stateMachineArn: execution.stateMachineArn,
        ...(execution.failedState !== undefined && { failedState: execution.failedState }),
        count: 1,
        firstAt: at,
        lastAt: at,
        sample: execution.executionArn,
        ...(execution.cause !== undefined && { cause: execution.cause }),
      });
      continue;
    }
    group.count++;
    group.firstAt = Math.min(group.firstAt, at);
    if (at > group.lastAt) {
      group.lastAt = at;
      group.sample = execution.executionArn;
      if (execution.cause !== undefined) group.cause = execution.cause;
    }
  }
  return [...groups.values()].sort((a, b) => b.count - a.count).slice(0, most);
}

/** What happened to a workflow in the 24 hours before `now`. */
export function workflowRow(
  machine: Pick<WorkflowRow, "stateMachineArn" | "name" | "type" | "creationDate">,
  executions: readonly IndexedExecution[],
  now: number,
): WorkflowRow {
  const started = Array.from({ length: 24 }, () => 0);
  const counts = { running: 0, succeeded: 0, failed: 0 };
  const durations = new Float64Array(executions.length);
  let ended = 0;
  let lastStart: number | undefined;
  for (const execution of executions) {
    lastStart = Math.max(lastStart ?? 0, execution.startDate);
    const age = now - execution.startDate;
    if (execution.status === "RUNNING" || execution.status === "PENDING_REDRIVE") counts.running++;
    if (age >= dayMs) continue;
    const hour = 23 - Math.max(0, Math.floor(age / hourMs));
    started[hour] = (started[hour] ?? 0) + 1;
    if (execution.status === "SUCCEEDED") counts.succeeded++;
    else if (isFailure(execution)) counts.failed++;
    if (execution.stopDate !== undefined) {
      durations[ended++] = execution.stopDate - execution.startDate;
    }
  }
  const sorted = durations.subarray(0, ended).sort();
  const p50 = quantile(sorted, 0.5);
  const p95 = quantile(sorted, 0.95);
  return {
    ...machine,
    ...counts,
    started,
    ...(p50 !== undefined && { p50 }),
    ...(p95 !== undefined && { p95 }),
    ...(lastStart !== undefined && { lastStart }),
  };
}

/** `sorted` is in ascending order; `undefined` if it is empty. */
export function quantile(sorted: ArrayLike<number>, share: number): number | undefined {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

/** Open executions that have taken longer than nearly all of their workflow that have ended. */
export function stuckOnes(
  byWorkflow: ReadonlyMap<string, readonly IndexedExecution[]>,
  now: number,
): readonly IndexedExecution[] {
  const stuck: IndexedExecution[] = [];
  for (const executions of byWorkflow.values()) {
    const open: IndexedExecution[] = [];
    const durations = new Float64Array(executions.length);
    let ended = 0;
    for (const execution of executions) {
      const { startDate, stopDate, status, asked = 0 } = execution;
      if (stopDate !== undefined) durations[ended++] = stopDate - startDate;
      if (status === "RUNNING" && asked === 0) open.push(execution);
    }
    if (open.length === 0) continue;
    if (ended < leastToCompare) continue;
    const usual = quantile(durations.subarray(0, ended).sort(), 0.99) ?? Infinity;
    for (const execution of open) {
      if (now - execution.startDate > usual * 2) stuck.push(execution);
    }
  }
  return stuck.sort((a, b) => a.startDate - b.startDate);
}

/** Our choice: fewer that have ended say nothing of how long it takes. */
const leastToCompare = 10;
