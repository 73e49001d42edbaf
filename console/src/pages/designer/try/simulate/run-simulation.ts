import { designerTry } from "../../../../api/designer-try.ts";
import type { DesignedWorkflow, WorkflowSettings } from "../../designed-workflow.ts";
import { mocksOf } from "../cases/mock-draft.ts";
import { isJson } from "../json-of.ts";
import { recordingOf, type Recording } from "./recording.ts";
import type { SimulationSetup } from "./simulation-setup.ts";

export function isRunnable({ input, mocks }: SimulationSetup): boolean {
  return isJson(input) && mocksOf(mocks) !== undefined;
}

/** Runs the definition as it is drawn, and records it. */
export async function runSimulation(
  setup: SimulationSetup,
  definition: string,
  { machine }: DesignedWorkflow,
  { type, roleArn }: WorkflowSettings,
): Promise<Recording> {
  const { input, mocks, unmocked, seed } = setup;
  const simulated = await designerTry.simulate({
    definition,
    type,
    input,
    mocks: mocksOf(mocks) ?? {},
    unmocked,
    seed,
    ...(machine && { name: machine.name }),
    ...(roleArn !== "" && { roleArn }),
  });
  return recordingOf(simulated, setup, definition);
}
