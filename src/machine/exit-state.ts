import type { State } from "../asl/definition.ts";
import { Payload, utf8Length } from "../expression/payload.ts";
import type { AssignedVariables } from "./data-flow.ts";
import { dataLimitExceeded, requireDocument, StateFailure } from "./failure/failure.ts";
import { rootBranch } from "./ids.ts";
import type { Branch } from "./snapshot.ts";
import type { Turn } from "./turn.ts";

type ExitedState = Exclude<State, { Type: "Fail" }>;

/**
 * Leaves the state with its output: to `next`, or to the end of the branch. Throws a StateFailure if the output or
 * a variable is too large.
 */
export function exitState(
  turn: Turn,
  branch: Branch,
  state: ExitedState,
  output: Payload,
  assigned: AssignedVariables | undefined,
  next: string | undefined,
): void {
  requireDocument(output, state.Name, turn.machine.limits);
  if (assigned !== undefined) checkVariables(turn, branch, state.Name, assigned);
  const details =
    assigned === undefined
      ? { name: state.Name }
      : { name: state.Name, assignedVariables: assigned };
  const internal = next === undefined ? undefined : { next };
  const previous = branch.lastEventId;
  if (state.Type === "Succeed") {
    turn.emit("SucceedStateExited", branch.id, previous, output, details, undefined);
  } else {
    turn.emit(`${state.Type}StateExited`, branch.id, previous, output, details, internal);
  }
  if (next === undefined) endBranch(turn, branch, output);
  else if (turn.machine.probe === undefined) turn.ready.push(branch.id);
}

function endBranch(turn: Turn, branch: Branch, output: Payload): void {
  if (branch.parent === undefined) {
    turn.emit("ExecutionSucceeded", rootBranch, branch.lastEventId, output, {}, undefined);
    return;
  }
  turn.ended.push({ parent: branch.parent, index: branch.index });
}

/** Documented: 256 KiB for one variable and for the sum of one `Assign`, 10 MiB for all of an execution. */
function checkVariables(
  turn: Turn,
  branch: Branch,
  stateName: string,
  assigned: AssignedVariables,
): void {
  const { limits } = turn.machine;
  const tooLarge = (): StateFailure => new StateFailure(dataLimitExceeded(stateName));
  let sum = 0;
  let freed = 0;
  for (const [name, text] of Object.entries(assigned)) {
    // One after the other: they may be more than anybody can count.
    requireDocument(Payload.ofText(text), stateName, limits);
    sum += utf8Length(text);
    freed += branch.variables.get(name)?.bytes ?? 0;
    if (sum > limits.payloadBytes) throw tooLarge();
  }
  if (turn.snapshot.variablesBytes + sum - freed > limits.variablesBytes) throw tooLarge();
}
