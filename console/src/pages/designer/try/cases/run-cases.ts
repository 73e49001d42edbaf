import type { TestCase } from "../../../../../../src/console/view-types.ts";
import { designerTry } from "../../../../api/designer-try.ts";
import type { DesignedWorkflow, WorkflowSettings } from "../../designed-workflow.ts";
import type { CaseRun } from "../try-store.ts";

/** Runs the cases with the definition as it is drawn. */
export async function runCases(
  { machine }: DesignedWorkflow,
  { type }: WorkflowSettings,
  definition: string,
  cases: readonly TestCase[],
): Promise<CaseRun> {
  const view =
    machine === undefined
      ? await designerTry.runDraftCases({ definition, type, cases })
      : await designerTry.runCases(machine.stateMachineArn, { definition, cases });
  return { view, definition, cases };
}

export function mockFileOf(
  { machine }: DesignedWorkflow,
  { type }: WorkflowSettings,
  cases: readonly TestCase[],
) {
  return machine === undefined
    ? designerTry.draftMockFile(cases, type)
    : designerTry.mockFile(machine.stateMachineArn, cases);
}

/**
 * The case with the status that it comes to now. *Documented* (mock files): without one a case expects success, and where a workflow
 * ends after the state that was tested nobody has said.
 */
export async function withStatus(
  testCase: TestCase,
  run: (cases: readonly TestCase[]) => Promise<CaseRun>,
): Promise<TestCase> {
  if (testCase.expectation?.status !== undefined) return testCase;
  const { view } = await run([testCase]);
  const status = view.results[0]?.status;
  if (status === undefined || status === "RUNNING" || status === "PENDING_REDRIVE") return testCase;
  return { ...testCase, expectation: { ...testCase.expectation, status } };
}
