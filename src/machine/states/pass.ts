import type { PassState } from "../../asl/states/pass.ts";
import type { Payload } from "../../expression/payload.ts";
import { assignVariables, inspected, stateOutput, workInput } from "../data-flow.ts";
import { exitState } from "../exit-state.ts";
import type { Branch } from "../snapshot.ts";
import { StateScope } from "../state-scope.ts";
import type { Turn } from "../turn.ts";

/** Pass: its result is `Result`, or what `InputPath` and `Parameters` (JSONata: `Output`) make of the input. */
export function enterPass(turn: Turn, branch: Branch, state: PassState): void {
  const scope = new StateScope(turn, branch);
  const input = branch.input;
  const result = passResult(state, input, scope);
  const output = stateOutput(state, input, result, scope);
  const states = { input: input.value };
  const assigned = state.Assign && assignVariables(state.Assign, result, states, scope);
  exitState(turn, branch, state, output, assigned, state.Next);
}

function passResult(state: PassState, input: Payload, scope: StateScope): Payload {
  if (state.QueryLanguage === "JSONata") return input;
  // Observed: with a Result, InputPath and Parameters are not even looked at.
  if (state.Result !== undefined) return inspected("result", state.Result, scope);
  return workInput(state, input, scope);
}
