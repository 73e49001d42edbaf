import { failureOf } from "./failure.ts";
import { handleFailure } from "./handle-failure.ts";
import type { Branch } from "../snapshot.ts";
import type { Turn } from "../turn.ts";

/** The state boundary: what a state throws becomes its failure here, and nowhere else. */
export function guard(turn: Turn, branch: Branch, behave: () => void): void {
  const name = branch.state as string;
  const { enteredEventId } = branch;
  turn.steps.begin();
  try {
    behave();
  } catch (thrown) {
    const failure = failureOf(thrown, { name, enteredEventId });
    if (failure === undefined) throw thrown;
    turn.steps.begin();
    handleFailure(turn, branch, turn.stateNamed(branch, name), failure, branch.lastEventId);
  }
}
