import type { TaskState } from "../asl/states/task.ts";
import type { Activation } from "./activation.ts";
import { documentFailure, executionCause, type Failure } from "./failure/failure.ts";
import { guard } from "./failure/guard.ts";
import { errorDetails, handleFailure } from "./failure/handle-failure.ts";
import type { TaskId } from "./ids.ts";
import type { Branch, ExecutionSnapshot, WaitingForTask } from "./snapshot.ts";
import { finishTask } from "./states/task.ts";
import type { Turn } from "./turn.ts";

type TaskActivation = Extract<Activation, { taskId: TaskId }>;

/** Records what is told of a task attempt. False if no branch waits for that attempt any more. */
export function applyTaskActivation(turn: Turn, activation: TaskActivation): boolean {
  const branch = branchWaitingFor(turn.snapshot, activation.taskId);
  if (branch === undefined) return false;
  const task = branch.waiting as WaitingForTask;
  const state = turn.state(branch) as TaskState;
  switch (activation.type) {
    case "ActivityStarted": {
      if (task.started) return false;
      const { workerName } = activation;
      const details = workerName === undefined ? {} : { workerName };
      turn.emit("ActivityStarted", branch.id, branch.lastEventId, undefined, details, undefined);
      return true;
    }
    case "TaskHeartbeat":
      turn.emitPrivate("TaskHeartbeat", branch.id, branch.lastEventId, undefined);
      return true;
    case "TaskSubmitted": {
      if (task.submission !== undefined || state.Resource.kind !== "service") return false;
      const { resourceType, resource } = state.Resource;
      const details = { resourceType, resource };
      turn.emit(
        "TaskSubmitted",
        branch.id,
        branch.lastEventId,
        activation.output,
        details,
        undefined,
      );
      return true;
    }
    case "TaskSucceeded": {
      const { output } = activation;
      const { Resource: resource } = state;
      const subject = resource.kind === "service" ? resource.resourceType : resource.arn;
      const failure = documentFailure(output.text, subject, turn.machine.limits);
      if (failure !== undefined) {
        failTask(turn, branch, state, failure);
        return true;
      }
      const previous = branch.lastEventId;
      if (state.Resource.kind === "service") {
        const { resourceType, resource } = state.Resource;
        const details = { resourceType, resource };
        turn.emit("TaskSucceeded", branch.id, previous, output, details, undefined);
      } else if (state.Resource.kind === "lambda") {
        turn.emit("LambdaFunctionSucceeded", branch.id, previous, output, {}, undefined);
      } else turn.emit("ActivitySucceeded", branch.id, previous, output, {}, undefined);
      guard(turn, branch, () => finishTask(turn, branch, state, output));
      return true;
    }
    case "TaskFailed": {
      const { error, cause, rejected } = activation;
      if (rejected) {
        // The integration could not even start the call; there is no event for that. Observed.
        const where = { name: state.Name, enteredEventId: branch.enteredEventId };
        const failure = { error: "States.Runtime", cause: executionCause(where, cause ?? "") };
        handleFailure(turn, branch, state, failure, branch.lastEventId);
      } else failTask(turn, branch, state, { error, cause });
      return true;
    }
  }
}

function failTask(turn: Turn, branch: Branch, state: TaskState, failure: Failure): void {
  const details = errorDetails(failure);
  const previous = branch.lastEventId;
  if (state.Resource.kind === "service") {
    const { resourceType, resource } = state.Resource;
    const full = { resourceType, resource, ...details };
    turn.emit("TaskFailed", branch.id, previous, undefined, full, undefined);
  } else if (state.Resource.kind === "lambda") {
    turn.emit("LambdaFunctionFailed", branch.id, previous, undefined, details, undefined);
  } else turn.emit("ActivityFailed", branch.id, previous, undefined, details, undefined);
  handleFailure(turn, branch, state, failure, branch.lastEventId);
}

export function branchWaitingFor(snapshot: ExecutionSnapshot, taskId: TaskId): Branch | undefined {
  for (const branch of snapshot.branches.values()) {
    if (branch.waiting?.type === "task" && branch.waiting.taskId === taskId) return branch;
  }
  return undefined;
}
