import type { State, StateType } from "../../asl/definition.ts";
import type { Branch } from "../snapshot.ts";
import { enterMockedBranches } from "../test-state/mocked-branches.ts";
import type { Turn } from "../turn.ts";
import { enterChoice } from "./choice.ts";
import { enterFail } from "./fail.ts";
import { enterDistributedMap } from "./distributed-map.ts";
import { enterInlineMap } from "./map.ts";
import { enterParallel } from "./parallel.ts";
import { enterPass } from "./pass.ts";
import { enterSucceed } from "./succeed.ts";
import { enterTask } from "./task.ts";
import { enterWait } from "./wait.ts";

/**
 * What each type of state does once it has been entered, and again on each retry: leave, fail (by throwing), or wait
 * for something.
 */
const behaviour: {
  readonly [T in StateType]: (
    turn: Turn,
    branch: Branch,
    state: Extract<State, { Type: T }>,
  ) => void;
} = {
  Pass: enterPass,
  Task: enterTask,
  Choice: enterChoice,
  Wait: enterWait,
  Succeed: enterSucceed,
  Fail: enterFail,
  Parallel: enterParallel,
  Map: (turn, branch, state) => {
    if (state.distributed === undefined) enterInlineMap(turn, branch, state);
    else enterDistributedMap(turn, branch, state, state.distributed);
  },
};

export function performState(turn: Turn, branch: Branch, state: State): void {
  const mocked = turn.machine.probe?.branches;
  if (mocked !== undefined && (state.Type === "Map" || state.Type === "Parallel")) {
    enterMockedBranches(turn, branch, state, mocked);
    return;
  }
  (behaviour[state.Type] as (turn: Turn, branch: Branch, state: State) => void)(
    turn,
    branch,
    state,
  );
}
