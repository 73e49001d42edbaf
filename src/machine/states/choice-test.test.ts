import { describe, expect, test } from "vitest";
import type { ChoiceTest } from "../../asl/states/choice.ts";
import type { ComparisonOperator } from "../../asl/states/comparison.ts";
import { EvaluationError, type EvaluationScope } from "../../expression/evaluation.ts";
import type { JsonValue } from "../../expression/json.ts";
import { compilePath } from "../../expression/jsonpath/compile-path.ts";
import { createRandomSource } from "../../expression/random.ts";
import { testChoice } from "./choice-test.ts";

const scope: EvaluationScope = {
  context: { Execution: { Name: "run" } },
  variables: { lookup: (name) => (name === "known" ? { n: 5 } : undefined) },
  random: createRandomSource(1),
  now: 0,
};

function rule(operator: ComparisonOperator, operand: JsonValue, variable = "$.v"): ChoiceTest {
  const isPath = operator.endsWith("Path");
  return {
    kind: "comparison",
    Variable: compilePath(variable),
    operator,
    operand: isPath ? compilePath(operand as string) : operand,
  };
}

function holds(test: ChoiceTest, input: JsonValue): boolean {
  return testChoice(test, input, scope);
}

const noon = "2026-03-01T12:00:00Z";
const later = "2026-03-01T12:00:00.5Z";

/** For each family a value, a greater one, and values of other families that must never hold. */
const families = [
  { family: "Numeric", low: -1.5, high: 2, others: ["2", null, true, [2], { v: 2 }] },
  { family: "String", low: "B", high: "a", others: [1, null, false, ["a"], {}] },
  { family: "Timestamp", low: noon, high: later, others: ["2026-03-01", "", 5, null, true, []] },
] as const;

describe.each(families)("$family comparisons", ({ family, low, high, others }) => {
  const relations = [
    ["Equals", false, true, false],
    ["LessThan", true, false, false],
    ["LessThanEquals", true, true, false],
    ["GreaterThan", false, false, true],
    ["GreaterThanEquals", false, true, true],
  ] as const;

  test.each(relations)("%s: below %j, equal %j, above %j", (relation, below, equal, above) => {
    const operator = `${family}${relation}` as ComparisonOperator;
    expect(holds(rule(operator, high), { v: low })).toBe(below);
    expect(holds(rule(operator, high), { v: high })).toBe(equal);
    expect(holds(rule(operator, low), { v: high })).toBe(above);
    const twin = `${operator}Path` as ComparisonOperator;
    expect(holds(rule(twin, "$.w"), { v: low, w: high })).toBe(below);
    expect(holds(rule(twin, "$.w"), { v: high, w: high })).toBe(equal);
    expect(holds(rule(twin, "$.w"), { v: high, w: low })).toBe(above);
  });

  test.each(relations)("%s does not hold between values of different types", (relation) => {
    const operator = `${family}${relation}` as ComparisonOperator;
    const twin = `${operator}Path` as ComparisonOperator;
    for (const other of others as readonly JsonValue[]) {
      expect(holds(rule(operator, low), { v: other })).toBe(false);
      expect(holds(rule(twin, "$.w"), { v: other, w: other })).toBe(false);
      expect(holds(rule(twin, "$.w"), { v: low, w: other })).toBe(false);
    }
  });
});

test("strings compare by code unit, without folding or normalization", () => {
  expect(holds(rule("StringLessThan", "a"), { v: "Z" })).toBe(true);
  expect(holds(rule("StringEquals", "é"), { v: "e\u0301" })).toBe(false);
  expect(holds(rule("StringLessThan", "\uffff"), { v: "😀" })).toBe(true);
  expect(holds(rule("StringLessThan", "aa"), { v: "a" })).toBe(true);
});

test("timestamps compare as instants, whatever their offset or precision", () => {
  expect(holds(rule("TimestampEquals", noon), { v: "2026-03-01T14:00:00.000+02:00" })).toBe(true);
  expect(holds(rule("TimestampLessThan", noon), { v: "2026-03-01T12:30:00+01:00" })).toBe(true);
});

