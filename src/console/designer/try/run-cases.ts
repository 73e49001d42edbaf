import { parseDefinition } from "../../../asl/parse-definition.ts";
import type { JsonObject } from "../../../expression/json.ts";
import { prepareInSlices } from "../../../runtime/machines/prepare-in-slices.ts";
import { caseOutcome } from "../../../simulate/cases/case-outcome.ts";
import { differences, type Expectation } from "../../../simulate/cases/expectation.ts";
import { RefusedMachine } from "../../../simulate/run-in-memory.ts";
import { WrongMocks } from "../../../simulate/simulation/read-mocks.ts";
import type { Simulated } from "../../../simulate/simulation/simulate.ts";
import type { CaseResultView, CaseRunView, TestCase } from "../../view-types.ts";
import { definitionKeys } from "./definition-keys.ts";
import { RunPaths } from "./run-paths.ts";
import type { ReadSimulation } from "./simulation-request.ts";

/** Our choice: whoever waits for all of them waits no longer; each has its own bound beside. */
const mostMs = 60_000;

/** Runs one simulation, and notes its paths. */
export type RunSimulation = (settings: ReadSimulation, paths: RunPaths) => Promise<Simulated>;

/** Runs test cases one after the other, and says what differs and which states and ways they cover. */
export async function runCases(
  cases: readonly TestCase[],
  settings: Omit<ReadSimulation, "input">,
  run: RunSimulation,
): Promise<CaseRunView> {
  const begun = performance.now();
  const results: CaseResultView[] = [];
  for (const each of cases) {
    const isLate = performance.now() - begun > mostMs;
    results.push(
      isLate
        ? broken(each, "It was not run: those before it took too long.")
        : await runCase(each, settings, run),
    );
  }
  const { definition, type } = settings.machine;
  const prepared = await prepareInSlices(definition);
  const parsed = parseDefinition(definition, { type, ...prepared }).definition;
  return {
    results,
    coverage: coverageOf(parsed === undefined ? [] : definitionKeys(parsed), results),
  };
}

async function runCase(
  testCase: TestCase,
  settings: Omit<ReadSimulation, "input">,
  run: RunSimulation,
): Promise<CaseResultView> {
  const { name, mocks } = testCase;
  const begun = performance.now();
  const paths = new RunPaths();
  try {
    const machine = { ...settings.machine, mocks: mocks as unknown as JsonObject };
    const input = JSON.stringify(testCase.input);
    const simulated = await run({ ...settings, machine, input }, paths);
    return { name, ...resultOf(testCase, simulated, paths), durationMs: performance.now() - begun };
  } catch (error) {
    if (!(error instanceof WrongMocks) && !(error instanceof RefusedMachine)) throw error;
    return { ...broken(testCase, error.message), durationMs: performance.now() - begun };
  }
}

function broken({ name }: TestCase, message: string): CaseResultView {
  const nothing = { differences: [], assumed: [], states: [], edges: [] };
  return { name, result: "broken", message, ...nothing, durationMs: 0 };
}

const stoppedBecause = {
  time: "It took too long, and was stopped.",
  events: "It had too many events, and was stopped.",
  data: "Its events had too much data, and it was stopped.",
} as const;

function resultOf(
  { expectation }: TestCase,
  simulated: Simulated,
  paths: RunPaths,
): Omit<CaseResultView, "name" | "durationMs"> {
  const { finished, stopped } = simulated;
  const { states, edges } = paths.taken();
  const told = {
    assumed: simulated.assumed.map(({ stateName }) => stateName),
    states: states.map(({ key }) => key),
    edges: edges.map(({ from, to, kind }) => ({ from, to, kind })),
  };
  if (finished === undefined) {
    const message = stoppedBecause[stopped ?? "time"];
    return { result: "broken", differences: [], message, status: "RUNNING", ...told };
  }
  const outcome = caseOutcome(finished.last, finished.events);
  const found = differences(expectation as Expectation | undefined, outcome);
  const { status, error, cause } = outcome;
  return {
    result: found.length === 0 ? "passed" : "failed",
    differences: found,
    status,
    ...(error !== undefined && { error }),
    ...(cause !== undefined && { cause }),
    ...told,
  };
}

function coverageOf(
  keys: readonly string[],
  results: readonly CaseResultView[],
): CaseRunView["coverage"] {
  const states = keys.map((key) => ({
    key,
    cases: results.filter((each) => each.states.includes(key)).map(({ name }) => name),
  }));
  const edges = new Map<string, CaseRunView["coverage"]["edges"][number]>();
  for (const { name, edges: taken } of results) {
    for (const edge of taken) {
      const id = JSON.stringify([edge.kind, edge.from, edge.to]);
      edges.set(id, { ...edge, cases: [...(edges.get(id)?.cases ?? []), name] });
    }
  }
  const uncovered = states.filter(({ cases }) => cases.length === 0).map(({ key }) => key);
  return { states, edges: [...edges.values()], uncovered };
}
