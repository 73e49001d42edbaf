import type { TaskState } from "../asl/states/task.ts";
import type { WaitState } from "../asl/states/wait.ts";
import {
  branchDeadline,
  executionDeadline,
  taskHeartbeatTimeout,
  taskTimeout,
} from "./deadline.ts";
import type { Failure } from "./failure/failure.ts";
import { guard } from "./failure/guard.ts";
import { cancelTask, handleFailure } from "./failure/handle-failure.ts";
import type {
  Branch,
  ExecutionSnapshot,
  WaitingForConsequence,
  WaitingForTask,
} from "./snapshot.ts";
import { settle } from "./settle.ts";
import { continueMapState } from "./states/map.ts";
import { performState } from "./states/state-behaviour.ts";
import { finishWait } from "./states/wait.ts";
import type { Turn } from "./turn.ts";

/** Does everything that is due at the activation's time. False if nothing was. */
export function fireTimers(turn: Turn): boolean {
  const { snapshot, machine, at } = turn;
  const deadline = executionDeadline(machine, snapshot);
  if (deadline <= at) {
    for (const branch of snapshot.branches.values()) cancelTask(turn, branch);
    turn.emitTimedOut(deadline);
    return true;
  }
  const due = [...snapshot.branches.values()].filter((branch) => branchDeadline(branch) <= at);
  // Observed: tasks that time out at once all have their events before the first one's failure has consequences.
  for (const branch of due) {
    if (turn.exhausted) break;
    if (branch.waiting?.type === "task") timeOutTask(turn, branch, branch.waiting);
  }
  for (const hasItsTurn of [isInTime, hasTimedOut]) {
    for (const branch of due) {
      // What is left stays due.
      if (turn.exhausted) return true;
      if (!goesOn(snapshot, branch) || !hasItsTurn(branch)) continue;
      goOn(turn, branch);
      settle(turn);
    }
  }
  return due.length > 0;
}

function hasTimedOut({ waiting }: Branch): boolean {
  return waiting?.type === "consequence";
}

function isInTime(branch: Branch): boolean {
  return !hasTimedOut(branch);
}

/** Does what the branch has waited for. */
function goOn(turn: Turn, branch: Branch): void {
  const { waiting } = branch;
  switch (waiting?.type) {
    case "wait":
      guard(turn, branch, () => finishWait(turn, branch, turn.state(branch) as WaitState));
      break;
    case "retry":
      guard(turn, branch, () => performState(turn, branch, turn.state(branch)));
      break;
    case "map":
      guard(turn, branch, () => continueMapState(turn, branch));
      break;
    case "consequence": {
      turn.steps.begin();
      const failure = timeOutOf(waiting);
      handleFailure(turn, branch, turn.state(branch), failure, branch.lastEventId);
      break;
    }
    case undefined:
      if (branch.state === undefined) turn.ready.push(branch.id);
      break;
    case "task":
    case "parallel":
    case "mapRun":
      break;
  }
}

/** Whether the branch has outlived what was due before it. */
function goesOn(snapshot: ExecutionSnapshot, branch: Branch): boolean {
  return snapshot.status === "RUNNING" && snapshot.branches.get(branch.id) === branch;
}

function timeOutTask(turn: Turn, branch: Branch, task: WaitingForTask): void {
  const state = turn.state(branch) as TaskState;
  // Which of the two came first, not which is over by now: the timer may fire late.
  const internal = { missedHeartbeat: taskHeartbeatTimeout(task) < taskTimeout(task) };
  const details = { error: "States.Timeout" };
  const previous = branch.lastEventId;
  cancelTask(turn, branch);
  if (state.Resource.kind === "service") {
    const { resourceType, resource } = state.Resource;
    const full = { resourceType, resource, ...details };
    turn.emit("TaskTimedOut", branch.id, previous, undefined, full, internal);
  } else if (state.Resource.kind === "lambda") {
    turn.emit("LambdaFunctionTimedOut", branch.id, previous, undefined, details, internal);
  } else turn.emit("ActivityTimedOut", branch.id, previous, undefined, details, internal);
}

/** Observed: a missed heartbeat shows as `States.Timeout` too; `ErrorEquals` knows it by its own name as well. */
function timeOutOf({ missedHeartbeat }: WaitingForConsequence): Failure {
  const failure: Failure = { error: "States.Timeout", cause: undefined };
  return missedHeartbeat ? { ...failure, alias: "States.HeartbeatTimeout" } : failure;
}
