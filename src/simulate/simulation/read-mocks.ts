import type { JsonObject, JsonValue } from "../../expression/json.ts";
import {
  type MockConfiguration,
  type MockProblem,
  readMockConfiguration,
} from "../../integrations/mocks/mock-configuration.ts";
import type { OutsideStates } from "./task-states.ts";

/** The mocked responses of a state machine's states, as they are written in a mock file. */
export type MockedStates = JsonObject;

/** Mocks that cannot be used. */
export class WrongMocks extends Error {
  override readonly name = "WrongMocks";
  readonly problems: readonly MockProblem[];

  constructor(problems: readonly MockProblem[]) {
    super(problems.map(({ path, message }) => `${pathText(path)} ${message}`).join("; "));
    this.problems = problems;
  }
}

function pathText(path: MockProblem["path"]): string {
  return path.map((segment) => JSON.stringify(segment)).join(" ");
}

/** The test case that everything in a simulation runs as. */
export const simulationCase = "simulation";

export interface MachineMocks {
  readonly name: string;
  readonly states: OutsideStates;
  readonly mocks: MockedStates;
}

/**
 * The mocks of all machines as the configuration that a mock file with them would be, read by its rules. Throws
 * {@link WrongMocks}, with paths from the machine and the state on.
 */
export function readMocks(machines: readonly MachineMocks[]): MockConfiguration {
  const responses = new Map<
    string,
    { readonly path: MockProblem["path"]; readonly value: JsonValue }
  >();
  const stateMachines: Record<string, JsonValue> = {};
  const problems: MockProblem[] = [];
  for (const { name, states, mocks } of machines) {
    const named: Record<string, JsonValue> = Object.create(null) as Record<string, JsonValue>;
    for (const [state, value] of Object.entries(mocks)) {
      const path = [name, state];
      if (!states.tasks.has(state) && !states.readers.has(state)) {
        const message = "is no Task state, and no distributed Map with an ItemReader";
        problems.push({ path, message });
      }
      const key = `${responses.size}`;
      responses.set(key, { path, value });
      named[state] = key;
    }
    stateMachines[name] = { TestCases: { [simulationCase]: named } };
  }
  const MockedResponses = Object.fromEntries(
    Array.from(responses, ([key, { value }]) => [key, value]),
  );
  const read = readMockConfiguration({ StateMachines: stateMachines, MockedResponses });
  if ("configuration" in read && problems.length === 0) return read.configuration;
  const wrong = "problems" in read ? read.problems : [];
  throw new WrongMocks([...problems, ...wrong.map((problem) => located(problem, responses))]);
}

/** What is said of a response is said of the state that it is for. */
function located(
  { path, message }: MockProblem,
  responses: ReadonlyMap<string, { readonly path: MockProblem["path"] }>,
): MockProblem {
  const [, key, ...rest] = path;
  const of = responses.get(String(key));
  return { path: of === undefined ? path : [...of.path, ...rest], message };
}
