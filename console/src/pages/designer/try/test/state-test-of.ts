import type { StateTest } from "../../../../../../src/console/designer/try/case-of-state-test.ts";
import type { MockedOutcome } from "../../../../../../src/console/view-types.ts";
import { jsonOf } from "../json-of.ts";
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
    input: jsonOf(setup.input)?.value ?? {},
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
    return { Return: jsonOf(setup.result)?.value ?? {} };
  }
  if (setup.mock === "error") return thrown(setup.error, setup.cause);
  const called = result.inspectionData?.result;
  if (called !== undefined) return { Return: jsonOf(called)?.value ?? called };
  return result.error === undefined ? undefined : thrown(result.error, result.cause ?? "");
}

function thrown(error: string, cause: string): MockedOutcome {
  return { Throw: { Error: error, ...(cause !== "" && { Cause: cause }) } };
}
