import { EvaluationError } from "../evaluation.ts";
import { toDouble } from "../exact-number.ts";
import { isJsonArray, isJsonObject, jsonEquals, type JsonArray, type JsonValue } from "../json.ts";
import type { FilterOperator } from "./path-syntax.ts";
import { spend, spendComparison, type Selection } from "./selection.ts";

/**
 * Thrown where an operator got an operand that it does not take: Jayway then drops the item, whatever
 * the rest of the filter says. One value for all, as it carries nothing.
 */
export const unsuitable = new EvaluationError("States.Runtime", "operand of a filter");

type Comparison = (
  left: JsonValue | undefined,
  right: JsonValue | undefined,
  selection: Selection,
) => boolean;

/** The operators of filters but the one for patterns; `undefined` is what a path did not find. */
export const comparisons: Readonly<Record<Exclude<FilterOperator, "=~" | "MATCHES">, Comparison>> =
  {
    "==": looselyEqual,
    "!=": (left, right, selection) => !looselyEqual(left, right, selection),
    "===": identical,
    "!==": (left, right, selection) => !identical(left, right, selection),
    "<": (left, right, selection) => order(left, right, selection) < 0,
    "<=": (left, right, selection) => order(left, right, selection) <= 0,
    ">": (left, right, selection) => order(left, right, selection) > 0,
    ">=": (left, right, selection) => order(left, right, selection) >= 0,
    IN: (left, right, selection) => includes(list(right), left, selection),
    NIN: (left, right, selection) => !includes(list(right), left, selection),
    CONTAINS: (left, right, selection) => {
      if (isJsonArray(left)) return includes(left, right, selection);
      if (typeof left !== "string" || typeof right !== "string") return false;
      spend(selection, left.length);
      return left.includes(right);
    },
    ALL: (left, right, selection) => {
      const items = list(left);
      return list(right).every((item) => includes(items, item, selection));
    },
    SIZE: (left, right) => right !== undefined && sizeOf(left) === toDouble(right),
    EXISTS: (left, right) => (left !== undefined) === boolean(right),
    // The right side would have to be a Java class, which no text can name.
    TYPE: () => false,
    EMPTY: (left, right) => {
      const expected = boolean(right);
      if (isJsonObject(left)) {
        // Jayway casts the members to a list, which fails. Observed.
        throw new EvaluationError("States.Runtime", "'empty' cannot be applied to an object");
      }
      return (typeof left === "string" || isJsonArray(left)) && (left.length === 0) === expected;
    },
    SUBSETOF: (left, right, selection) => {
      const items = list(right);
      return list(left).every((item) => includes(items, item, selection));
    },
    ANYOF: haveCommonItem,
    NONEOF: (left, right, selection) => !haveCommonItem(left, right, selection),
  };

function haveCommonItem(
  left: JsonValue | undefined,
  right: JsonValue | undefined,
  selection: Selection,
): boolean {
  const items = list(right);
  return list(left).some((item) => includes(items, item, selection));
}

function identical(
  left: JsonValue | undefined,
  right: JsonValue | undefined,
  selection: Selection,
): boolean {
  return typeof toDouble(left) === typeof toDouble(right) && looselyEqual(left, right, selection);
}

/** A number and a string are equal if the number is the string's; what is missing equals nothing. */
function looselyEqual(
  givenLeft: JsonValue | undefined,
  givenRight: JsonValue | undefined,
  selection: Selection,
): boolean {
  const left = toDouble(givenLeft);
  const right = toDouble(givenRight);
  if (left === undefined || right === undefined) return false;
  if (typeof left === "number" && typeof right === "number") return left === right;
  spendComparison(selection, left, right);
  if (typeof left === "number" && typeof right === "string") {
    return /^[+-]?[0-9.]+([eE][+-]?[0-9]+)?$/.test(right) && left === Number(right);
  }
  if (typeof left === "string" && typeof right === "number") return left === String(right);
  return jsonEquals(left, right);
}

/** Negative, zero or positive; NaN, which no comparison accepts, where the two have no order. */
function order(
  givenLeft: JsonValue | undefined,
  givenRight: JsonValue | undefined,
  selection: Selection,
): number {
  const left = toDouble(givenLeft);
  const right = toDouble(givenRight);
  if (typeof left === "number" && typeof right === "number") return left - right;
  if (typeof left !== "string" || typeof right !== "string") return Number.NaN;
  spendComparison(selection, left, right);
  return left < right ? -1 : left === right ? 0 : 1;
}

function includes(items: JsonArray, value: JsonValue | undefined, selection: Selection): boolean {
  spend(selection, items.length);
  return items.some((item) => looselyEqual(value, item, selection));
}

function list(value: JsonValue | undefined): JsonArray {
  if (!isJsonArray(value)) throw unsuitable;
  return value;
}

function boolean(value: JsonValue | undefined): boolean {
  if (typeof value !== "boolean") throw unsuitable;
  return value;
}

function sizeOf(value: JsonValue | undefined): number | undefined {
  if (typeof value === "string" || isJsonArray(value)) return value.length;
  return isJsonObject(value) ? Object.keys(value).length : undefined;
}
