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
import type { Branch, ExecutionSnapshot, WaitingForTask } from "./snapshot.ts";
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
  const timedOut: { branch: Branch; failure: Failure }[] = [];
  // Observed: tasks that time out at once all have their events before the first one's failure has consequences.
  for (const branch of due) {
    if (branch.waiting?.type === "task") {
      const failure = timeOutTask(turn, branch, branch.waiting);
      timedOut.push({ branch, failure });
    }
  }
  for (const branch of due) {
    // What is left stays due.
    if (turn.steps.areManySpent) break;
    if (!goesOn(snapshot, branch)) continue;
    const { waiting } = branch;
    if (waiting?.type === "wait") {
      guard(turn, branch, () => finishWait(turn, branch, turn.state(branch) as WaitState));
    } else if (waiting?.type === "retry") {
      guard(turn, branch, () => performState(turn, branch, turn.state(branch)));
    } else if (waiting?.type === "map") {
      guard(turn, branch, () => continueMapState(turn, branch));
    } else if (waiting === undefined && branch.state === undefined) turn.ready.push(branch.id);
    settle(turn);
  }
  for (const { branch, failure } of timedOut) {
    if (!goesOn(snapshot, branch)) continue;
    turn.steps.begin();
    handleFailure(turn, branch, turn.state(branch), failure, branch.lastEventId);
  }
  return due.length > 0;
}

/** Whether the branch has outlived what was due before it. */
function goesOn(snapshot: ExecutionSnapshot, branch: Branch): boolean {
  return snapshot.status === "RUNNING" && snapshot.branches.get(branch.id) === branch;
}

/** Observed: a missed heartbeat shows as `States.Timeout` too; `ErrorEquals` knows it by its own name as well. */
function timeOutTask(turn: Turn, branch: Branch, task: WaitingForTask): Failure {
  const state = turn.state(branch) as TaskState;
  // Which of the two came first, not which is over by now: the timer may fire late.
  const missedHeartbeat = taskHeartbeatTimeout(task) < taskTimeout(task);
  const details = { error: "States.Timeout" };
  const previous = branch.lastEventId;
  cancelTask(turn, branch);
  if (state.Resource.kind === "service") {
    const { resourceType, resource } = state.Resource;
    const full = { resourceType, resource, ...details };
    turn.emit("TaskTimedOut", branch.id, previous, undefined, full, undefined);
  } else if (state.Resource.kind === "lambda") {
    turn.emit("LambdaFunctionTimedOut", branch.id, previous, undefined, details, undefined);
  } else turn.emit("ActivityTimedOut", branch.id, previous, undefined, details, undefined);
  const failure: Failure = { error: "States.Timeout", cause: undefined };
  return missedHeartbeat ? { ...failure, alias: "States.HeartbeatTimeout" } : failure;
}
