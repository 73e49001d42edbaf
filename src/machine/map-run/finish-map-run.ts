import type { MapState } from "../../asl/states/map.ts";
import type { Payload } from "../../expression/payload.ts";
import type { Activation } from "../activation.ts";
import { assignVariables, stateOutput } from "../data-flow.ts";
import { exitState } from "../exit-state.ts";
import { guard } from "../failure/guard.ts";
import { errorDetails, handleFailure } from "../failure/handle-failure.ts";
import type { Branch, ExecutionSnapshot } from "../snapshot.ts";
import { StateScope } from "../state-scope.ts";
import type { Turn } from "../turn.ts";

/** Records how a Map Run ended and leaves its state. False if no branch waits for that run any more. */
export function finishMapRun(
  turn: Turn,
  { mapRunArn, outcome }: Extract<Activation, { type: "MapRunFinished" }>,
): boolean {
  const branch = branchOfMapRun(turn.snapshot, mapRunArn);
  if (branch === undefined) return false;
  const state = turn.state(branch) as MapState;
  const previous = branch.lastEventId;
  if (outcome.type === "failed") {
    const { error, cause } = outcome;
    const details = errorDetails({ error, cause });
    turn.emit("MapRunFailed", branch.id, previous, undefined, details, undefined);
    handleFailure(turn, branch, state, { error, cause }, branch.lastEventId);
    return true;
  }
  const { output } = outcome;
  turn.emit("MapRunSucceeded", branch.id, previous, output, {}, undefined);
  turn.emit("MapStateSucceeded", branch.id, branch.lastEventId, undefined, {}, undefined);
  guard(turn, branch, () => leave(turn, branch, state, output));
  return true;
}

function leave(turn: Turn, branch: Branch, state: MapState, result: Payload): void {
  const scope = new StateScope(turn, branch);
  const output = stateOutput(state, branch.input, result, scope);
  const states = { input: branch.input.value, result: result.value };
  const assigned = state.Assign && assignVariables(state.Assign, result, states, scope);
  exitState(turn, branch, state, output, assigned, state.Next);
}

export function branchOfMapRun(snapshot: ExecutionSnapshot, mapRunArn: string): Branch | undefined {
  for (const branch of snapshot.branches.values()) {
    if (branch.waiting?.type === "mapRun" && branch.waiting.mapRunArn === mapRunArn) return branch;
  }
  return undefined;
}
