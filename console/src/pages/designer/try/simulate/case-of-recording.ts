import type {
  CaseExpectation,
  SimulationView,
  TestCase,
} from "../../../../../../src/console/view-types.ts";
import { mocksOf } from "../cases/mock-draft.ts";
import { valueIn } from "../json-of.ts";
import type { Recording } from "./recording.ts";

/** A test case with the input and mocks of a simulation; it expects what that came to. */
export function caseOfRecording(
  name: string,
  { setup, simulated }: Pick<Recording, "setup" | "simulated">,
): TestCase {
  return {
    name,
    input: valueIn(setup.input, {}),
    mocks: mocksOf(setup.mocks) ?? {},
    expectation: expectationOf(simulated),
  };
}

function expectationOf({ status, output, error }: SimulationView): CaseExpectation {
  // One that was stopped has not come to anything.
  if (status === "RUNNING" || status === "PENDING_REDRIVE") return {};
  return {
    status,
    ...(output !== undefined && { output: valueIn(output, null) }),
    ...(error !== undefined && { error }),
  };
}
