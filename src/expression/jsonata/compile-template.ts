import {
  EvaluationError,
  ExpressionSyntaxError,
  type EvaluationScope,
  type StatesVariable,
} from "../evaluation.ts";
import { isJsonArray, isJsonObject, setMember, type JsonValue } from "../json.ts";
import { inOrder, isReordered } from "../member-order.ts";
import { compileJsonata, statesValue, type JsonataExpression } from "./compile-jsonata.ts";
import { fewSelected, weight } from "../steps.ts";
import { boundError, InternalError, JsonataError } from "./jsonata-error.ts";
import { UnsupportedResult } from "./plain-value.ts";
import type { PreparedExpressions } from "./prepared-expressions.ts";
import type { StatesMember } from "./static-checks.ts";
import type { JsonataTemplate } from "./template.ts";
import type { Value } from "./value.ts";

/**
 * Compiles a document in which strings `{% … %}` are expressions, at any depth.
 *
 * `field` is what errors call the document (`Output`, `Choices[0]/Condition`), `scope` what of `$states` it
 * may read beside `input` and `context`. Throws an ExpressionSyntaxError.
 */
export function compileJsonataTemplate(
  document: JsonValue,
  field: string,
  scope: {
    readonly allowed: readonly StatesMember[];
    readonly expressions?: PreparedExpressions;
  } = { allowed: [] },
): JsonataTemplate {
  const variables = new Set<string>();
  let expressions = 0;
  const compile = (text: string): JsonataExpression => {
    const expression = compileJsonata(text, scope.allowed, scope.expressions?.get(text));
    for (const name of expression.variables) variables.add(name);
    expressions++;
    return expression.onlySelects
      ? weighed(expression, () => expressions > fewSelected)
      : expression;
  };
  const evaluate = compilePart(document, field, compile);
  return {
    kind: "jsonataTemplate",
    variables,
    isConstant: evaluate === undefined,
    expressionText: typeof document === "string" ? expressionIn(document) : undefined,
    evaluate: (states: StatesVariable, evaluationScope: EvaluationScope) =>
      evaluate === undefined
        ? document
        : evaluate(statesValue(states, evaluationScope), evaluationScope),
  };
}

/** One of many selections: together they may be the same again and again, more than anybody can write out. */
function weighed(expression: JsonataExpression, areMany: () => boolean): JsonataExpression {
  return {
    ...expression,
    evaluate(states, scope) {
      const value = expression.evaluate(states, scope);
      const { steps: meter } = scope;
      if (value !== undefined && meter !== undefined && areMany()) {
        meter.spend(weight(value, meter.left));
        if (meter.left < 0) throw boundError("steps");
      }
      return value;
    },
  };
}

type EvaluatePart = (states: Value, scope: EvaluationScope) => JsonValue;

/** Compiles a part of the document; undefined if it is constant. */
function compilePart(
  part: JsonValue,
  location: string,
  compile: (text: string) => JsonataExpression,
): EvaluatePart | undefined {
  if (typeof part === "string") {
    const text = expressionIn(part);
    return text === undefined ? undefined : inField(compile(text), location);
  }
  if (isJsonArray(part)) {
    const items = part.map((item, index) => compilePart(item, `${location}[${index}]`, compile));
    if (items.every((item) => item === undefined)) return undefined;
    return (states, scope) =>
      part.map((item, index) => {
        const evaluate = items[index];
        return evaluate === undefined ? item : evaluate(states, scope);
      });
  }
  if (!isJsonObject(part)) return undefined;
  const members = Object.entries(part).map(
    ([name, member]) =>
      [name, member, compilePart(member, `${location}/${name}`, compile)] as const,
  );
  if (members.every(([, , evaluate]) => evaluate === undefined)) return undefined;
  const names = members.map(([name]) => name);
  const isPlain = !isReordered(names);
  return (states, scope) => {
    const object: Record<string, JsonValue> = {};
    for (const [name, member, evaluate] of members) {
      setMember(object, name, evaluate === undefined ? member : evaluate(states, scope));
    }
    return isPlain ? object : inOrder(object, names);
  };
}

/** The text between the delimiters, trimmed, if the string is an expression. Throws an ExpressionSyntaxError for half of one. */
export function expressionIn(text: string): string | undefined {
  const opens = text.startsWith("{%");
  const closes = text.endsWith("%}") && text.length >= 4;
  if (opens !== closes) {
    throw new ExpressionSyntaxError("JSONata string must start with {% and end with %}");
  }
  return opens ? text.slice(2, -2).trim() : undefined;
}

/**
 * An expression whose failures are those of the field that it stands in. *Observed*: the wording, except how
 * the id of an internal error is put.
 */
function inField(expression: JsonataExpression, location: string): EvaluatePart {
  const fail = (problem: string) =>
    new EvaluationError(
      "States.QueryEvaluationError",
      `The JSONata expression '${expression.text}' specified for the field '${location}' ${problem}`,
      location,
    );
  return (states, scope) => {
    let result: JsonValue | undefined;
    try {
      result = expression.evaluate(states, scope);
    } catch (thrown) {
      if (thrown instanceof InternalError) {
        const id = scope.random.uuid();
        throw fail(`threw an internal error during evaluation. Error ID: ${id}`);
      }
      if (thrown instanceof UnsupportedResult) throw fail("returned an unsupported result type.");
      if (thrown instanceof JsonataError) {
        throw fail(`threw an error during evaluation${reasonOf(thrown)}`);
      }
      throw thrown;
    }
    if (result === undefined) throw fail("returned nothing (undefined).");
    return result;
  };
}

/** An error of the language has a code; a bound of the evaluation has none. */
function reasonOf({ code, message }: JsonataError): string {
  return code === undefined ? `: ${message}` : `. ${code}: ${message}`;
}
