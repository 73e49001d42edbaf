import type { SimulationView } from "../../../../../../src/console/view-types.ts";
import type { DefinitionGraph } from "../../../../../../src/console/import/definition-graph.ts";
import type { ImportedRun } from "../../../../../../src/console/import/import-history.ts";
import type { SimulationSetup } from "./simulation-setup.ts";

/** A simulation that has ended: what happened, to be gone through forwards and backwards. */
export interface Recording {
  readonly setup: SimulationSetup;
  /** JSON text of the definition that was run. */
  readonly definition: string;
  readonly simulated: SimulationView;
  /** Its history as an execution's page shows one. */
  readonly run: ImportedRun;
}

let recorded = 0;

/** Makes of a simulation's answer what is shown; the engine's own rules, which that needs, are loaded for it. */
export async function recordingOf(
  simulated: SimulationView,
  setup: SimulationSetup,
  definition: string,
): Promise<Recording> {
  const { importHistory } = await import("../../../../../../src/console/import/import-history.ts");
  const graph = JSON.parse(definition) as DefinitionGraph;
  const file = {
    events: simulated.events,
    hasGaps: simulated.eventCount > simulated.events.length,
  };
  const run = importHistory(file, "simulation", graph);
  // What is read of it is kept by its name: the next one is another.
  const executionArn = `imported:simulation:${++recorded}`;
  return { setup, definition, simulated, run: { ...run, view: { ...run.view, executionArn } } };
}
