import type { TaskResource } from "../../asl/resources/resource.ts";
import type { JsonValue } from "../../expression/json.ts";
import { Payload } from "../../expression/payload.ts";
import type { MockConfiguration } from "../../integrations/mocks/mock-configuration.ts";
import { createTaskMocks } from "../../integrations/mocks/task-mocks.ts";
import type { MockAnswer, MockedAttempt, TaskMocks } from "../../ports/task-mocks.ts";
import { assumedAnswer } from "./assumed-answer.ts";
import type { MockedItems } from "./mocked-items.ts";
import { simulationCase } from "./read-mocks.ts";
import type { OutsideStates } from "./task-states.ts";

/**
 * What a task without a mock comes to. `answer`: it is answered with what is likely, and noted; `fail`: it fails with
 * States.Runtime; `call`: it is performed.
 */
export type Unmocked = "answer" | "fail" | "call";

/** An attempt that was answered with a mock; told once, however many executions had it. */
export interface MockUse {
  readonly stateMachineName: string;
  readonly stateName: string;
  readonly attempt: number;
  readonly outcome: MockAnswer["type"];
}

/** A state that was answered with what nobody had mocked. */
export interface AssumedState {
  readonly stateMachineName: string;
  readonly stateName: string;
  readonly answer: JsonValue;
}

/** Our choice: as many uses as are told. */
const mostUses = 1_000;

/** Answers for the tasks of a simulation, with notes of what was answered. */
export interface SimulationMocks extends TaskMocks {
  /** The same for what a Map with an ItemReader reads; `undefined`: the reader reads. */
  readonly items: MockedItems;
  readonly used: readonly MockUse[];
  readonly assumed: readonly AssumedState[];
}

export function createSimulationMocks(options: {
  readonly configuration: MockConfiguration;
  readonly machines: ReadonlyMap<string, OutsideStates>;
  readonly unmocked: Unmocked;
  /** Whether executions that are started run in the simulation. */
  readonly hasChildren: boolean;
}): SimulationMocks {
  const { configuration, machines, unmocked, hasChildren } = options;
  const mocks = createTaskMocks(configuration);
  const used = new Map<string, MockUse>();
  const assumed = new Map<string, AssumedState>();

  function assume(stateMachineName: string, stateName: string, answer: JsonValue): MockAnswer {
    assumed.set(JSON.stringify([stateMachineName, stateName]), {
      stateMachineName,
      stateName,
      answer,
    });
    return { type: "return", output: Payload.ofValue(answer) };
  }

  function withoutMock(
    stateMachineName: string,
    stateName: string,
    resource: TaskResource,
  ): MockAnswer | undefined {
    if (hasChildren && startsExecution(resource)) return undefined;
    if (unmocked === "answer") {
      return assume(stateMachineName, stateName, assumedAnswer(resource));
    }
    if (unmocked === "call" && resource.kind !== "activity") return undefined;
    const why = resource.kind === "activity" ? "no worker takes its task" : "nothing is called";
    return {
      type: "missing",
      cause: `The state '${stateName}' has no mock, and ${why} in this simulation.`,
    };
  }

  function use(of: MockedAttempt, outcome: MockUse["outcome"]): void {
    const { stateMachineName, stateName, attempt } = of;
    const key = JSON.stringify([stateMachineName, stateName, attempt]);
    // The engine asks for the same attempt more than once.
    if (used.has(key) || used.size >= mostUses) return;
    used.set(key, { stateMachineName, stateName, attempt, outcome });
  }

  return {
    get used() {
      return [...used.values()];
    },
    get assumed() {
      return [...assumed.values()];
    },
    testCases: () => [simulationCase],
    answer(attempt) {
      const { stateMachineName, stateName } = attempt;
      const mocked = mocks.answer(attempt);
      if (mocked !== undefined) {
        use(attempt, mocked.type);
        return mocked;
      }
      const task = machines.get(stateMachineName)?.tasks.get(stateName);
      return task && withoutMock(stateMachineName, stateName, task.Resource);
    },
    items(stateName, attempt) {
      const of = [...machines].find(([, { readers }]) => readers.has(stateName));
      const [stateMachineName] = of ?? [""];
      const reading = { stateMachineName, testCase: simulationCase, stateName, attempt };
      const mocked = mocks.answer(reading);
      if (mocked !== undefined) {
        use(reading, mocked.type);
        return mocked;
      }
      if (unmocked === "call") return undefined;
      if (unmocked === "answer") return assume(stateMachineName, stateName, [{}]);
      return {
        type: "missing",
        cause: `The ItemReader of '${stateName}' has no mock, and nothing is read in this simulation.`,
      };
    },
  };
}

/** Whether the task starts another execution. */
export function startsExecution(resource: TaskResource): boolean {
  return (
    resource.kind === "service" &&
    (resource.resourceType === "states" || resource.resourceType === "aws-sdk:sfn") &&
    resource.action === "startExecution"
  );
}
