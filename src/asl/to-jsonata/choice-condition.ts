import { numberOf } from "../../expression/exact-number.ts";
import {
  isJsonArray,
  isJsonObject,
  type JsonObject,
  type JsonValue,
} from "../../expression/json.ts";
import { comparisonOperators, type ComparisonOperator } from "../states/comparison.ts";
import { maximumTestDepth } from "../states/choice-test.ts";
import { expressionOf, type Document } from "./document.ts";
import { pathDocument } from "./documents-of-source.ts";
import { certain, primary, remarksOf, type Expression } from "./expression.ts";
import { literal, textLiteral } from "./literal.ts";
import type { NoteCode } from "./note.ts";
import { stringMatches } from "./string-matches.ts";
import { Unconvertible } from "./unconvertible.ts";

/**
 * What a choice rule tests, as one expression that gives a boolean. Values of another type do not hold, as in JSONPath; what is
 * missing does not hold either, where it failed. Throws {@link Unconvertible}.
 */
export function choiceCondition(rule: JsonObject, input: Document): Expression {
  const { terms, missable, remarks } = allOf(rule, input, 0);
  const unnoticed: readonly NoteCode[] = missable.length > 0 ? ["MISSING_IS_NOTHING"] : [];
  return {
    text: terms.join(" and "),
    isPrimary: false,
    mayBeNothing: false,
    type: "boolean",
    remarks: [...new Set([...remarks, ...unnoticed])],
  };
}

/** Terms that have to hold together. */
interface Test {
  readonly terms: readonly string[];
  /** What does not hold where it is missing. */
  readonly missable: readonly string[];
  readonly remarks: readonly NoteCode[];
}

function allOf(rule: JsonObject, input: Document, depth: number): Test {
  if (depth > maximumTestDepth) throw new Unconvertible("INVALID");
  const { And, Or, Not, Variable } = rule;
  if (And !== undefined) return conjunction(testsOf(And, input, depth));
  if (Or !== undefined) return disjunction(testsOf(Or, input, depth));
  if (Not !== undefined) {
    if (!isJsonObject(Not)) throw new Unconvertible("INVALID");
    const test = allOf(Not, input, depth + 1);
    return { ...test, terms: [`$not(${test.terms.join(" and ")})`] };
  }
  if (typeof Variable !== "string") throw new Unconvertible("INVALID");
  return comparison(rule, Variable, input);
}

function testsOf(value: JsonValue, input: Document, depth: number): readonly Test[] {
  if (!isJsonArray(value)) throw new Unconvertible("INVALID");
  return value.map((inner) => {
    if (!isJsonObject(inner)) throw new Unconvertible("INVALID");
    return allOf(inner, input, depth + 1);
  });
}

/** What is asked twice, such as a type, is asked once; what an earlier term says is there is not missing after it. */
function conjunction(tests: readonly Test[]): Test {
  if (tests.length === 0) return { terms: ["true"], missable: [], remarks: [] };
  const terms: string[] = [];
  const missable: string[] = [];
  for (const test of tests) {
    const there = terms.flatMap((term) => /^\$exists\((.*)\)$/s.exec(term)?.[1] ?? []);
    missable.push(...test.missable.filter((text) => !there.some((known) => isWithin(known, text))));
    for (const term of test.terms) if (!terms.includes(term)) terms.push(term);
  }
  return { terms, missable, remarks: tests.flatMap(({ remarks }) => remarks) };
}

/** Whether `path` is `outer` or goes on from it. */
function isWithin(path: string, outer: string): boolean {
  return path === outer || (path.startsWith(outer) && ".[".includes(path.charAt(outer.length)));
}

function disjunction(tests: readonly Test[]): Test {
  if (tests.length === 0) return { terms: ["false"], missable: [], remarks: [] };
  const [only] = tests;
  if (tests.length === 1 && only !== undefined) return only;
  const alternatives = tests.map(({ terms }) =>
    terms.length === 1 ? terms[0] : `(${terms.join(" and ")})`,
  );
  return {
    terms: [`(${alternatives.join(" or ")})`],
    missable: tests.flatMap(({ missable }) => missable),
    remarks: tests.flatMap(({ remarks }) => remarks),
  };
}

function comparison(rule: JsonObject, variable: string, input: Document): Test {
  const [operator, second] = comparisonOperators.filter((name) => Object.hasOwn(rule, name));
  if (operator === undefined || second !== undefined) throw new Unconvertible("INVALID", variable);
  const value = expressionOf(pathDocument(variable, input));
  const operand = rule[operator] as JsonValue;
  if (operator === "IsPresent") {
    const exists = `$exists(${value.text})`;
    const term = operand === true ? exists : `$not(${exists})`;
    return { terms: [term], missable: [], remarks: value.remarks };
  }
  if (operator.startsWith("Is")) return typeTest(operator, value, operand === true);
  if (operator.endsWith("Path")) {
    if (typeof operand !== "string") throw new Unconvertible("INVALID");
    const other = expressionOf(pathDocument(operand, input));
    return relationOfTwo(operator.slice(0, -"Path".length), value, other);
  }
  return relationToConstant(operator, value, operand);
}

