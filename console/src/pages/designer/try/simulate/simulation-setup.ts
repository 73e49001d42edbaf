import type { Unmocked } from "../../../../../../src/console/view-types.ts";
import type { MockDraft } from "../cases/mock-draft.ts";

/** What a simulation is run with, as it is typed. */
export interface SimulationSetup {
  /** JSON text. */
  readonly input: string;
  readonly mocks: MockDraft;
  readonly unmocked: Unmocked;
  readonly seed: number;
}

export const newSimulation: SimulationSetup = {
  input: "{}",
  mocks: {},
  unmocked: "answer",
  seed: 1,
};
