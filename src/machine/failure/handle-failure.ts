import type { Catcher, State } from "../../asl/definition.ts";
import type { TaskState } from "../../asl/states/task.ts";
import { Payload } from "../../expression/payload.ts";
import { assignVariables, mergeResult } from "../data-flow.ts";
import { exitState } from "../exit-state.ts";
import { type Failure, failureOf, isTerminal, matchesError } from "./failure.ts";
import { type EventId, rootBranch } from "../ids.ts";
import type { ErrorDetails } from "../journal/journal-event.ts";
import { findRetrier, retryDelayMs } from "./retry.ts";
import type { Branch } from "../snapshot.ts";
import { StateScope } from "../state-scope.ts";
import type { Turn } from "../turn.ts";

/**
 * What becomes of a failure in a state: a retry, a Catcher, or the failure of the branch – and so, one level up,
 * of the state that made the branch.
 *
 * `previous` is the event that the failure is chained to: the newest of the branch, or of `failedChild`, the branch
 * inside whose failure this is.
 *
 * Observed: a failure that nothing can catch ends the execution at once, without a word of the states around it.
 */
export function handleFailure(
  turn: Turn,
  branch: Branch,
  state: State,
  given: Failure,
  previous: EventId,
  failedChild?: Branch,
): void {
  const failure = turn.machine.probe?.failed(branch, state, given) ?? given;
  if (isTerminal(failure)) {
    failExecution(turn, failure, previous, branch);
    return;
  }
  let chainedTo = previous;
  abortChildren(turn, branch, chainedTo, failedChild);
  if (failure.evaluation !== undefined) {
    chainedTo = emitEvaluationFailed(turn, branch, state, failure, chainedTo);
  }
  if (state.Type === "Task" || state.Type === "Map" || state.Type === "Parallel") {
    const retrier = findRetrier(state.Retry, branch, failure);
    if (retrier !== undefined) {
      scheduleRetry(turn, branch, state.Retry, retrier, chainedTo);
      return;
    }
    const catcher = state.Catch.find((candidate) => matchesError(candidate.ErrorEquals, failure));
    const beforeFailed = chainedTo;
    chainedTo = emitStateFailed(turn, branch, state, chainedTo);
    if (catcher !== undefined) {
      catchFailure(turn, branch, state, catcher, failure, beforeFailed);
      return;
    }
  }
  failBranch(turn, branch, failure, chainedTo);
}

/**
 * Observed: a failure to evaluate what a state starts with is chained to what its entry is chained to, as if the two
 * happened at once; only a Wait's is chained to the entry.
 */
function emitEvaluationFailed(
  turn: Turn,
  branch: Branch,
  state: State,
  failure: Failure,
  previous: EventId,
): EventId {
  const atEntry = previous === branch.enteredEventId && state.Type !== "Wait";
  const location = failure.evaluation?.location;
  const details = {
    state: state.Name,
    ...(location === undefined ? {} : { location }),
    error: failure.error ?? "",
    cause: failure.cause ?? "",
  };
  const chainedTo = atEntry ? branch.beforeEnteredEventId : previous;
  return turn.emit("EvaluationFailed", branch.id, chainedTo, undefined, details, undefined);
}

/** Map and Parallel tell that they failed; a Task has an event of its own already. */
function emitStateFailed(turn: Turn, branch: Branch, state: State, previous: EventId): EventId {
  if (state.Type !== "Map" && state.Type !== "Parallel") return previous;
  return turn.emit(`${state.Type}StateFailed`, branch.id, previous, undefined, {}, undefined);
}

function scheduleRetry(
  turn: Turn,
  branch: Branch,
  retriers: Extract<State, { Type: "Task" }>["Retry"],
  index: number,
  previous: EventId,
): void {
  const retrier = retriers[index] as (typeof retriers)[number];
  const attempt = (branch.retries[index] ?? 0) + 1;
  const delay = retryDelayMs(retrier, attempt, () => turn.random.next());
  const internal = { retrier: index, resumeAt: turn.at + turn.scaledDelay(delay) };
  turn.emitPrivate("RetryScheduled", branch.id, previous, internal);
}

/**
 * Leaves the state by a Catcher. What fails in its own fields fails the branch: no Catcher is asked twice. Observed:
 * that failure is chained to what the state's first one was, and a Map or Parallel tells again that it failed.
 */
