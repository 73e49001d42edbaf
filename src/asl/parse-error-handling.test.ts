import { describe, expect, test } from "vitest";
import type { JsonValue } from "../expression/json.ts";
import { parsedState, stateDiagnostics } from "./definition.fixture.ts";

const task = (fields: Record<string, JsonValue>) => ({
  Type: "Task",
  Resource: "arn:aws:lambda:us-east-1:123456789012:function:f",
  End: true,
  ...fields,
});
const retry = (...Retry: JsonValue[]) => stateDiagnostics(task({ Retry }));
const caught = (...Catch: JsonValue[]) => stateDiagnostics(task({ Catch }));

describe("a retrier", () => {
  test("has the documented defaults", () => {
    const state = parsedState("Task", task({ Retry: [{ ErrorEquals: ["A"] }] }));
    expect(state.Retry).toEqual([
      {
        ErrorEquals: ["A"],
        IntervalSeconds: 1,
        MaxAttempts: 3,
        BackoffRate: 2,
        JitterStrategy: "NONE",
      },
    ]);
  });

  test("takes every field", () => {
    const retrier = {
      ErrorEquals: ["A", "States.Timeout"],
      IntervalSeconds: 0,
      MaxAttempts: 0,
      BackoffRate: 1.5,
      MaxDelaySeconds: 31_622_400,
      JitterStrategy: "FULL",
    };
    const state = parsedState("Task", task({ Retry: [{ ...retrier, Comment: "c" }] }));
    expect(state.Retry).toEqual([retrier]);
  });

  test.each<[Record<string, JsonValue>, string]>([
    [{ IntervalSeconds: -1 }, "Minimum value is 0 at /States/S/Retry[0]/IntervalSeconds"],
    [{ MaxAttempts: 1.5 }, "Expected value of type Integer at /States/S/Retry[0]/MaxAttempts"],
    [{ MaxAttempts: 1e8 }, "Maximum value is 99999999 at /States/S/Retry[0]/MaxAttempts"],
    [{ BackoffRate: 0.5 }, "Minimum value is 1.0 at /States/S/Retry[0]/BackoffRate"],
    [{ MaxDelaySeconds: 0 }, "Minimum value is 1 at /States/S/Retry[0]/MaxDelaySeconds"],
    [
      { JitterStrategy: "SOME" },
      "Value should be one of the following: [NONE, FULL] at /States/S/Retry[0]/JitterStrategy",
    ],
    [{ Next: "S" }, "Field 'Next' is not supported at /States/S/Retry[0]"],
  ])("may not have %j", (fields, message) => {
    expect(retry({ ErrorEquals: ["A"], ...fields })).toEqual([message]);
  });

  test("names at least one error", () => {
    expect(retry({}, { ErrorEquals: [] }, { ErrorEquals: "A" }, { ErrorEquals: [1] }, 5)).toEqual([
      "Expected value of type [OBJECT] at /States/S/Retry[4]",
      "These fields are required: [ErrorEquals] at /States/S/Retry[0]",
      "Value cannot be empty at /States/S/Retry[1]/ErrorEquals",
      "Expected value of type [ARRAY] at /States/S/Retry[2]/ErrorEquals",
      "Expected value of type [ARRAY] at /States/S/Retry[3]/ErrorEquals",
    ]);
    expect(stateDiagnostics(task({ Retry: {} }))).toEqual([
      "Expected value of type [ARRAY] at /States/S/Retry",
    ]);
  });
});

describe("a catcher", () => {
  test("is written in the language of its state", () => {
    const jsonpath = parsedState(
      "Task",
      task({ Catch: [{ ErrorEquals: ["A"], Next: "S", ResultPath: null, Assign: { x: 1 } }] }),
    );
    expect(jsonpath.Catch).toMatchObject([
      { ErrorEquals: ["A"], Next: "S", ResultPath: null, Assign: { kind: "payloadTemplate" } },
    ]);
    const jsonata = parsedState(
      "Task",
      task({
        QueryLanguage: "JSONata",
        Catch: [{ ErrorEquals: ["A"], Next: "S", Output: "{% $states.errorOutput %}" }],
      }),
    );
    expect(jsonata.Catch).toMatchObject([{ Output: { kind: "jsonataTemplate" } }]);
    expect(caught({ ErrorEquals: ["A"], Next: "S", Output: 1 })).toEqual([
      "The QueryLanguage is set to 'JSONPath', but field 'Output' is only supported for the 'JSONata' QueryLanguage at /States/S/Catch[0]",
    ]);
  });

  test("says where to go", () => {
    expect(caught({ ErrorEquals: ["A"] }, { ErrorEquals: ["B"], Next: "X" })).toEqual([
      "These fields are required: [Next] at /States/S/Catch[0]",
      "MISSING_TRANSITION_TARGET: Missing 'Next' target: X at /States/S/Catch[1]/Next",
    ]);
  });
});

test.each(["Retry", "Catch"])("States.ALL stands alone, in the last entry of %s", (field) => {
  const rest = field === "Catch" ? { Next: "S" } : {};
  const entries = (...lists: string[][]) =>
    stateDiagnostics(task({ [field]: lists.map((ErrorEquals) => ({ ErrorEquals, ...rest })) }));
  const message = "States.ALL must appear alone and at end of list at /States/S";
  expect(entries(["A"], ["States.ALL"])).toEqual([]);
  expect(entries(["States.ALL"], ["A"])).toEqual([`${message}/${field}[0]/ErrorEquals`]);
  expect(entries(["A", "States.ALL"])).toEqual([`${message}/${field}[0]/ErrorEquals`]);
});

test.each(["Pass", "Wait", "Succeed", "Fail"])("a %s state retries and catches nothing", (Type) => {
  expect(stateDiagnostics({ Type, Retry: [], Catch: [], Seconds: 1, End: true })).toEqual(
    expect.arrayContaining([
      "Field 'Retry' is not supported at /States/S",
      "Field 'Catch' is not supported at /States/S",
    ]),
  );
});
