import { Payload } from "../expression/payload.ts";
import type { EventId } from "./ids.ts";
import { rootBranch } from "./ids.ts";
import type { MapRunSettings } from "./map-run/map-run-settings.ts";
import type { JournalEvent } from "./journal/journal-event.ts";
import {
  type Branch,
  branchOf,
  type ExecutionSnapshot,
  newBranch,
  type WaitingForMap,
  type WaitingForParallel,
} from "./snapshot.ts";
import { removeBranch, setVariable } from "./variables.ts";

/**
 * Folds one event into the snapshot, in place, and gives it back. No judgement: everything that was decided is in the
 * event. It fails only if the journal contradicts itself, which is our own mistake.
 */
export function evolve(snapshot: ExecutionSnapshot, event: JournalEvent): ExecutionSnapshot {
  if (event.id !== 0) {
    snapshot.lastEventId = event.id;
    snapshot.lastEventAt = event.at;
  }
  switch (event.type) {
    case "ExecutionStarted": {
      snapshot.startedAt = event.at;
      snapshot.countedFrom = event.at;
      snapshot.roleArn = event.details.roleArn;
      snapshot.input = event.payload as Payload;
      branchOf(snapshot, rootBranch).input = snapshot.input;
      break;
    }
    case "ExecutionSucceeded":
      snapshot.output = event.payload;
      close(snapshot, "SUCCEEDED", event);
      break;
    case "ExecutionFailed":
      snapshot.error = event.details.error;
      snapshot.cause = event.details.cause;
      close(snapshot, "FAILED", event);
      break;
    case "ExecutionAborted":
      snapshot.error = event.details.error;
      snapshot.cause = event.details.cause;
      close(snapshot, "ABORTED", event);
      break;
    case "ExecutionTimedOut":
      snapshot.error = event.details.error;
      snapshot.cause = event.details.cause;
      close(snapshot, "TIMED_OUT", event);
      break;

    case "PassStateEntered":
    case "TaskStateEntered":
    case "ChoiceStateEntered":
    case "WaitStateEntered":
    case "SucceedStateEntered":
    case "FailStateEntered":
    case "ParallelStateEntered":
    case "MapStateEntered": {
      const branch = branchOf(snapshot, event.branch);
      branch.state = event.details.name;
      branch.next = undefined;
      branch.input = event.payload as Payload;
      branch.enteredAt = event.at;
      branch.enteredEventId = event.id;
      branch.beforeEnteredEventId = event.previousEventId;
      branch.lastEventId = event.id;
      branch.retries.length = 0;
      break;
    }

    case "PassStateExited":
    case "TaskStateExited":
    case "ChoiceStateExited":
    case "WaitStateExited":
    case "ParallelStateExited":
    case "MapStateExited": {
      const branch = exitState(snapshot, event);
      if (event.internal === undefined) endBranch(snapshot, branch);
      else branch.next = event.internal.next;
      break;
    }
    case "SucceedStateExited":
      endBranch(snapshot, exitState(snapshot, event));
      break;

    case "WaitScheduled":
      branchOf(snapshot, event.branch).waiting = { type: "wait", until: event.internal.resumeAt };
      break;

    case "TaskScheduled":
    case "LambdaFunctionScheduled":
    case "ActivityScheduled": {
      const branch = branchOf(snapshot, event.branch);
      const heartbeatSeconds =
        event.type === "LambdaFunctionScheduled" ? undefined : event.details.heartbeatInSeconds;
      const taskCredentials =
        event.type === "ActivityScheduled" ? undefined : event.details.taskCredentials;
      branch.lastEventId = event.id;
      branch.waiting = {
        type: "task",
        taskId: event.id,
        kind:
          event.type === "TaskScheduled"
            ? "service"
            : event.type === "ActivityScheduled"
              ? "activity"
              : "lambda",
        timeoutSeconds: event.details.timeoutInSeconds,
        heartbeatSeconds,
        credentialsRoleArn: taskCredentials?.roleArn,
        parameters: event.payload as Payload,
        scheduledAt: event.at,
        aliveAt: undefined,
        started: false,
        callback: event.details.resource.endsWith(".waitForTaskToken"),
        submission: undefined,
      };
      break;
    }
    case "TaskStarted":
    case "LambdaFunctionStarted":
    case "ActivityStarted": {
      const { branch, task } = taskOf(snapshot, event);
      branch.lastEventId = event.id;
      task.started = true;
      if (event.type === "ActivityStarted") task.aliveAt = event.at;
      break;
    }
    case "TaskSubmitted": {
      const { branch, task } = taskOf(snapshot, event);
      branch.lastEventId = event.id;
      task.submission = event.payload;
      task.aliveAt = event.at;
      break;
    }
    case "TaskHeartbeat":
      taskOf(snapshot, event).task.aliveAt = event.at;
      break;
    case "TaskTimedOut":
    case "LambdaFunctionTimedOut":
    case "ActivityTimedOut": {
      const branch = branchOf(snapshot, event.branch);
      branch.lastEventId = event.id;
      branch.waiting =
        event.internal === undefined
          ? undefined
          : { type: "consequence", missedHeartbeat: event.internal.missedHeartbeat };
      break;
    }
    case "TaskSucceeded":
    case "TaskFailed":
    case "LambdaFunctionSucceeded":
    case "LambdaFunctionFailed":
    case "ActivitySucceeded":
    case "ActivityFailed":
    case "EvaluationFailed": {
      const branch = branchOf(snapshot, event.branch);
      branch.lastEventId = event.id;
      if (!hasChildren(branch)) branch.waiting = undefined;
      break;
    }
    case "RetryScheduled": {
      const branch = branchOf(snapshot, event.branch);
      dropChildren(snapshot, branch);
      const { retrier, resumeAt } = event.internal;
      while (branch.retries.length <= retrier) branch.retries.push(0);
      branch.retries[retrier] = (branch.retries[retrier] ?? 0) + 1;
      branch.lastEventId = event.previousEventId;
      branch.waiting = { type: "retry", until: resumeAt };
      break;
    }

    case "ParallelStateStarted": {
      const branch = branchOf(snapshot, event.branch);
      const { firstBranch, count } = event.internal;
      branch.lastEventId = event.id;
      branch.waiting = {
        type: "parallel",
        remaining: count,
        results: noResults(count),
      };
      for (let index = 0; index < count; index++) {
        const id = firstBranch + index;
        const input = event.payload as Payload;
        snapshot.branches.set(id, newBranch(id, branch.id, index, input, event.id));
      }
      snapshot.nextBranch = firstBranch + count;
      break;
    }
    case "MapStateStarted": {
      const branch = branchOf(snapshot, event.branch);
      branch.lastEventId = event.id;
      if (event.internal === undefined) {
        branch.waiting = undefined;
        break;
      }
      const items = (event.payload as Payload).value as WaitingForMap["items"];
      branch.waiting = {
        type: "map",
        items,
        keys: event.internal.keys,
        maxConcurrency: event.internal.maxConcurrency,
        next: 0,
        running: 0,
        remaining: items.length,
        results: noResults(items.length),
        lastInnerEventId: event.id,
      };
      break;
    }
    case "MapIterationStarted": {
      const parent = branchOf(snapshot, event.branch);
      const map = parent.waiting as WaitingForMap;
      const { child } = event.internal;
      map.next = event.details.index + 1;
      map.running++;
      snapshot.branches.set(
        child,
        newBranch(child, parent.id, event.details.index, event.payload as Payload, event.id),
      );
      snapshot.nextBranch = child + 1;
      break;
    }
    case "MapIterationSucceeded":
      branchOf(snapshot, event.branch).lastEventId = event.id;
      break;
    case "MapRunStarted":
    case "MapRunRedriven": {
      const branch = branchOf(snapshot, event.branch);
      branch.lastEventId = event.id;
      branch.waiting = {
        type: "mapRun",
        mapRunArn: event.details.mapRunArn,
        settings: (event.payload as Payload).value as unknown as MapRunSettings,
        redriven:
          event.type === "MapRunRedriven"
            ? { count: event.details.redriveCount, date: event.at }
            : undefined,
      };
      break;
    }
    case "MapRunSucceeded":
      branchOf(snapshot, event.branch).lastEventId = event.id;
      break;
    case "MapRunFailed":
    case "MapRunAborted":
      branchOf(snapshot, event.branch).lastEventId = event.id;
      break;
    // Its branches stay until it is left or tried again: a redrive goes on with those that failed.
    case "ParallelStateFailed":
    case "MapStateFailed":
      branchOf(snapshot, event.branch).lastEventId = event.id;
      break;
    case "ExecutionRedriven":
      reopen(snapshot, event);
      break;

    case "TaskStateAborted":
    case "WaitStateAborted":
    case "MapStateAborted": {
      const branch = branchOf(snapshot, event.branch);
      if (!hasChildren(branch)) branch.waiting = undefined;
      break;
    }

    // They are chained to what they end, and what follows is not chained to them.
    case "ParallelStateSucceeded":
    case "MapStateSucceeded":
    case "MapIterationFailed":
    case "MapIterationAborted":
    case "ParallelStateAborted":
      break;
  }
  return snapshot;
}

