import { ApiError } from "../../../service/errors/api-error.ts";
import { errors } from "../../../service/errors/errors.ts";
import { RefusedMachine } from "../../../simulate/run-in-memory.ts";
import { WrongMocks } from "../../../simulate/simulation/read-mocks.ts";
import type { CaseRunView, SimulationView, TestCase } from "../../view-types.ts";
import { runCases, type RunSimulation } from "./run-cases.ts";
import { RunPaths } from "./run-paths.ts";
import type { ReadSimulation } from "./simulation-request.ts";
import { simulationView } from "./simulation-view.ts";

/** One simulation of a definition. */
export interface SimulationTrial {
  readonly kind: "simulation";
  readonly settings: ReadSimulation;
}

/** Test cases of a definition, one after the other. */
export interface CasesTrial {
  readonly kind: "cases";
  readonly settings: Omit<ReadSimulation, "input">;
  readonly cases: readonly TestCase[];
}

/** What a definition is tried with: data, so that another thread can be asked. */
export type Trial = SimulationTrial | CasesTrial;

/** What a trial comes to: data as well. */
export type TrialView<T extends Trial> = T extends SimulationTrial ? SimulationView : CaseRunView;

/** Tries it, and says what it came to. Throws the API's error for what cannot be tried. */
export async function performTrial<T extends Trial>(
  trial: T,
  run: RunSimulation,
): Promise<TrialView<T>> {
  try {
    const view =
      trial.kind === "simulation"
        ? await viewOf(trial, run)
        : await runCases(trial.cases, trial.settings, run);
    return view as TrialView<T>;
  } catch (error) {
    throw asApiError(error);
  }
}

async function viewOf({ settings }: SimulationTrial, run: RunSimulation): Promise<SimulationView> {
  const paths = new RunPaths();
  return simulationView(await run(settings, paths), paths, settings);
}

/** What cannot be simulated, said as the API says it. */
function asApiError(error: unknown): unknown {
  if (error instanceof WrongMocks) return errors.validation(error.message);
  if (error instanceof RefusedMachine && error.cause instanceof ApiError) return error.cause;
  return error;
}
