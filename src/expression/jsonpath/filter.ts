import { RE2JS } from "re2js";
import { ExpressionSyntaxError } from "../evaluation.ts";
import { isJsonArray, type JsonValue } from "../json.ts";
import { comparisons, unsuitable } from "./filter-comparisons.ts";
import { compileExists, compileOperand, type Operand } from "./operand.ts";
import type { FilterExpression, FilterOperand, FilterOperator } from "./path-syntax.ts";
import { spend, type CompileVisit, type Selection } from "./selection.ts";

/** Whether a filter keeps an item. */
export type Predicate = (item: JsonValue, selection: Selection) => boolean;

/** Compiles a filter with the comparisons of Jayway, `EvaluatorFactory` and `ValueNodes`. */
export function compileFilter(filter: FilterExpression, compileVisit: CompileVisit): Predicate {
  const predicate = compileExpression(filter, compileVisit);
  if (!canBeUnsuitable(filter)) return predicate;
  return (item, selection) => {
    try {
      return predicate(item, selection);
    } catch (error) {
      if (error === unsuitable) return false;
      throw error;
    }
  };
}

/** How many nodes trying the filter on an item counts as. */
export function filterWeight(filter: FilterExpression): number {
  switch (filter.type) {
    case "and":
    case "or":
      return filter.operands.reduce((sum, operand) => sum + filterWeight(operand), 0);
    case "not":
      return filterWeight(filter.operand);
    case "exists":
    case "compare":
      return 1;
  }
}

function canBeUnsuitable(filter: FilterExpression): boolean {
  switch (filter.type) {
    case "and":
    case "or":
      return filter.operands.some(canBeUnsuitable);
    case "not":
      return canBeUnsuitable(filter.operand);
    case "exists":
      return false;
    case "compare":
      return !/^[<>=!]/.test(filter.operator);
  }
}

function compileExpression(filter: FilterExpression, compileVisit: CompileVisit): Predicate {
  switch (filter.type) {
    case "and":
    case "or": {
      const operands = filter.operands.map((operand) => compileExpression(operand, compileVisit));
      return filter.type === "and"
        ? (item, selection) => operands.every((operand) => operand(item, selection))
        : (item, selection) => operands.some((operand) => operand(item, selection));
    }
    case "not": {
      const operand = compileExpression(filter.operand, compileVisit);
      return (item, selection) => !operand(item, selection);
    }
    case "exists":
      return compileExists(filter.path, compileVisit);
    case "compare":
      return compileComparison(filter.operator, filter.left, filter.right, compileVisit);
  }
}

function compileComparison(
  operator: FilterOperator,
  left: FilterOperand,
  right: FilterOperand,
  compileVisit: CompileVisit,
): Predicate {
  if (operator === "=~" || operator === "MATCHES") return compileMatch(left, right, compileVisit);
  const compare = comparisons[operator];
  const leftValue: Operand = compileOperand(left, compileVisit);
  if (right.type === "literal") {
    const { value } = right;
    return (item, selection) => compare(leftValue(item, selection), value, selection);
  }
  const rightValue = compileOperand(right, compileVisit);
  return (item, selection) =>
    compare(leftValue(item, selection), rightValue(item, selection), selection);
}

/** `@.name =~ /pattern/flags`: the pattern must match all of the text; linear in its length. */
function compileMatch(
  left: FilterOperand,
  right: FilterOperand,
  compileVisit: CompileVisit,
): Predicate {
  const pattern = right.type === "pattern" ? right : left;
  const subject = compileOperand(right.type === "pattern" ? left : right, compileVisit);
  if (pattern.type !== "pattern" || (left.type === "pattern" && right.type === "pattern")) {
    return () => false;
  }
  const matcher = compilePattern(pattern.source, pattern.flags);
  const matches = (value: JsonValue | undefined, selection: Selection): boolean => {
    if (value === undefined || value === null || typeof value === "object") return false;
    const text = String(value);
    spend(selection, text.length);
    return matcher.matches(text);
  };
  return (item, selection) => {
    const value = subject(item, selection);
    return isJsonArray(value)
      ? value.some((one) => matches(one, selection))
      : matches(value, selection);
  };
}

function compilePattern(source: string, flags: string): RE2JS {
  let options = 0;
  for (const flag of flags) {
    if (flag === "i") options |= RE2JS.CASE_INSENSITIVE;
    else if (flag === "m") options |= RE2JS.MULTILINE;
    else if (flag === "s") options |= RE2JS.DOTALL;
    else if (!"duU".includes(flag)) throw new ExpressionSyntaxError(`unknown flag '${flag}'`);
  }
  try {
    return RE2JS.compile(source.replaceAll("\\/", "/"), options);
  } catch (error) {
    throw new ExpressionSyntaxError(`Invalid pattern /${source}/: ${(error as Error).message}`);
  }
}
