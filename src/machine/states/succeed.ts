import type { SucceedState } from "../../asl/states/succeed.ts";
import { effectiveInput, outputPath, stateOutput } from "../data-flow.ts";
import { exitState } from "../exit-state.ts";
import type { Branch } from "../snapshot.ts";
import { StateScope } from "../state-scope.ts";
import type { Turn } from "../turn.ts";

/** Succeed: ends its machine, branch or iteration with its input, or with `Output`. */
export function enterSucceed(turn: Turn, branch: Branch, state: SucceedState): void {
  const scope = new StateScope(turn, branch);
  const output =
    state.QueryLanguage === "JSONPath"
      ? outputPath(state, effectiveInput(state, branch.input, scope), scope)
      : stateOutput(state, branch.input, branch.input, scope);
  exitState(turn, branch, state, output, undefined, undefined);
}
