import type { JsonValue } from "../../../expression/json.ts";
import { errors } from "../../../service/errors/errors.ts";
import type { TestCase } from "../../view-types.ts";
import { Members } from "./members.ts";
import { casesOf, mockFileValue } from "./mock-file.ts";

/** Our choices. All of a workflow are sent at once, and run at once. */
const mostCases = 200;
const longestName = 80;
const mostBytes = 1024 * 1024;

/** Test cases as they were sent, by the rules of mock files. Throws the API's error for what no mock file could have. */
export function readTestCases(given: readonly unknown[]): readonly TestCase[] {
  if (given.length > mostCases) {
    throw errors.validation(`A workflow has at most ${mostCases} test cases`);
  }
  const cases = given.map(readShape);
  const names = new Set<string>();
  for (const { name } of cases) {
    if (names.has(name)) throw errors.validation(`Two test cases are called '${name}'`);
    names.add(name);
  }
  const machine = { name: "workflow", type: "STANDARD" } as const;
  const file = mockFileValue(machine, cases);
  if (Buffer.byteLength(JSON.stringify(file)) > mostBytes) {
    throw errors.validation(`The test cases of a workflow have at most ${mostBytes} bytes`);
  }
  return casesOf(file, machine.name).cases;
}

export function readTestCase(given: unknown): TestCase {
  const [testCase] = readTestCases([given]);
  if (testCase === undefined) throw errors.validation("A test case is an object");
  return testCase;
}

function readShape(given: unknown): TestCase {
  const members = new Members(given, "A test case", ["name", "input", "mocks", "expectation"]);
  const name = members.requiredText("name");
  // `#` stands before the name of a test case where an execution is started as one.
  if (name.trim() !== name || name === "" || name.length > longestName || /[#\p{Cc}]/u.test(name)) {
    throw errors.validation(
      `The name of a test case has 1 to ${longestName} characters, no '#', and no space around it`,
    );
  }
  const expectation = members.object("expectation");
  return {
    name,
    input: members.any("input") ?? ({} satisfies JsonValue),
    mocks: (members.object("mocks") ?? {}) as TestCase["mocks"],
    ...(expectation !== undefined && { expectation }),
  };
}
