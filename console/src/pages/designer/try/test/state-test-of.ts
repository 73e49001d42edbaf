import type { StateTest } from "../../../../../../src/console/designer/try/case-of-state-test.ts";
import type { MockedOutcome } from "../../../../../../src/console/view-types.ts";
import { valueIn } from "../json-of.ts";
import type { DoneTest } from "../try-store.ts";

/** A test that was made, as what a test case is made of. */
export function stateTestOf(
  stateName: string,
  { setup, result }: Pick<DoneTest, "setup" | "result">,
  isMockable: boolean,
): StateTest {
  const { status, nextState, error, cause } = result;
  const taskOutcome = outcomeOf({ setup, result });
  return {
    stateName,
    isMockable,
    input: valueIn(setup.input, {}),
    status,
    ...(taskOutcome && { taskOutcome }),
    ...(nextState !== undefined && { nextState }),
    ...(error !== undefined && { error }),
    ...(cause !== undefined && { cause }),
  };
}

/** What the call came to, answered or made; absent: none was made, an expression failed before. */
function outcomeOf({
  setup,
  result,
}: Pick<DoneTest, "setup" | "result">): MockedOutcome | undefined {
  if (setup.mock === "result" || setup.mock === "callback") {
    return { Return: valueIn(setup.result, {}) };
  }
  if (setup.mock === "error") return thrown(setup.error, setup.cause);
  const called = result.inspectionData?.result;
  if (called !== undefined) return { Return: valueIn(called, called) };
  return result.error === undefined ? undefined : thrown(result.error, result.cause ?? "");
}

function thrown(error: string, cause: string): MockedOutcome {
  return { Throw: { Error: error, ...(cause !== "" && { Cause: cause }) } };
}
