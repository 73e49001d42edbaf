import { parseJsonText } from "../../../asl/diagnostics/json-text.ts";
import {
  isJsonObject,
  type JsonObject,
  type JsonValue,
  ownMember,
} from "../../../expression/json.ts";
import {
  type MockProblem,
  readMockConfiguration,
} from "../../../integrations/mocks/mock-configuration.ts";
import type { StateMachineType } from "../../../ports/store.ts";
import { errors } from "../../../service/errors/errors.ts";
import { jsonPathText } from "../../../simulate/cases/json-path-text.ts";
import { readPlannedCases } from "../../../simulate/cases/planned-cases.ts";
import type { MockFileCases, MockFileView, StateMocks, TestCase } from "../../view-types.ts";

/** The mock file of a workflow's test cases, which `stepwell test` runs beside its definition. */
export function mockFile(
  machine: { readonly name: string; readonly type: StateMachineType },
  cases: readonly TestCase[],
): MockFileView {
  const definitionFile = `${machine.name}.asl.json`;
  const text = `${JSON.stringify(mockFileValue(machine, cases), undefined, 2)}\n`;
  return { text, definitionFile };
}

export function mockFileValue(
  { name, type }: { readonly name: string; readonly type: StateMachineType },
  cases: readonly TestCase[],
): JsonObject {
  const responses = new Responses();
  const testCases = cases.map((each) => [
    each.name,
    Object.fromEntries(
      Object.entries(each.mocks).map(([state, response]) => [
        state,
        responses.nameOf(state, response as unknown as JsonValue),
      ]),
    ),
  ]);
  const expectations = cases.flatMap(({ name: of, expectation }) =>
    expectation === undefined ? [] : [[of, expectation]],
  );
  const file = `${name}.asl.json`;
  return {
    StateMachines: { [name]: { TestCases: Object.fromEntries(testCases) as JsonObject } },
    MockedResponses: responses.all(),
    Definitions: { [name]: type === "STANDARD" ? file : { Path: file, Type: type } },
    Inputs: {
      [name]: Object.fromEntries(cases.map((each) => [each.name, each.input as JsonValue])),
    },
    Expectations: { [name]: Object.fromEntries(expectations) as JsonObject },
  };
}

/** Responses by name: the state's, with a number where it has more than one. The same one is there once. */
class Responses {
  readonly #byName = new Map<string, JsonValue>();
  readonly #names = new Map<string, string>();

  nameOf(state: string, response: JsonValue): string {
    const known = JSON.stringify([state, response]);
    const name = this.#names.get(known) ?? this.#newName(state);
    this.#names.set(known, name);
    this.#byName.set(name, response);
    return name;
  }

  #newName(state: string): string {
    for (let number = 1; ; number++) {
      const name = number === 1 ? state : `${state} ${number}`;
      if (!this.#byName.has(name)) return name;
    }
  }

  all(): JsonObject {
    return Object.fromEntries(this.#byName);
  }
}

/**
 * The test cases that a mock file, as JSON text, has for a state machine; for its only one if none is named. Throws the
 * API's error with all that is wrong, each with its place.
 */
export function readMockFile(text: string, stateMachineName: string | undefined): MockFileCases {
  const { value, error } = parseJsonText(text);
  if (error !== undefined) throw errors.validation(`The mock file is not JSON: ${error.message}`);
  return casesOf(value as JsonValue, stateMachineName);
}

export function casesOf(value: JsonValue, asked: string | undefined): MockFileCases {
  const read = readMockConfiguration(value);
  if ("problems" in read || !isJsonObject(value)) {
    throw wrongFile("problems" in read ? read.problems : []);
  }
  const problems: MockProblem[] = [];
  const tell = (path: MockProblem["path"], message: string): void => {
    problems.push({ path, message });
  };
  const { configuration } = read;
  const planned = readPlannedCases(
    { value, configuration },
    (input, path) => {
      if (typeof input === "string" && input.startsWith("@")) {
        tell(path, "names a file, which is not here: put its content in its place");
      }
      return input;
    },
    tell,
  );
  if (problems.length > 0) throw wrongFile(problems);
  const stateMachineNames = [...configuration.stateMachines.keys()];
  const name = asked ?? (stateMachineNames.length === 1 ? stateMachineNames[0] : undefined);
  if (name === undefined || !stateMachineNames.includes(name)) {
    const those = stateMachineNames.join(", ") || "none";
    throw errors.validation(
      `Say of which state machine: the mock file has test cases of ${those}${asked === undefined ? "" : `, not of ${asked}`}`,
    );
  }
  const responses = ownMember(value, "MockedResponses") ?? {};
  const cases = planned
    .filter((each) => each.stateMachineName === name)
    .map((each): TestCase => {
      const states = configuration.stateMachines.get(name)?.get(each.name) ?? new Map();
      const mocks = Object.fromEntries(
        Array.from(states, ([state, response]) => [
          state,
          isJsonObject(responses) ? ownMember(responses, response) : undefined,
        ]),
      ) as unknown as StateMocks;
      const { expectation } = each;
      return {
        name: each.name,
        input: each.input,
        mocks,
        ...(expectation !== undefined && { expectation }),
      };
    });
  return { cases, stateMachineNames };
}

/** Our choice: as many mistakes as are told at once. */
const mostTold = 20;

function wrongFile(problems: readonly MockProblem[]): Error {
  const lines = problems
    .slice(0, mostTold)
    .map(({ path, message }) => `${jsonPathText(path)} ${message}`);
  return errors.validation(lines.join("; "));
}