function close(
  snapshot: ExecutionSnapshot,
  status: ExecutionSnapshot["status"],
  event: JournalEvent,
): void {
  snapshot.status = status;
  snapshot.stoppedAt = event.at;
}

type StateExited = Extract<
  JournalEvent,
  { details: { name: string }; type: `${string}StateExited` }
>;

function exitState(snapshot: ExecutionSnapshot, event: StateExited): Branch {
  const branch = branchOf(snapshot, event.branch);
  const assigned = event.details.assignedVariables;
  if (assigned !== undefined) {
    for (const name of Object.keys(assigned)) {
      setVariable(snapshot, branch, name, Payload.ofText(assigned[name] as string));
    }
  }
  if (branch.waiting !== undefined) {
    dropChildren(snapshot, branch);
    branch.waiting = undefined;
  }
  branch.state = undefined;
  branch.input = event.payload as Payload;
  branch.lastEventId = event.id;
  return branch;
}

/** The branch has come to its end: its output is a result of the state that made it. */
function endBranch(snapshot: ExecutionSnapshot, branch: Branch): void {
  if (branch.parent === undefined) return;
  const parent = branchOf(snapshot, branch.parent);
  const waiting = parent.waiting as WaitingForParallel | WaitingForMap;
  waiting.results[branch.index] = branch.input;
  waiting.remaining--;
  if (waiting.type === "map") {
    waiting.running--;
    waiting.lastInnerEventId = branch.lastEventId;
  }
  parent.lastEventId = branch.lastEventId;
  removeBranch(snapshot, branch);
}

