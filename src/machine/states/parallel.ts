import type { ParallelState } from "../../asl/states/parallel.ts";
import type { MapState } from "../../asl/states/map.ts";
import { Payload } from "../../expression/payload.ts";
import { assignVariables, stateOutput, workInput } from "../data-flow.ts";
import { exitState } from "../exit-state.ts";
import { requireDocument } from "../failure/failure.ts";
import type { Branch, WaitingForMap, WaitingForParallel } from "../snapshot.ts";
import { StateScope } from "../state-scope.ts";
import type { Turn } from "../turn.ts";

/** Parallel: runs every branch on a copy of its input and gathers their outputs, in the order of the branches. */
export function enterParallel(turn: Turn, branch: Branch, state: ParallelState): void {
  const input = workInput(state, branch.input, new StateScope(turn, branch));
  requireDocument(input, state.Name, turn.machine.limits);
  const firstBranch = turn.snapshot.nextBranch;
  const count = state.Branches.length;
  const internal = { firstBranch, count };
  turn.emit("ParallelStateStarted", branch.id, branch.lastEventId, input, {}, internal);
  for (let index = 0; index < count; index++) turn.ready.push(firstBranch + index);
}

/** A branch of the Parallel state has ended. */
export function continueParallel(turn: Turn, branch: Branch): void {
  const parallel = branch.waiting as WaitingForParallel;
  if (parallel.remaining > 0) return;
  turn.emit("ParallelStateSucceeded", branch.id, branch.lastEventId, undefined, {}, undefined);
  finishWithResults(turn, branch, parallel);
}

/**
 * Leaves a Parallel or Map state with the array of its branches' or iterations' outputs. *Observed*: each stays the text
 * that it is, blanks included.
 */
export function finishWithResults(
  turn: Turn,
  branch: Branch,
  waiting: WaitingForParallel | WaitingForMap,
): void {
  const state = turn.state(branch) as ParallelState | MapState;
  const result = Payload.ofItems(waiting.results as readonly Payload[]);
  leaveWithResult(turn, branch, state, result);
}

/** Leaves a Parallel or Map state with its result. */
export function leaveWithResult(
  turn: Turn,
  branch: Branch,
  state: ParallelState | MapState,
  result: Payload,
): void {
  const scope = new StateScope(turn, branch);
  const output = stateOutput(state, branch.input, result, scope);
  const states = { input: branch.input.value, result: result.value };
  const assigned = state.Assign && assignVariables(state.Assign, result, states, scope);
  exitState(turn, branch, state, output, assigned, state.Next);
}
