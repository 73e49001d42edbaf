import {
  isJsonArray,
  isJsonObject,
  ownMember,
  type JsonObject,
  type JsonValue,
} from "../../expression/json.ts";
import type { TemplatePath } from "../template.ts";
import type { Evaluation } from "./evaluation.ts";
import { isPending } from "./is-function.ts";
import { joined, tooLong } from "./joined.ts";
import {
  undefinedAttribute,
  undefinedResource,
  unresolvedDependencies,
} from "./look-up-functions.ts";
import { noAttribute, pending, unresolved } from "./references.ts";
import { scalarText } from "./scalar-text.ts";

/** `Fn::Sub`: a text with `${Name}`, `${Resource.Attribute}` and `${!Literal}` in it, and names of its own. */
export function sub(argument: JsonValue, evaluation: Evaluation, path: TemplatePath): JsonValue {
  const { text, values } = subArguments(argument, evaluation, path);
  const own = evaluateOwn(values, evaluation, path);
  const left: Record<string, JsonValue> = {};
  const known = replaceVariables(text, (name) => {
    const value = valueOf(name, own, evaluation, path);
    if (value !== pending) return value;
    if (Object.hasOwn(own, name)) left[name] = own[name] as JsonValue;
    return undefined;
  });
  if (known.text === undefined) return evaluation.fail(tooLong, path);
  if (known.isComplete) return known.text;
  return { "Fn::Sub": Object.keys(left).length > 0 ? [known.text, left] : known.text };
}

/** What `${…}` in a text names: `variable` is what was written between the braces, without blanks. */
export interface SubVariable {
  readonly name: string;
  /** `${!Name}`: the text `${Name}`. */
  readonly isLiteral: boolean;
}

/** The variables of a text of `Fn::Sub`, in their order. */
export function subVariables(text: string): readonly SubVariable[] {
  return [...text.matchAll(variable)].map(([, name = ""]) => variableOf(name));
}

const variable = /\$\{([^{}$]*)\}/g;

function variableOf(written: string): SubVariable {
  const isLiteral = written.startsWith("!");
  return { name: isLiteral ? written.slice(1) : written.trim(), isLiteral };
}

/** Variables whose value is not known yet stay; then what is known is written so that it will be read as the same text. */
function replaceVariables(
  text: string,
  valueOf: (name: string) => string | undefined,
): { readonly text: string | undefined; readonly isComplete: boolean } {
  const parts: { readonly value: string; readonly isVariable: boolean }[] = [];
  let end = 0;
  for (const match of text.matchAll(variable)) {
    parts.push({ value: text.slice(end, match.index), isVariable: false });
    const { name, isLiteral } = variableOf(match[1] ?? "");
    const value = isLiteral ? `\${${name}}` : valueOf(name);
    parts.push({ value: value ?? `\${${name}}`, isVariable: value === undefined });
    end = match.index + match[0].length;
  }
  parts.push({ value: text.slice(end), isVariable: false });
  const isComplete = parts.every(({ isVariable }) => !isVariable);
  const written = parts.map(({ value, isVariable }) =>
    isComplete || isVariable ? value : value.replaceAll(variable, "${!$1}"),
  );
  return { text: joined(written, ""), isComplete };
}

function subArguments(
  argument: JsonValue,
  evaluation: Evaluation,
  path: TemplatePath,
): { readonly text: string; readonly values: JsonObject } {
  const [text, values, ...more] = isJsonArray(argument) ? argument : [argument];
  const isRight =
    typeof text === "string" && (values === undefined || isJsonObject(values)) && more.length === 0;
  if (!isRight) {
    return evaluation.fail(
      "Template error: One or more Fn::Sub intrinsic functions don't specify expected arguments. Specify a string as first argument, and an optional second argument to specify a mapping of values to replace in the string",
      path,
    );
  }
  return { text, values: values ?? {} };
}

function evaluateOwn(values: JsonObject, evaluation: Evaluation, path: TemplatePath): JsonObject {
  const own: Record<string, JsonValue> = {};
  for (const [name, value] of Object.entries(values)) {
    const evaluated = evaluation.evaluate(value, [...path, 1, name]);
    if (evaluated === undefined || !(isPending(evaluated) || scalarText(evaluated) !== undefined)) {
      return evaluation.fail(
        "Template error: every value of the context object of every Fn::Sub object must be a string or a function that returns a string",
        [...path, 1, name],
      );
    }
    own[name] = evaluated;
  }
  return own;
}

function valueOf(
  name: string,
  own: JsonObject,
  evaluation: Evaluation,
  path: TemplatePath,
): string | typeof pending {
  const value = ownMember(own, name) ?? referred(name, evaluation, path);
  if (value === pending || (value !== undefined && isPending(value))) return pending;
  const text = scalarText(value);
  if (text !== undefined) return text;
  return evaluation.fail(
    `Template error: variable ${name} in Fn::Sub expression does not resolve to a string`,
    path,
  );
}

function referred(
  name: string,
  evaluation: Evaluation,
  path: TemplatePath,
): JsonValue | undefined | typeof pending {
  if (!/^[A-Za-z0-9_.:]+$/.test(name)) {
    return evaluation.fail(
      "Template error: variable names in Fn::Sub syntax must contain only alphanumeric characters, underscores, periods, and colons",
      path,
    );
  }
  const point = name.indexOf(".");
  if (point < 0) {
    const value = evaluation.references.ref(name);
    return value === unresolved
      ? evaluation.fail(unresolvedDependencies([name], path), path)
      : value;
  }
  const logicalId = name.slice(0, point);
  const attribute = name.slice(point + 1);
  const value = evaluation.references.attribute(logicalId, attribute);
  if (value === unresolved) return evaluation.fail(undefinedResource(logicalId), path);
  if (value === noAttribute) return evaluation.fail(undefinedAttribute(logicalId, attribute), path);
  return value;
}