function catchFailure(
  turn: Turn,
  branch: Branch,
  state: Extract<State, { Type: "Task" | "Map" | "Parallel" }>,
  catcher: Catcher,
  failure: Failure,
  previous: EventId,
): void {
  try {
    const scope = new StateScope(turn, branch);
    const errorOutput = Payload.ofValue({
      Error: failure.error ?? null,
      // Observed: a time-out has an empty cause here, though its event has none.
      Cause: failure.cause ?? (failure.error === "States.Timeout" ? "" : null),
    });
    const states = { input: branch.input.value, errorOutput: errorOutput.value };
    const output =
      state.QueryLanguage === "JSONPath"
        ? // Observed: the state's OutputPath has no say in what is caught.
          mergeResult(catcher.ResultPath, branch.input, errorOutput)
        : catcher.Output === undefined
          ? errorOutput
          : Payload.ofValue(catcher.Output.evaluate(states, scope));
    const assigned = assignVariables(catcher.Assign, errorOutput, states, scope);
    exitState(turn, branch, state, output, assigned, catcher.Next);
  } catch (thrown) {
    const inner = failureOf(thrown, { name: state.Name, enteredEventId: branch.enteredEventId });
    if (inner === undefined) throw thrown;
    if (isTerminal(inner)) {
      failExecution(turn, inner, branch.lastEventId, branch);
      return;
    }
    let chainedTo = previous;
    if (inner.evaluation !== undefined) {
      chainedTo = emitEvaluationFailed(turn, branch, state, inner, chainedTo);
    }
    failBranch(turn, branch, inner, emitStateFailed(turn, branch, state, chainedTo));
  }
}

/** The branch's failure is the execution's, or the failure of the state that made the branch. */
function failBranch(turn: Turn, branch: Branch, failure: Failure, previous: EventId): void {
  if (branch.parent === undefined) {
    failExecution(turn, failure, previous, branch);
    return;
  }
  const parent = turn.branch(branch.parent);
  const state = turn.state(parent);
  if (parent.waiting?.type === "map") {
    const details = { name: state.Name, index: branch.index };
    turn.emit("MapIterationFailed", parent.id, previous, undefined, details, undefined);
  }
  emitAborted(turn, branch, previous);
  const { evaluation: _, ...plain } = failure;
  handleFailure(turn, parent, state, plain, previous, branch);
}

/** Ends the execution, and with it whatever is under way in other branches than the one that failed. */
function failExecution(turn: Turn, failure: Failure, previous: EventId, failed: Branch): void {
  for (const branch of turn.snapshot.branches.values()) {
    if (branch !== failed) cancelTask(turn, branch);
  }
  turn.emit("ExecutionFailed", rootBranch, previous, undefined, errorDetails(failure), undefined);
}

/**
 * Ends every branch that the branch's Map or Parallel state made, at any depth, and cancels their tasks. The branches
 * themselves go with the event that follows. `failed` has had its events already.
 */
function abortChildren(turn: Turn, branch: Branch, previous: EventId, failed?: Branch): void {
  const { waiting } = branch;
  if (waiting?.type !== "map" && waiting?.type !== "parallel") return;
  const name = branch.state as string;
  for (const child of turn.snapshot.branches.values()) {
    if (child.parent !== branch.id || child === failed) continue;
    abortChildren(turn, child, previous);
    if (waiting.type === "map") {
      const details = { name, index: child.index };
      turn.emit("MapIterationAborted", branch.id, previous, undefined, details, undefined);
    }
    emitAborted(turn, child, previous);
  }
}

/** Observed: the open state of a branch that ends before it could leave it is aborted – its own failed Task as well. */
function emitAborted(turn: Turn, branch: Branch, previous: EventId): void {
  cancelTask(turn, branch);
  if (branch.state === undefined) return;
  const { Type: type } = turn.state(branch);
  if (type === "Task" || type === "Wait" || type === "Parallel" || type === "Map") {
    turn.emit(`${type}StateAborted`, branch.id, previous, undefined, {}, undefined);
  }
}

/** If the branch waits for a task or a Map Run, its outcome no longer matters. */
export function cancelTask(turn: Turn, branch: Branch): void {
  if (branch.waiting?.type === "mapRun") {
    turn.command({ type: "CancelMapRun", mapRunArn: branch.waiting.mapRunArn });
  }
  if (branch.waiting?.type !== "task") return;
  const { Resource: resource } = turn.state(branch) as TaskState;
  turn.command({ type: "CancelTask", taskId: branch.waiting.taskId, resource });
}

export function errorDetails(failure: {
  readonly error?: string | undefined;
  readonly cause?: string | undefined;
}): ErrorDetails {
  return {
    ...(failure.error === undefined ? {} : { error: failure.error }),
    ...(failure.cause === undefined ? {} : { cause: failure.cause }),
  };
}
