import {
  isJsonArray,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  ownMember,
} from "../../../expression/json.ts";
import { isSameNumber } from "../../../expression/exact-number.ts";
import { isJsonNumber } from "../../../expression/json.ts";

/** A pattern that means nothing, or more than is built here. */
export class PatternProblem extends Error {
  override readonly name = "PatternProblem";
}

/** Whether an event, or the attributes of a message, is as a pattern says. */
export type Matcher = (event: JsonObject) => boolean;

/** Whether a value, absent as `undefined`, is as an element of a list says. */
type ValueMatcher = (value: JsonValue | undefined) => boolean;

/** Our choice. */
const deepest = 20;

/**
 * Reads an event pattern. *Documented*: objects are looked into, lists name what a value may be, and a list in the event matches if
 * one of its elements does. Of the comparisons there are `prefix`, `suffix`, `equals-ignore-case`, `anything-but`, `numeric`, `exists`,
 * `wildcard` and `$or`.
 */
export function patternMatcher(pattern: JsonValue, depth = 0): Matcher {
  if (!isJsonObject(pattern)) throw new PatternProblem("Filter is not an object");
  if (depth > deepest) throw new PatternProblem("The pattern is nested too deeply");
  const members = Object.entries(pattern).map(([name, wanted]): Matcher => {
    if (name === "$or" && isJsonArray(wanted)) {
      const ways = wanted.map((way) => patternMatcher(way, depth + 1));
      return (event) => ways.some((way) => way(event));
    }
    if (isJsonObject(wanted)) {
      const inner = patternMatcher(wanted, depth + 1);
      return (event) => {
        const value = ownMember(event, name);
        return inner(isJsonObject(value) ? value : {});
      };
    }
    if (!isJsonArray(wanted)) {
      throw new PatternProblem(`"${name}" must be an object or an array`);
    }
    if (wanted.length === 0) throw new PatternProblem("Empty arrays are not allowed");
    const ways = wanted.map(valueMatcher);
    return (event) => {
      const value = ownMember(event, name);
      return isJsonArray(value) && value.length > 0
        ? ways.some((way) => value.some(way))
        : ways.some((way) => way(isJsonArray(value) ? undefined : value));
    };
  });
  return (event) => members.every((member) => member(event));
}

function valueMatcher(wanted: JsonValue): ValueMatcher {
  if (!isJsonObject(wanted)) {
    if (isJsonArray(wanted)) throw new PatternProblem("A list may not be in a list");
    return (value) => value !== undefined && isSameValue(value, wanted);
  }
  const [[comparison, operand] = ["", null], second] = Object.entries(wanted);
  if (second !== undefined) throw new PatternProblem("Only one key allowed in match expression");
  return comparisonMatcher(comparison, operand as JsonValue);
}

function comparisonMatcher(comparison: string, operand: JsonValue): ValueMatcher {
  switch (comparison) {
    case "exists":
      return (value) => (value !== undefined) === (operand === true);
    case "prefix":
      return textMatcher(comparison, operand, (text, start) => text.startsWith(start));
    case "suffix":
      return textMatcher(comparison, operand, (text, end) => text.endsWith(end));
    case "equals-ignore-case":
      return textMatcher(
        comparison,
        operand,
        (text, other) => text.toLowerCase() === other.toLowerCase(),
      );
    case "wildcard":
      return textMatcher(comparison, operand, matchesWildcard);
    case "anything-but":
      return anythingBut(operand);
    case "numeric":
      return numericMatcher(operand);
    default:
      throw new PatternProblem(`Unrecognized match type ${comparison}`);
  }
}

function textMatcher(
  comparison: string,
  operand: JsonValue,
  isSo: (text: string, operand: string) => boolean,
): ValueMatcher {
  if (isJsonObject(operand)) {
    const ignored = ownMember(operand, "equals-ignore-case");
    if (typeof ignored === "string") {
      return (value) =>
        typeof value === "string" && isSo(value.toLowerCase(), ignored.toLowerCase());
    }
  }
  if (typeof operand !== "string") {
    throw new PatternProblem(`${comparison} match pattern must be a string`);
  }
  return (value) => typeof value === "string" && isSo(value, operand);
}

function anythingBut(operand: JsonValue): ValueMatcher {
  const refused = isJsonObject(operand)
    ? [valueMatcher(operand)]
    : (isJsonArray(operand) ? operand : [operand]).map(valueMatcher);
  return (value) => value !== undefined && !refused.some((each) => each(value));
}

const comparisons: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  "=": (a, b) => a === b,
  "<": (a, b) => a < b,
  "<=": (a, b) => a <= b,
  ">": (a, b) => a > b,
  ">=": (a, b) => a >= b,
};

/** `[">", 0, "<=", 5]` */
function numericMatcher(operand: JsonValue): ValueMatcher {
  const parts = isJsonArray(operand) ? operand : [];
  if (parts.length === 0 || parts.length % 2 !== 0) {
    throw new PatternProblem("Value of numeric must be an array of comparisons and numbers");
  }
  const checks = parts.flatMap((operator, index) => {
    if (index % 2 === 1) return [];
    const bound = parts[index + 1];
    const compare =
      typeof operator === "string" && Object.hasOwn(comparisons, operator)
        ? comparisons[operator]
        : undefined;
    if (compare === undefined || !isJsonNumber(bound)) {
      throw new PatternProblem(`Unrecognized numeric range operator: ${JSON.stringify(operator)}`);
    }
    return [(value: number) => compare(value, Number(bound))];
  });
  return (value) => isJsonNumber(value) && checks.every((check) => check(Number(value)));
}

function isSameValue(value: JsonValue, wanted: JsonValue): boolean {
  if (isJsonNumber(value) && isJsonNumber(wanted)) return isSameNumber(value, wanted);
  return value === wanted;
}

/** `*` stands for any characters. Without a regular expression: a pattern may not cost more than its length times the text's. */
function matchesWildcard(text: string, pattern: string): boolean {
  const [first = "", ...rest] = pattern.split("*");
  if (rest.length === 0) return text === pattern;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  const last = rest.pop() as string;
  for (const piece of rest) {
    const found = text.indexOf(piece, at);
    if (found === -1) return false;
    at = found + piece.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}