/**
 * The execution goes on where it failed: lines of control that had not ended begin their state again, with new counters
 * of retries and on the chain of the redrive. What holds others – Map and Parallel – keeps what it has.
 */
function reopen(
  snapshot: ExecutionSnapshot,
  event: JournalEvent & { type: "ExecutionRedriven" },
): void {
  snapshot.status = "RUNNING";
  snapshot.stoppedAt = 0;
  snapshot.error = undefined;
  snapshot.cause = undefined;
  snapshot.redriveCount = event.details.redriveCount;
  snapshot.countedFrom = event.at;
  for (const branch of snapshot.branches.values()) {
    branch.retries.length = 0;
    if (hasChildren(branch)) continue;
    if (branch.waiting?.type !== "mapRun") branch.waiting = undefined;
    branch.lastEventId = event.id;
  }
}

/** A place for the output of each branch or item. */
function noResults(count: number): (Payload | undefined)[] {
  return Array.from({ length: count }, () => undefined);
}

function hasChildren({ waiting }: Branch): boolean {
  return waiting?.type === "parallel" || waiting?.type === "map";
}

/** Removes every branch that the branch's Parallel or Map state made, at any depth. */
function dropChildren(snapshot: ExecutionSnapshot, branch: Branch): void {
  if (!hasChildren(branch)) return;
  const gone = new Set([branch.id]);
  // A child's id is higher than its parent's, and the map keeps the order in which they were made.
  for (const other of snapshot.branches.values()) {
    if (other.parent !== undefined && gone.has(other.parent)) {
      gone.add(other.id);
      removeBranch(snapshot, other);
    }
  }
}

function taskOf(snapshot: ExecutionSnapshot, event: { branch: number; id: EventId }) {
  const branch = branchOf(snapshot, event.branch);
  const task = branch.waiting;
  if (task?.type !== "task") throw new Error(`event ${event.id} is about a task that is not there`);
  return { branch, task };
}