/** A test of values that does not hold where they are missing. */
function testOf(
  terms: readonly string[],
  values: readonly Expression[],
  ...own: readonly NoteCode[]
): Test {
  const missable = values.flatMap(({ mayBeNothing, text }) => (mayBeNothing ? [text] : []));
  return { terms, missable, remarks: remarksOf(values, ...own) };
}

const typeNames: ReadonlyMap<string, string> = new Map([
  ["IsNumeric", "number"],
  ["IsString", "string"],
  ["IsBoolean", "boolean"],
]);

function typeTest(operator: ComparisonOperator, value: Expression, expected: boolean): Test {
  const is = expected ? "=" : "!=";
  if (operator === "IsNull") {
    return testOf([`${primary(value)} ${is} null`], [value]);
  }
  if (operator === "IsTimestamp") {
    const terms = [typeIs(value, "string"), `$contains(${value.text}, ${timestampPattern})`];
    const asked = expected ? terms : [`$not(${terms.join(" and ")})`];
    return testOf(asked, [value], "TIMESTAMP_PATTERN");
  }
  const name = typeNames.get(operator) as string;
  return testOf([`$type(${value.text}) ${is} '${name}'`], [value]);
}

const timestampPattern =
  "/^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])T([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(\\.\\d{1,9})?(Z|[+-]\\d{2}:[0-5]\\d)$/";

function typeIs(value: Expression, type: string): string {
  return `$type(${value.text}) = '${type}'`;
}

const relations: ReadonlyMap<string, string> = new Map([
  ["Equals", "="],
  ["LessThan", "<"],
  ["GreaterThan", ">"],
  ["LessThanEquals", "<="],
  ["GreaterThanEquals", ">="],
]);

const families: ReadonlyMap<string, string> = new Map([
  ["String", "string"],
  ["Numeric", "number"],
  ["Boolean", "boolean"],
]);

function parted(operator: string): { readonly family: string; readonly relation: string } {
  const [, family = "", name = ""] =
    /^(String|Numeric|Boolean|Timestamp)(.*)$/.exec(operator) ?? [];
  const relation = relations.get(name);
  if (relation === undefined) throw new Unconvertible("INVALID");
  return { family, relation };
}

function relationToConstant(
  operator: ComparisonOperator,
  value: Expression,
  operand: JsonValue,
): Test {
  if (operator === "StringMatches") {
    if (typeof operand !== "string") throw new Unconvertible("INVALID");
    return testOf(matching(value, operand), [value]);
  }
  const { family, relation } = parted(operator);
  if (family === "Timestamp") {
    if (typeof operand !== "string") throw new Unconvertible("INVALID");
    const instant = certain(textLiteral(operand), "text");
    return instants(value, instant, relation, [value]);
  }
  checkConstant(family, operand);
  const compared = `${primary(value)} ${relation} ${literal(operand)}`;
  const terms =
    relation === "=" ? [compared] : [typeIs(value, families.get(family) as string), compared];
  return testOf(terms, [value]);
}

function checkConstant(family: string, operand: JsonValue): void {
  const type = numberOf(operand) === undefined ? typeof operand : "number";
  if (type !== families.get(family)) throw new Unconvertible("INVALID");
}

function relationOfTwo(operator: string, value: Expression, other: Expression): Test {
  const { family, relation } = parted(operator);
  const both = [value, other];
  if (family === "Timestamp") return instants(value, other, relation, both);
  const type = families.get(family) as string;
  const compared = `${primary(value)} ${relation} ${primary(other)}`;
  // What is equal to something of a type is of that type, too.
  const asked = relation === "=" ? [value] : both;
  return testOf([...asked.map((one) => typeIs(one, type)), compared], both);
}

function instants(
  value: Expression,
  other: Expression,
  relation: string,
  unknown: readonly Expression[],
): Test {
  const terms = [
    ...unknown.map((one) => typeIs(one, "string")),
    `$toMillis(${value.text}) ${relation} $toMillis(${other.text})`,
  ];
  return testOf(terms, unknown, "NOT_A_TIMESTAMP");
}

function matching(value: Expression, pattern: string): readonly string[] {
  const test = stringMatches(pattern);
  if (test === undefined) throw new Unconvertible("INVALID", pattern);
  switch (test.type) {
    case "equal":
      return [`${primary(value)} = ${textLiteral(test.text)}`];
    case "any":
      return [typeIs(value, "string")];
    case "contains":
      return [typeIs(value, "string"), `$contains(${value.text}, ${textLiteral(test.text)})`];
    case "pattern":
      return [typeIs(value, "string"), `$contains(${value.text}, ${test.source})`];
  }
}
