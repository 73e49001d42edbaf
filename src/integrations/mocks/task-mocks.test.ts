import { expect, test } from "vitest";
import type { JsonValue } from "../../expression/json.ts";
import type { TaskMocks } from "../../ports/task-mocks.ts";
import { readMockConfiguration } from "./mock-configuration.ts";
import { createTaskMocks } from "./task-mocks.ts";

function mocksOf(value: JsonValue): TaskMocks {
  const read = readMockConfiguration(value);
  if ("problems" in read) throw new Error(JSON.stringify(read.problems));
  return createTaskMocks(read.configuration);
}

const mocks = mocksOf({
  StateMachines: { M: { TestCases: { Retry: { Call: "Third", Never: "Empty" }, Real: {} } } },
  MockedResponses: {
    Third: {
      "2": { Return: "done" },
      "0-1": { Throw: { Error: "Busy", Cause: "later" } },
    },
    Empty: {},
  },
});

function answer(stateName: string, attempt: number, testCase = "Retry") {
  return mocks.answer({ stateMachineName: "M", testCase, stateName, attempt });
}

test("each attempt gets the entry that is numbered for it, whatever their order", () => {
  const busy = { type: "throw", error: "Busy", cause: "later" };
  expect([answer("Call", 0), answer("Call", 1)]).toEqual([busy, busy]);
  const third = answer("Call", 2);
  expect(third?.type === "return" && third.output.value).toBe("done");
});

test("an attempt beyond the last entry is told with what to add", () => {
  expect(answer("Call", 3)).toEqual({
    type: "missing",
    cause:
      "The mocked response 'Third' has no entry for attempt 3 at the state 'Call': its last one is 2.",
  });
  expect(answer("Never", 0)).toMatchObject({ cause: expect.stringContaining("it has none.") });
});

test("a state that the case does not name is not mocked", () => {
  expect(answer("Other", 0)).toBeUndefined();
  expect(answer("Call", 0, "Real")).toBeUndefined();
  expect(answer("toString", 0)).toBeUndefined();
});

test("the test cases of a machine are known by name", () => {
  expect(mocks.testCases("M")).toEqual(["Retry", "Real"]);
  expect(mocks.testCases("constructor")).toEqual([]);
});