test("booleans are equal or not, and equal to nothing else", () => {
  expect(holds(rule("BooleanEquals", true), { v: true })).toBe(true);
  expect(holds(rule("BooleanEquals", true), { v: false })).toBe(false);
  expect(holds(rule("BooleanEquals", false), { v: null })).toBe(false);
  expect(holds(rule("BooleanEquals", true), { v: "true" })).toBe(false);
  expect(holds(rule("BooleanEqualsPath", "$.w"), { v: false, w: false })).toBe(true);
  expect(holds(rule("BooleanEqualsPath", "$.w"), { v: 1, w: 1 })).toBe(false);
});

describe("type tests", () => {
  const values: readonly (readonly [JsonValue, string])[] = [
    [null, "IsNull"],
    [0, "IsNumeric"],
    [-1.5e300, "IsNumeric"],
    ["text", "IsString"],
    [true, "IsBoolean"],
    [[], ""],
    [{}, ""],
  ];
  const tests = ["IsNull", "IsNumeric", "IsString", "IsBoolean"] as const;

  test.each(values)("%j is what it is", (value, type) => {
    for (const operator of tests) {
      expect(holds(rule(operator, true), { v: value }), operator).toBe(operator === type);
      expect(holds(rule(operator, false), { v: value }), operator).toBe(operator !== type);
    }
  });

  test("a timestamp is a string too", () => {
    expect(holds(rule("IsTimestamp", true), { v: noon })).toBe(true);
    expect(holds(rule("IsString", true), { v: noon })).toBe(true);
    for (const other of ["2026-03-01", "2026-03-01 12:00:00Z", 1_772_366_400, null]) {
      expect(holds(rule("IsTimestamp", true), { v: other })).toBe(false);
      expect(holds(rule("IsTimestamp", false), { v: other })).toBe(true);
    }
  });

  test("IsPresent asks only whether there is a value, be it null", () => {
    expect(holds(rule("IsPresent", true), { v: null })).toBe(true);
    expect(holds(rule("IsPresent", true), {})).toBe(false);
    expect(holds(rule("IsPresent", false), {})).toBe(true);
    expect(holds(rule("IsPresent", false), { v: 0 })).toBe(false);
    expect(holds(rule("IsPresent", true, "$.v.constructor"), { v: {} })).toBe(false);
  });
});

describe("StringMatches", () => {
  test("holds for strings that fit", () => {
    expect(holds(rule("StringMatches", "log-*.txt"), { v: "log-1.txt" })).toBe(true);
    expect(holds(rule("StringMatches", "log-*.txt"), { v: "log-1.zip" })).toBe(false);
    expect(holds(rule("StringMatches", "*"), { v: 5 })).toBe(false);
  });

  test("gives the same answer when it is asked again", () => {
    const again = rule("StringMatches", "a*");
    expect([holds(again, { v: "ab" }), holds(again, { v: "b" }), holds(again, { v: "a" })]).toEqual(
      [true, false, true],
    );
  });

  test("with a dangling backslash is an error where it is asked", () => {
    const dangling = rule("StringMatches", "a\\");
    expect(() => holds(dangling, { v: "a" })).toThrow(EvaluationError);
    expect(() =>
      holds({ kind: "Or", tests: [rule("IsString", true), dangling] }, { v: "a" }),
    ).not.toThrow();
  });
});

test("variables and the context object can be compared as well", () => {
  expect(holds(rule("NumericEquals", 5, "$known.n"), {})).toBe(true);
  expect(holds(rule("StringEqualsPath", "$$.Execution.Name"), { v: "run" })).toBe(true);
});

test("a path that selects nothing is an error that names it", () => {
  expect(() => holds(rule("StringEquals", "x", "$.a.b"), { a: {} })).toThrow(
    "Invalid path '$.a.b': The choice state's condition path references an invalid value.",
  );
  expect(() => holds(rule("StringEqualsPath", "$.w"), { v: "x" })).toThrow("Invalid path '$.w'");
});
