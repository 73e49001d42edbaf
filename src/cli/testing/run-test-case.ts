import type { JsonValue } from "../../expression/json.ts";
import { createTaskMocks } from "../../integrations/mocks/task-mocks.ts";
import { caseOutcome } from "../../simulate/cases/case-outcome.ts";
import type { CaseOutcome } from "../../simulate/cases/expectation.ts";
import { mockableStates } from "../../simulate/cases/mockable-states.ts";
import type { PlannedCase } from "../../simulate/cases/planned-cases.ts";
import { RefusedMachine, runInMemory } from "../../simulate/run-in-memory.ts";
import { mockedMapRuns } from "../../simulate/simulation/mocked-items.ts";
import { nobodyAnswers } from "../../simulate/token-answers.ts";
import { CommandFailure } from "../errors.ts";
import { engineOf, interruptibly } from "../execute-definition.ts";
import { readDefinition } from "../read-definition.ts";
import type { Settings } from "../settings.ts";
import type { PlannedDefinition, TestPlan } from "./test-plan.ts";

export interface TestCaseOptions {
  readonly settings: Settings;
  /** Values for `${Name}` in definitions. */
  readonly defined: ReadonlyMap<string, string>;
}

/**
 * Runs one test case with the real engine over a store of its own in memory. Waits and retry delays take no time. Every
 * state machine of the plan is there to be started by another one. Rejects with a CommandFailure if it cannot be run.
 */
export async function runTestCase(
  plan: TestPlan,
  planned: PlannedCase,
  options: TestCaseOptions,
): Promise<CaseOutcome> {
  const { settings, defined } = options;
  const { stateMachineName } = planned;
  const mocks = createTaskMocks(plan.file.configuration);
  const definitions = await readDefinitions(plan, defined);
  requireStates(plan, planned, definitions);

  try {
    const { events, last } = await interruptibly((signal) =>
      runInMemory({
        open: engineOf(settings, false),
        region: settings.region,
        accountId: settings.accountId,
        machines: Array.from(definitions, ([name, { text, type }]) => ({
          name,
          definition: text,
          type,
        })),
        stateMachineName,
        executionName: "test",
        testCase: planned.name,
        input: JSON.stringify(planned.input),
        skipsTime: true,
        mocks,
        aroundMapRuns: mockedMapRuns((stateName, attempt) =>
          mocks.answer({ stateMachineName, testCase: planned.name, stateName, attempt }),
        ),
        answers: (tasks) => nobodyAnswers(tasks, unanswered),
        signal,
      }),
    );
    return caseOutcome(last, events);
  } catch (error) {
    if (!(error instanceof RefusedMachine)) throw error;
    throw new CommandFailure(`${error.stateMachineName}: ${error.message}`, { cause: error });
  }
}

const unanswered =
  "The task waits for its token, which nobody sends back in a test: mock its state.";

interface ReadDefinition extends PlannedDefinition {
  readonly text: string;
  readonly value: JsonValue;
}

async function readDefinitions(
  plan: TestPlan,
  defined: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<string, ReadDefinition>> {
  const read = new Map<string, ReadDefinition>();
  for (const [name, planned] of plan.definitions) {
    const { content } = await readDefinition(planned.path, defined);
    if ("syntaxError" in content) {
      throw new CommandFailure(
        `${planned.path} is not a definition: ${content.syntaxError.message}\nTo see where: stepwell validate ${planned.path}`,
      );
    }
    read.set(name, { ...planned, ...content });
  }
  return read;
}

/** A misspelt name would leave the state unmocked, and its call would be made. */
function requireStates(
  { file }: TestPlan,
  { stateMachineName, name }: PlannedCase,
  definitions: ReadonlyMap<string, ReadDefinition>,
): void {
  const definition = definitions.get(stateMachineName);
  const mocked = file.configuration.stateMachines.get(stateMachineName)?.get(name);
  if (definition === undefined || mocked === undefined) return;
  const states = mockableStates(definition.value);
  const unknown = [...mocked.keys()].find((state) => !states.includes(state));
  if (unknown === undefined) return;
  const those = states.length === 0 ? "none" : states.join(", ");
  throw new CommandFailure(
    `The test case mocks '${unknown}', which is no Task state, and no Map with an ItemReader, of ${definition.path}. Those are: ${those}.`,
  );
}
