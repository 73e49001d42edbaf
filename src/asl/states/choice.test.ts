import { describe, expect, test } from "vitest";
import type { JsonValue } from "../../expression/json.ts";
import { parsedState, stateDiagnostics } from "../definition.fixture.ts";
import { maximumTestDepth } from "./choice-test.ts";
import { comparisonOperators } from "./comparison.ts";

const others = { E: { Type: "Succeed" } };
const choice = (...Choices: JsonValue[]) => ({ Type: "Choice", Choices, Default: "E" });
/** The diagnostics about a rule that goes on to the state E. */
const ruleDiagnostics = (rule: Record<string, JsonValue>, fields?: Record<string, JsonValue>) =>
  stateDiagnostics({ ...choice({ Next: "E", ...rule }), ...fields }, others);
const at = "at /States/S/Choices[0]";

describe("a JSONPath choice rule", () => {
  test("compares a variable with a constant or a path, or combines rules", () => {
    const rule = {
      And: [
        { Variable: "$.a", StringMatches: "x*" },
        { Not: { Variable: "$$.b", NumericEqualsPath: "$.c" } },
        { Or: [{ Variable: "$v", IsPresent: false, Comment: "c" }] },
      ],
      Next: "E",
      Assign: { "x.$": "$.a" },
    };
    const state = parsedState("Choice", choice(rule), others);
    expect(state).toMatchObject({ Default: "E" });
    expect(state.Choices).toMatchObject([
      {
        kind: "jsonpath",
        Next: "E",
        Assign: { kind: "payloadTemplate" },
        test: {
          kind: "And",
          tests: [
            { kind: "comparison", operator: "StringMatches", operand: "x*" },
            { kind: "Not", test: { operator: "NumericEqualsPath", operand: { text: "$.c" } } },
            { kind: "Or", tests: [{ operator: "IsPresent", operand: false }] },
          ],
        },
      },
    ]);
  });

  test.each(comparisonOperators)("may use %s", (operator) => {
    const operand = operator.endsWith("Path")
      ? "$.b"
      : operator.startsWith("Timestamp")
        ? "2016-03-14T01:59:00+01:00"
        : operator.startsWith("String")
          ? "b"
          : operator.startsWith("Numeric")
            ? 1.5
            : true;
    expect(ruleDiagnostics({ Variable: "$.a", [operator]: operand })).toEqual([]);
    const wrong = ruleDiagnostics({ Variable: "$.a", [operator]: [] });
    expect(wrong).toEqual([expect.stringMatching(/^Expected value of type \[[A-Z]+\]/)]);
    expect(wrong[0]).toContain(`${at}/${operator}`);
  });

  test.each<[string, Record<string, JsonValue>, string[]]>([
    [
      "without an operator",
      { Variable: "$.a" },
      [
        `This object should have only one of the following fields: [${comparisonOperators.join(", ")}] ${at}`,
      ],
    ],
    [
      "with two operators",
      { Variable: "$.a", IsNull: true, StringEquals: "a" },
      [`There should only be one of the following fields: [StringEquals, IsNull] ${at}`],
    ],
    [
      "that tests nothing",
      {},
      [
        `The object must have only one of the following fields, [And, Or, Not, Variable, Condition] ${at}`,
      ],
    ],
    [
      "that tests two things",
      { Variable: "$.a", IsNull: true, Not: { Variable: "$.a", IsNull: true } },
      [
        `The object must have only one of the following fields, [And, Or, Not, Variable, Condition] ${at}`,
        `Field 'IsNull' is not supported ${at}`,
      ],
    ],
    ["with a combination of nothing", { And: [] }, [`Value cannot be empty ${at}/And`]],
    ["with a combination of no rule", { Or: [1] }, [`Expected value of type [OBJECT] ${at}/Or[0]`]],
    ["with a negation of no rule", { Not: [] }, [`Expected value of type [OBJECT] ${at}/Not`]],
    [
      "with an outcome within a combination",
      { Or: [{ Variable: "$.a", IsNull: true, Next: "E" }] },
      [`Field 'Next' is not supported ${at}/Or[0]`],
    ],
    [
      "with a variable that is no path",
      { Variable: "a", IsNull: true },
      [`Value is not a Reference Path: Reference path didn't start with '$' ${at}/Variable`],
    ],
    [
      "with a time that is none",
      { Variable: "$.a", TimestampEquals: "yesterday" },
      [`String does not match RFC3339 timestamp ${at}/TimestampEquals`],
    ],
    [
      "with a constant that looks like a path",
      { Variable: "$.a", StringEquals: "$.b" },
      [expect.stringMatching(/^NO_PATH: .*StringEquals$/) as string],
    ],
    [
      "with a condition",
      { Condition: "{% true %}" },
      [
        `The QueryLanguage is set to 'JSONPath', but field 'Condition' is only supported for the 'JSONata' QueryLanguage ${at}`,
      ],
    ],
  ])("%s is reported", (_title, rule, messages) => {
    expect(ruleDiagnostics(rule)).toEqual(messages);
  });

  test("is nested only so deep", () => {
    let rule: Record<string, JsonValue> = { Variable: "$.a", IsNull: true };
    for (let depth = 0; depth < maximumTestDepth; depth++) rule = { Not: rule };
    expect(ruleDiagnostics(rule)).toEqual([]);
    expect(ruleDiagnostics({ Not: rule })).toEqual([expect.stringMatching(/^TOO_DEEPLY_NESTED/)]);
  });
});

describe("a JSONata choice rule", () => {
  const jsonata = { QueryLanguage: "JSONata" };

  test.each([["{% $states.input.a > 1 %}"], [true]])("has the condition %j", (Condition) => {
    expect(ruleDiagnostics({ Condition, Output: { a: "{% 1 %}" } }, jsonata)).toEqual([]);
  });

  test.each([["yes"], [1], [null]])("may not have the condition %j", (Condition) => {
    expect(ruleDiagnostics({ Condition }, jsonata)).toEqual([
      `Expected value of type [BOOLEAN] ${at}/Condition`,
    ]);
  });

  test("has no variable", () => {
    expect(ruleDiagnostics({ Variable: "$.a", IsNull: true }, jsonata)).toEqual(
      ["Variable", "IsNull"].map(
        (name) =>
          `The QueryLanguage is set to 'JSONata', but field '${name}' is only supported for the 'JSONPath' QueryLanguage ${at}`,
      ),
    );
  });
});

describe("a Choice state", () => {
  test("has at least one rule, each with a Next, and no way on of its own", () => {
    expect(stateDiagnostics({ Type: "Choice", Default: "E", End: true }, others)).toEqual([
      "Field 'End' is not supported at /States/S",
      "These fields are required: [Choices] at /States/S",
    ]);
    expect(stateDiagnostics(choice(), others)).toEqual([
      "Value cannot be empty at /States/S/Choices",
    ]);
    expect(stateDiagnostics(choice({ Variable: "$.a", IsNull: true }), others)).toEqual([
      `These fields are required: [Next] ${at}`,
    ]);
  });
});
