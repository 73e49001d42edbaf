import { toDouble } from "../../exact-number.ts";
import { isNumeric, isTruthy, toText } from "../coercion.ts";
import { deepEquals } from "../deep-equals.ts";
import { jsonataError, withToken } from "../jsonata-error.ts";
import type { Run } from "../run.ts";
import type { Scope } from "../scope.ts";
import type { BinaryNode, NegationNode } from "../syntax-tree.ts";
import { asSequence, itemsOf, type Value } from "../value.ts";
import type { Compile, Evaluate } from "./evaluate.ts";

export function compileBinary(node: BinaryNode, scope: Scope, compile: Compile): Evaluate {
  const left = compile(node.lhs, scope);
  const right = compile(node.rhs, scope);
  switch (node.value) {
    case "and":
    case "or":
      return logic(left, right, node.value);
    case "+":
      return arithmetic(left, right, "+", (a, b) => a + b);
    case "-":
      return arithmetic(left, right, "-", (a, b) => a - b);
    case "*":
      return arithmetic(left, right, "*", (a, b) => a * b);
    case "/":
      return arithmetic(left, right, "/", (a, b) => a / b);
    case "%":
      return arithmetic(left, right, "%", (a, b) => a % b);
    case "=":
      return equality(left, right, true);
    case "!=":
      return equality(left, right, false);
    case "<":
      return comparison(left, right, "<", (a, b) => a < b);
    case "<=":
      return comparison(left, right, "<=", (a, b) => a <= b);
    case ">":
      return comparison(left, right, ">", (a, b) => a > b);
    case ">=":
      return comparison(left, right, ">=", (a, b) => a >= b);
    case "&":
      return (input, frame, run) =>
        concatenate(left(input, frame, run), right(input, frame, run), run);
    case "..":
      return (input, frame, run) => range(left(input, frame, run), right(input, frame, run), run);
    case "in":
      return (input, frame, run) => isIn(left(input, frame, run), right(input, frame, run), run);
  }
}

export function compileNegation(node: NegationNode, scope: Scope, compile: Compile): Evaluate {
  const operand = compile(node.expression, scope);
  return (input, frame, run) => {
    const value = operand(input, frame, run);
    if (value === undefined) return undefined;
    if (!isNumeric(value)) throw jsonataError("D1002", { value, token: "-" });
    return -value;
  };
}

/** Errors of the right operand are reported as the operator's. *Observed* in the package. */
function logic(left: Evaluate, right: Evaluate, operator: "and" | "or"): Evaluate {
  const decisive = operator === "or";
  return (input, frame, run) => {
    if (isTruthy(left(input, frame, run), run) === decisive) return decisive;
    try {
      return isTruthy(right(input, frame, run), run);
    } catch (thrown) {
      throw withToken(thrown, operator);
    }
  };
}

function arithmetic(
  left: Evaluate,
  right: Evaluate,
  token: string,
  compute: (a: number, b: number) => number,
): Evaluate {
  return (input, frame, run) => {
    const a = left(input, frame, run);
    const b = right(input, frame, run);
    if (a !== undefined && !isNumeric(a)) throw jsonataError("T2001", { value: a, token });
    if (b !== undefined && !isNumeric(b)) throw jsonataError("T2002", { value: b, token });
    return a === undefined || b === undefined ? undefined : compute(a, b);
  };
}

/** Nothing is neither equal nor unequal to anything. */
function equality(left: Evaluate, right: Evaluate, sought: boolean): Evaluate {
  return (input, frame, run) => {
    const a = left(input, frame, run);
    const b = right(input, frame, run);
    if (a === undefined || b === undefined) return false;
    return deepEquals(a, b, run) === sought;
  };
}

type Comparable = number | string;

function comparison(
  left: Evaluate,
  right: Evaluate,
  token: string,
  compare: (a: Comparable, b: Comparable) => boolean,
): Evaluate {
  return (input, frame, run) => {
    const a = toDouble(left(input, frame, run));
    const b = toDouble(right(input, frame, run));
    if (typeof a === "number" && typeof b === "number") return compare(a, b);
    if (!isComparable(a) || !isComparable(b)) {
      throw jsonataError("T2010", {
        value: typeof a === "string" || typeof a === "number" ? b : a,
        token,
      });
    }
    if (a === undefined || b === undefined) return undefined;
    if (typeof a !== typeof b) throw jsonataError("T2009", { value: a, value2: b, token });
    run.spendComparison(a, b);
    return compare(a, b);
  };
}

function isComparable(value: Value): value is Comparable | undefined {
  return value === undefined || typeof value === "string" || typeof value === "number";
}

function concatenate(a: Value, b: Value, run: Run): string {
  const left = a === undefined ? "" : toText(a, run);
  const right = b === undefined ? "" : toText(b, run);
  // Joining two texts copies neither; the longer one may have been charged before.
  run.spendGrowth(left.length + right.length, Math.min(left.length, right.length));
  return left + right;
}

function range(givenFrom: Value, givenTo: Value, run: Run): Value {
  const from = toDouble(givenFrom);
  const to = toDouble(givenTo);
  if (from !== undefined && !isInteger(from))
    throw jsonataError("T2003", { value: from, token: ".." });
  if (to !== undefined && !isInteger(to)) throw jsonataError("T2004", { value: to, token: ".." });
  if (from === undefined || to === undefined || from > to) return undefined;
  const length = to - from + 1;
  if (length > maxRange) throw jsonataError("D2014", { value: length, token: ".." });
  run.spendItems(length);
  const items: Value[] = [];
  for (let index = 0; index < length; index++) items.push(from + index);
  return asSequence(items);
}

/** The language's own limit; the evaluation's is lower. */
const maxRange = 1e7;

function isInteger(value: Value): value is number {
  return Number.isInteger(value);
}

function isIn(givenSought: Value, container: Value, run: Run): boolean {
  const sought = toDouble(givenSought);
  if (sought === undefined || container === undefined) return false;
  const items = itemsOf(container);
  run.spendItems(items.length);
  if (typeof sought === "string") run.spendSearch(items.length, sought.length);
  if (typeof sought === "number") return items.some((item) => toDouble(item) === sought);
  return items.includes(sought);
}
