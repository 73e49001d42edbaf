import { numberOf } from "../../expression/exact-number.ts";
import type { ChoiceTest } from "../../asl/states/choice.ts";
import {
  EvaluationError,
  type EvaluationScope,
  ExpressionSyntaxError,
} from "../../expression/evaluation.ts";
import { isJsonNumber, type JsonValue } from "../../expression/json.ts";
import type { Path } from "../../expression/jsonpath/path.ts";
import { compileStringMatches } from "../../expression/string-matches.ts";
import { charge } from "../../expression/steps.ts";
import { parseTimestamp } from "../../expression/timestamp.ts";

type Comparison = Extract<ChoiceTest, { kind: "comparison" }>;

/** Whether a JSONPath choice rule holds. `And` and `Or` stop at the first answer. */
export function testChoice(test: ChoiceTest, input: JsonValue, scope: EvaluationScope): boolean {
  switch (test.kind) {
    case "And":
      return test.tests.every((inner) => testChoice(inner, input, scope));
    case "Or":
      return test.tests.some((inner) => testChoice(inner, input, scope));
    case "Not":
      return !testChoice(test.test, input, scope);
    case "comparison":
      return compare(test, input, scope);
  }
}

/** A missing `Variable` is an error for every operator but `IsPresent`; values of other types just do not hold. */
function compare(test: Comparison, input: JsonValue, scope: EvaluationScope): boolean {
  const { operator } = test;
  const found = test.Variable.find(input, scope);
  if (operator === "IsPresent") return (found !== undefined) === test.operand;
  const value = present(found, test.Variable);
  if (isTypeTest(operator)) return typeTests[operator](value) === test.operand;
  const operand = isPath(test.operand)
    ? present(test.operand.find(input, scope), test.operand)
    : test.operand;
  if (operator === "StringMatches") {
    if (typeof value !== "string") return false;
    charge(scope, value.length / searchedPerStep);
    return patternOf(test)(value);
  }
  const [, family, relation] = /^(String|Numeric|Boolean|Timestamp)(.*?)(?:Path)?$/.exec(
    operator,
  ) as unknown as [string, Family, Relation];
  const left = comparable(family, value);
  const right = comparable(family, operand);
  if (left === undefined || right === undefined) return false;
  if (typeof left === "string" && typeof right === "string") {
    charge(scope, Math.min(left.length, right.length) / comparedPerStep);
  }
  return relations[relation](left, right);
}

/** Characters that are compared, or searched for a pattern, in one step. Measured, generously. */
const comparedPerStep = 256;
const searchedPerStep = 16;

/** Observed: AWS's wording for a `Variable` or `…Path` that selects nothing. */
function present(value: JsonValue | undefined, path: Path): JsonValue {
  if (value !== undefined) return value;
  throw new EvaluationError(
    "States.Runtime",
    `Invalid path '${path.text}': The choice state's condition path references an invalid value.`,
  );
}

/** Compiled on first use: a pattern with a dangling backslash is an error only where it is asked. Documented. */
function patternOf(test: Comparison): (text: string) => boolean {
  const known = patterns.get(test);
  if (known !== undefined) return known;
  try {
    const compiled = compileStringMatches(test.operand as string);
    patterns.set(test, compiled);
    return compiled;
  } catch (thrown) {
    if (!(thrown instanceof ExpressionSyntaxError)) throw thrown;
    throw new EvaluationError("States.Runtime", thrown.message);
  }
}

const patterns = new WeakMap<Comparison, (text: string) => boolean>();

function isPath(operand: JsonValue | Path): operand is Path {
  return typeof operand === "object" && operand !== null && "find" in operand;
}

type TypeTest = "IsNull" | "IsNumeric" | "IsString" | "IsBoolean" | "IsTimestamp";

const typeTests: { readonly [T in TypeTest]: (value: JsonValue) => boolean } = {
  IsNull: (value) => value === null,
  IsNumeric: isJsonNumber,
  IsString: (value) => typeof value === "string",
  IsBoolean: (value) => typeof value === "boolean",
  IsTimestamp: (value) => typeof value === "string" && parseTimestamp(value) !== undefined,
};

function isTypeTest(operator: string): operator is TypeTest {
  return Object.hasOwn(typeTests, operator);
}

type Family = "String" | "Numeric" | "Boolean" | "Timestamp";
type Relation = "Equals" | "LessThan" | "GreaterThan" | "LessThanEquals" | "GreaterThanEquals";

/** What of the value the family compares; `undefined` if it is not of that family. */
function comparable(family: Family, value: JsonValue): string | number | boolean | undefined {
  switch (family) {
    case "String":
      return typeof value === "string" ? value : undefined;
    case "Numeric":
      return numberOf(value);
    case "Boolean":
      return typeof value === "boolean" ? value : undefined;
    case "Timestamp":
      return typeof value === "string" ? parseTimestamp(value) : undefined;
  }
}

type Comparable = string | number | boolean;

/** Strings compare by code unit, as JavaScript compares them. Documented: ASL, Choice. */
const relations: { readonly [R in Relation]: (left: Comparable, right: Comparable) => boolean } = {
  Equals: (left, right) => left === right,
  LessThan: (left, right) => left < right,
  GreaterThan: (left, right) => left > right,
  LessThanEquals: (left, right) => left <= right,
  GreaterThanEquals: (left, right) => left >= right,
};
