import { inOrder, isReordered } from "./member-order.ts";
import { EvaluationError, ExpressionSyntaxError, type EvaluationScope } from "./evaluation.ts";
import { compileIntrinsic } from "./intrinsics/compile-intrinsic.ts";
import { isJsonArray, isJsonObject, setMember, type JsonValue } from "./json.ts";
import { compilePath, searchedBy } from "./jsonpath/compile-path.ts";
import { notFoundMessage } from "./jsonpath/path-errors.ts";
import { chargeValues, fewSelected } from "./steps.ts";

/** A compiled payload template (JSONPath `Parameters`, `ResultSelector`, `ItemSelector`, `Assign` …). */
export interface PayloadTemplate {
  readonly kind: "payloadTemplate";
  /** Names of the variables that it reads. */
  readonly variables: ReadonlySet<string>;
  evaluate(input: JsonValue, scope: EvaluationScope): JsonValue;
}

type Evaluate = PayloadTemplate["evaluate"];

/**
 * Compiles a payload template. A member whose name ends with `.$` gets the value of its path or
 * intrinsic function under the name without `.$`; everything else is taken as it is, and parts
 * without such members are shared by all evaluations. *Spec*: payload templates.
 */
export function compilePayloadTemplate(template: JsonValue): PayloadTemplate {
  const parts: Parts = { variables: new Set(), expressions: 0 };
  const evaluate = compileNode(template, parts) ?? (() => template);
  const { variables, expressions } = parts;
  return {
    kind: "payloadTemplate",
    variables,
    evaluate: expressions <= fewSelected ? evaluate : weighed(evaluate),
  };
}

/** What a template has in it. */
interface Parts {
  readonly variables: Set<string>;
  expressions: number;
}

/** Many expressions may select the same again and again: more than anybody can write out. */
function weighed(evaluate: Evaluate): Evaluate {
  return (input, scope) => {
    const value = evaluate(input, scope);
    chargeValues(scope, value);
    return value;
  };
}

/** `undefined` stands for a constant. */
function compileNode(node: JsonValue, parts: Parts): Evaluate | undefined {
  if (isJsonArray(node)) return compileArray(node, parts);
  return isJsonObject(node) ? compileObject(node, parts) : undefined;
}

function compileArray(items: readonly JsonValue[], parts: Parts): Evaluate | undefined {
  const compiled = items.map((item) => compileNode(item, parts));
  if (compiled.every((item) => item === undefined)) return undefined;
  return (input, scope) =>
    items.map((item, index) => {
      const evaluate = compiled[index];
      return evaluate === undefined ? item : evaluate(input, scope);
    });
}

interface Member {
  readonly name: string;
  readonly constant: JsonValue;
  readonly evaluate: Evaluate | undefined;
}

function compileObject(
  object: Readonly<Record<string, JsonValue>>,
  parts: Parts,
): Evaluate | undefined {
  const members = Object.keys(object).map((key): Member => {
    const constant = object[key] as JsonValue;
    if (!key.endsWith(".$")) return { name: key, constant, evaluate: compileNode(constant, parts) };
    return { name: key.slice(0, -2), constant, evaluate: compileField(key, constant, parts) };
  });
  const names = new Set<string>();
  for (const { name } of members) {
    if (names.has(name)) {
      throw new ExpressionSyntaxError(
        `Duplicate field name '${name}' after removing the suffix '.$'`,
      );
    }
    names.add(name);
  }
  if (members.every(({ evaluate }) => evaluate === undefined)) return undefined;
  const ordered = [...names];
  const isPlain = !isReordered(ordered);
  return (input, scope) => {
    const result: Record<string, JsonValue> = {};
    for (const { name, constant, evaluate } of members) {
      setMember(result, name, evaluate === undefined ? constant : evaluate(input, scope));
    }
    return isPlain ? result : inOrder(result, ordered);
  };
}

function compileField(field: string, value: JsonValue, parts: Parts): Evaluate {
  if (typeof value !== "string") throw invalidField(field);
  parts.expressions++;
  return value.startsWith("$")
    ? compilePathField(field, value, parts)
    : compileIntrinsicField(field, value, parts);
}

function compilePathField(field: string, text: string, parts: Parts): Evaluate {
  const path = orInvalid(field, () => compilePath(text));
  if (path.variable !== undefined) parts.variables.add(path.variable);
  return (input, scope) => {
    const value = path.find(input, scope);
    if (value !== undefined) return value;
    const searched = searchedBy(path, input, scope);
    if (searched === undefined) return path.evaluate(input, scope);
    throw new EvaluationError("States.Runtime", notFoundMessage(text, field, searched));
  };
}

function compileIntrinsicField(field: string, text: string, parts: Parts): Evaluate {
  const intrinsic = orInvalid(field, () => compileIntrinsic(text));
  for (const variable of intrinsic.variables) parts.variables.add(variable);
  return (input, scope) => intrinsic.evaluate(input, scope);
}

function orInvalid<T>(field: string, compile: () => T): T {
  try {
    return compile();
  } catch (error) {
    if (error instanceof ExpressionSyntaxError) throw invalidField(field);
    throw error;
  }
}

/** *Observed*: the wording of the diagnostic SCHEMA_VALIDATION_FAILED. */
function invalidField(field: string): ExpressionSyntaxError {
  return new ExpressionSyntaxError(
    `The value for the field '${field}' must be a valid JSONPath or a valid intrinsic function call`,
  );
}
