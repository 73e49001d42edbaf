import {
  compileNull,
  compileValues,
  type Condition,
  unknownCondition,
} from "./conditions/compile-condition.ts";
import { type ConditionOperator, parseOperator } from "./conditions/operators.ts";
import type { ValueTest } from "./conditions/value-operator.ts";
import type { ParseContext } from "./parse-context.ts";
import { type PlacedJson, syntaxErrors } from "./placed-json.ts";
import { MalformedPolicy, placedAt } from "./policy-problem.ts";
import { type PlacedText, textsOf } from "./texts.ts";

/** The conditions of a `Condition` element, all of which have to hold. */
export function parseConditions(
  element: PlacedJson | undefined,
  context: ParseContext,
): readonly Condition[] {
  if (element === undefined) return [];
  return [...membersOf(element)].flatMap(([name, keys]) => {
    const operator = parseOperator(name);
    if (operator === undefined && !context.closesOnUnknown) {
      throw new MalformedPolicy(`Invalid Condition type : ${name}`, keys.at);
    }
    return [...membersOf(keys)].map(([key, values]) => parseKey(operator, key, values, context));
  });
}

function membersOf(element: PlacedJson): ReadonlyMap<string, PlacedJson> {
  if (element.type !== "object") throw new MalformedPolicy(syntaxErrors, element.at);
  return element.members;
}

/** *Documented*: keys are told apart without regard to case; a key has the prefix of its service. */
function parseKey(
  operator: ConditionOperator | undefined,
  name: string,
  values: PlacedJson,
  context: ParseContext,
): Condition {
  if (!name.includes(":") && !context.closesOnUnknown) {
    throw new MalformedPolicy(mustBePrefaced, values.at);
  }
  const key = name.toLowerCase();
  // Documented for booleans and numbers: quotes may be left out.
  const texts = textsOf(values, ["string", "boolean", "number"]);
  if (operator === undefined) return unknownCondition(key);
  if (operator.type === "null") {
    const condition = compileNull(
      key,
      texts.map(({ text }) => text),
    );
    return condition ?? unreadable(key, texts[0], context);
  }
  const tests = texts.map((text) => testOf(operator, text, context));
  const unread = tests.indexOf(undefined);
  if (unread >= 0) return unreadable(key, texts[unread], context);
  return compileValues(
    key,
    operator,
    tests.filter((test) => test !== undefined),
  );
}

function testOf(
  { operator }: Extract<ConditionOperator, { type: "values" }>,
  { at, text }: PlacedText,
  { hasVariables }: ParseContext,
): ValueTest | undefined {
  return placedAt(at, () => operator.compile(text, hasVariables));
}

/** *Observed* for dates; *our choice* for other values that their operator cannot have, which AWS takes and never matches. */
function unreadable(
  key: string,
  value: PlacedText | undefined,
  { closesOnUnknown }: ParseContext,
): Condition {
  if (closesOnUnknown) return unknownCondition(key);
  throw new MalformedPolicy("The policy failed legacy parsing", value?.at);
}

/** *Observed*. */
export const mustBePrefaced =
  "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.";
