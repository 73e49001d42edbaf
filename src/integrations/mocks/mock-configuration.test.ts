import { describe, expect, test } from "vitest";
import type { JsonValue } from "../../expression/json.ts";
import { readMockConfiguration } from "./mock-configuration.ts";

/** Mistakes as `path message`. */
function problemsOf(value: JsonValue): string[] {
  const read = readMockConfiguration(value);
  if ("configuration" in read) return [];
  return read.problems.map(({ path, message }) => `${path.join("/")} ${message}`);
}

const machines = { M: { TestCases: { Happy: { Call: "Fine" } } } };
const returns = (value: JsonValue) => ({ "0": { Return: value } });

function withResponse(response: JsonValue): JsonValue {
  return { StateMachines: machines, MockedResponses: { Fine: response } };
}

test("the example of AWS's documentation is taken", () => {
  expect(
    problemsOf({
      StateMachines: {
        LambdaSQSIntegration: {
          TestCases: {
            HappyPath: { LambdaState: "MockedLambdaSuccess", SQSState: "MockedSQSSuccess" },
            RetryPath: { LambdaState: "MockedLambdaRetry", SQSState: "MockedSQSSuccess" },
            HybridPath: { LambdaState: "MockedLambdaSuccess" },
          },
        },
      },
      MockedResponses: {
        MockedLambdaSuccess: returns({ StatusCode: 200, Payload: { body: "Hello from Lambda!" } }),
        MockedSQSSuccess: returns({ MessageId: "3bcb6e8e-8b51-4375-b0bc-1a59812c6e51" }),
        MockedLambdaRetry: {
          "0": { Throw: { Error: "Lambda.ResourceNotReadyException", Cause: "Not ready." } },
          "1-2": { Throw: { Error: "Lambda.TimeoutException", Cause: "Lambda timed out." } },
          "3": { Return: { StatusCode: 200 } },
        },
      },
    }),
  ).toEqual([]);
});

test("any JSON value can be returned, and a response that is never reached may be empty", () => {
  for (const value of [null, false, 0, "text", [1]]) {
    expect(problemsOf(withResponse(returns(value)))).toEqual([]);
  }
  expect(problemsOf(withResponse({}))).toEqual([]);
});

describe("a mistake is told with its place and what is expected", () => {
  test.each<[string, JsonValue, string[]]>([
    ["no object", [], [" must be an object with StateMachines"]],
    [
      "no state machines",
      { MockedResponses: {} },
      [" must have the member StateMachines: an object of state machines by name"],
    ],
    [
      "a misspelt member",
      { StateMachines: {}, MockedResponse: {} },
      [
        "MockedResponse is not known here; the members of a mock configuration are StateMachines, MockedResponses, Definitions, Inputs, Expectations, Comment, $schema",
      ],
    ],
    [
      "a machine without test cases",
      { StateMachines: { M: { Happy: {} } } },
      ["StateMachines/M must be an object with the member TestCases"],
    ],
    [
      "an unknown response",
      { StateMachines: machines, MockedResponses: { Fin: returns(1) } },
      [
        "StateMachines/M/TestCases/Happy/Call names the response 'Fine', which is not in MockedResponses; there are Fin",
      ],
    ],
    [
      "a response in place of its name",
      { StateMachines: { M: { TestCases: { Happy: { Call: returns(1) } } } } },
      ["StateMachines/M/TestCases/Happy/Call must be the name of a response in MockedResponses"],
    ],
    [
      "an attempt that is no number",
      withResponse({ first: { Return: 1 } }),
      [
        'MockedResponses/Fine/first must be the number of an attempt, from "0", or a range like "1-3"',
      ],
    ],
    [
      "a range that ends before it begins",
      withResponse({ "0": { Return: 1 }, "3-1": { Return: 1 } }),
      [
        'MockedResponses/Fine/3-1 must be the number of an attempt, from "0", or a range like "1-3"',
      ],
    ],
    [
      "a response that does not begin with 0",
      withResponse({ "1": { Return: 1 } }),
      ["MockedResponses/Fine/1 leaves a gap: attempt 0 is not answered before it"],
    ],
    [
      "a gap",
      withResponse({ "0": { Return: 1 }, "3-4": { Return: 1 } }),
      ["MockedResponses/Fine/3-4 leaves a gap: attempts 1 to 2 are not answered before it"],
    ],
    [
      "an attempt that is answered twice",
      withResponse({ "0-2": { Return: 1 }, "2-3": { Return: 1 } }),
      ["MockedResponses/Fine/2-3 answers attempt 2, which another entry answers already"],
    ],
    [
      "both Return and Throw",
      withResponse({ "0": { Return: 1, Throw: { Error: "E", Cause: "" } } }),
      [
        "MockedResponses/Fine/0 must be an object with either Return or Throw, and nothing else; it has Return, Throw",
      ],
    ],
    [
      "neither of them",
      withResponse({ "0": {} }),
      ["MockedResponses/Fine/0 must be an object with either Return or Throw, and nothing else"],
    ],
    [
      "a Throw without an error",
      withResponse({ "0": { Throw: { Cause: "why" } } }),
      [
        "MockedResponses/Fine/0/Throw must be an object with Error and Cause: { Error: NAME, Cause: TEXT }",
      ],
    ],
    [
      "a cause that is no text",
      withResponse({ "0": { Throw: { Error: "E", Cause: {} } } }),
      ["MockedResponses/Fine/0/Throw/Cause must be a text"],
    ],
  ])("%s", (_, value, problems) => {
    expect(problemsOf(value)).toEqual(problems);
  });

  test("all of them", () => {
    const value = {
      StateMachines: { M: { TestCases: { A: { S: "None" }, B: 1 } }, N: {} },
      MockedResponses: { R: { "0": {}, "1": { Throw: {} } } },
    };
    expect(problemsOf(value)).toHaveLength(5);
  });
});

test("names that objects inherit are names like any other", () => {
  const value = JSON.parse(
    '{"StateMachines": {"constructor": {"TestCases": {"__proto__": {"toString": "valueOf"}}}}, "MockedResponses": {}}',
  ) as JsonValue;
  expect(problemsOf(value)).toEqual([
    "StateMachines/constructor/TestCases/__proto__/toString names the response 'valueOf', which is not in MockedResponses; there are none",
  ]);
});
