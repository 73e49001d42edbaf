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
