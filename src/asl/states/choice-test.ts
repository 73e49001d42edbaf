import { toDouble } from "../../expression/exact-number.ts";
import { isJsonObject, type JsonValue } from "../../expression/json.ts";
import { parseTimestamp } from "../../expression/timestamp.ts";
import { failType, objectsField, openInner, type Fields } from "../fields/fields.ts";
import { hasPlaceholder } from "../parse-context.ts";
import { choicePathField } from "../fields/path-fields.ts";
import { warnOfMissingPath } from "../diagnostics/warnings.ts";
import { wording } from "../diagnostics/wording.ts";
import type { ChoiceTest } from "./choice.ts";
import { comparisonOperators, type ComparisonOperator } from "./comparison.ts";

const choiceTestKinds = ["And", "Or", "Not", "Variable"] as const;

/** How deep `And`, `Or` and `Not` may be nested. Our choice, so that no definition can exhaust the stack. */
export const maximumTestDepth = 100;

/** The fields of a choice rule that say what it tests. */
export const choiceTestFields = [...choiceTestKinds, ...comparisonOperators];

/** Reports a rule that does not say what it tests, or says it twice. Observed: in either language. */
export function checkChoiceKind(rule: Fields): void {
  const kinds = [...choiceTestKinds, "Condition"];
  if (kinds.filter((kind) => Object.hasOwn(rule.object, kind)).length === 1) return;
  rule.context.diagnostics.error(wording.onlyOneKind(kinds), rule.location);
}

/** What a JSONPath choice rule tests: one comparison, or a combination of rules. */
export function parseChoiceTest(rule: Fields, depth = 0): ChoiceTest | undefined {
  const kind = choiceTestKinds.find((name) => rule.has(name));
  if (kind === undefined) return undefined;
  if (kind === "Variable") return parseComparison(rule);
  const operators = comparisonOperators.filter((operator) => rule.has(operator));
  for (const operator of operators) {
    rule.context.diagnostics.error(wording.notSupported(operator), rule.location);
  }
  if (kind === "Not") {
    const value = rule.value("Not");
    if (!isJsonObject(value)) {
      failType(rule, "Not", "Object");
      return undefined;
    }
    const test = parseNestedTest(rule, value, rule.at("Not"), depth);
    return test && { kind, test };
  }
  const tests = objectsField(rule, kind).flatMap(({ object, location }) => {
    return parseNestedTest(rule, object, location, depth) ?? [];
  });
  return { kind, tests };
}

/** Spec: a rule within a combination has no outcome of its own. */
function parseNestedTest(
  rule: Fields,
  object: Fields["object"],
  location: string,
  depth: number,
): ChoiceTest | undefined {
  if (depth >= maximumTestDepth) {
    rule.context.diagnostics.error(
      wording.tooDeep(maximumTestDepth),
      location,
      "TOO_DEEPLY_NESTED",
    );
    return undefined;
  }
  const nested = openInner(rule, object, location, { both: ["Comment", ...choiceTestFields] });
  checkChoiceKind(nested);
  return parseChoiceTest(nested, depth + 1);
}

function parseComparison(rule: Fields): ChoiceTest | undefined {
  const Variable = choicePathField(rule, "Variable");
  const given = comparisonOperators.filter((operator) => rule.has(operator));
  const operator = given[0];
  if (operator === undefined || given.length > 1) {
    const message =
      given.length > 1 ? wording.onlyOne(given) : wording.exactlyOne(comparisonOperators);
    rule.context.diagnostics.error(message, rule.location);
    return undefined;
  }
  const operand = operator.endsWith("Path")
    ? choicePathField(rule, operator)
    : parseOperand(rule, operator);
  return Variable === undefined || operand === undefined
    ? undefined
    : { kind: "comparison", Variable, operator, operand };
}

/** The constant that an operator compares with. */
function parseOperand(rule: Fields, operator: ComparisonOperator): JsonValue | undefined {
  const value = rule.value(operator) as JsonValue;
  if (hasPlaceholder(rule.context, value) && !operator.startsWith("String")) {
    rule.context.assume();
    return undefined;
  }
  warnOfMissingPath(rule, operator);
  const type = operandType(operator);
  if (typeof toDouble(value) !== operandTypes[type]) failType(rule, operator, type);
  else if (!operator.startsWith("Timestamp")) return value;
  else if (parseTimestamp(value as string) !== undefined) return value;
  else rule.fail(operator, wording.timestamp);
  return undefined;
}

const operandTypes = { String: "string", Number: "number", Boolean: "boolean" } as const;

function operandType(operator: ComparisonOperator): keyof typeof operandTypes {
  if (operator.startsWith("String") || operator.startsWith("Timestamp")) return "String";
  return operator.startsWith("Numeric") ? "Number" : "Boolean";
}
