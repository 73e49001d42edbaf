import { inOrder, isReordered } from "./member-order.ts";
import { EvaluationError, ExpressionSyntaxError, type EvaluationScope } from "./evaluation.ts";
import { compileIntrinsic } from "./intrinsics/compile-intrinsic.ts";
import { isJsonArray, isJsonObject, setMember, type JsonValue } from "./json.ts";
import { compilePath, searchedBy } from "./jsonpath/compile-path.ts";
import { notFoundMessage } from "./jsonpath/path-errors.ts";

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
  const variables = new Set<string>();
  const evaluate = compileNode(template, variables);
  return { kind: "payloadTemplate", variables, evaluate: evaluate ?? (() => template) };
}

/** `undefined` stands for a constant. */
function compileNode(node: JsonValue, variables: Set<string>): Evaluate | undefined {
  if (isJsonArray(node)) return compileArray(node, variables);
  return isJsonObject(node) ? compileObject(node, variables) : undefined;
}

function compileArray(items: readonly JsonValue[], variables: Set<string>): Evaluate | undefined {
  const compiled = items.map((item) => compileNode(item, variables));
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
  variables: Set<string>,
): Evaluate | undefined {
  const members = Object.keys(object).map((key): Member => {
    const constant = object[key] as JsonValue;
    if (!key.endsWith(".$"))
      return { name: key, constant, evaluate: compileNode(constant, variables) };
    return { name: key.slice(0, -2), constant, evaluate: compileField(key, constant, variables) };
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

function compileField(field: string, value: JsonValue, variables: Set<string>): Evaluate {
  if (typeof value !== "string") throw invalidField(field);
  return value.startsWith("$")
    ? compilePathField(field, value, variables)
    : compileIntrinsicField(field, value, variables);
}

function compilePathField(field: string, text: string, variables: Set<string>): Evaluate {
  const path = orInvalid(field, () => compilePath(text));
  if (path.variable !== undefined) variables.add(path.variable);
  return (input, scope) => {
    const value = path.find(input, scope);
    if (value !== undefined) return value;
    const searched = searchedBy(path, input, scope);
    if (searched === undefined) return path.evaluate(input, scope);
    throw new EvaluationError("States.Runtime", notFoundMessage(text, field, searched));
  };
}

function compileIntrinsicField(field: string, text: string, variables: Set<string>): Evaluate {
  const intrinsic = orInvalid(field, () => compileIntrinsic(text));
  for (const variable of intrinsic.variables) variables.add(variable);
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
