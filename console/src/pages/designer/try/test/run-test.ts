import { regionOf, server, ServerError } from "../../../../api/client.ts";
import type { DesignedWorkflow } from "../../designed-workflow.ts";
import type { DoneTest } from "../try-store.ts";
import type { StateTestResult } from "./state-test-result.ts";
import { testRequest, type TestableState } from "./test-request.ts";
import type { TestSetup } from "./test-setup.ts";

export interface TestedState extends TestableState {
  readonly name: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/**
 * Tests a state within its definition. While the rest of that is wrong, as drafts are, it is tested without it.
 */
export async function runTest(
  state: TestedState,
  setup: TestSetup,
  definition: string,
  { machine }: DesignedWorkflow,
): Promise<DoneTest> {
  const region = machine && regionOf(machine.stateMachineArn);
  const ask = (of: object) =>
    server.call<StateTestResult>("TestState", { ...of, ...testRequest(state, setup) }, region);
  try {
    const result = await ask({ definition, stateName: state.name });
    return { setup, result, state: JSON.stringify(state.fields), isAlone: false };
  } catch (error) {
    if (!(error instanceof ServerError) || error.code !== "InvalidDefinition") throw error;
    // What is wrong with the state itself is said of it alone.
    const result = await ask({ definition: alone(state, definition) });
    return { setup, result, state: JSON.stringify(state.fields), isAlone: true };
  }
}

/** The state as a definition of its own, in the machine's language. */
function alone({ fields }: TestedState, definition: string): string {
  const { QueryLanguage } = JSON.parse(definition) as { readonly QueryLanguage?: unknown };
  return JSON.stringify({ ...(QueryLanguage !== undefined && { QueryLanguage }), ...fields });
}
