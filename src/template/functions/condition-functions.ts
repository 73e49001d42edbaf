import { isJsonArray, type JsonValue } from "../../expression/json.ts";
import type { TemplatePath } from "../template.ts";
import type { Evaluation, IntrinsicFunction } from "./evaluation.ts";
import { isPending } from "./is-function.ts";
import { unresolved } from "./references.ts";
import { scalarText, shownText } from "./scalar-text.ts";

/** The functions of the `Conditions` and `Rules` sections, and `Fn::If`. */
export const conditionFunctions: { readonly [name: string]: IntrinsicFunction } = {
  Condition: (argument, evaluation, path) => conditionNamed(argument, evaluation, path),

  // Only the part that holds is evaluated: the other may refer to what is not made.
  "Fn::If": (argument, evaluation, path) => {
    if (!isJsonArray(argument) || argument.length !== 3) {
      return evaluation.fail(
        "Template error: every Fn::If object requires three parameters: the condition name, the value if the condition is true, and the value if it is false.",
        path,
      );
    }
    const index = conditionNamed(argument[0] as JsonValue, evaluation, path) ? 1 : 2;
    return evaluation.evaluate(argument[index] as JsonValue, [...path, index]);
  },

  "Fn::Equals": (argument, evaluation, path) => {
    if (!isJsonArray(argument) || argument.length !== 2) {
      return evaluation.fail(
        "Template error: every Fn::Equals object requires a list of 2 string parameters.",
        path,
      );
    }
    const [left, right] = argument.map((item, index) => known(item, evaluation, [...path, index]));
    return comparable(left) === comparable(right);
  },

  "Fn::And": (argument, evaluation, path) =>
    booleans("Fn::And", argument, evaluation, path).every(Boolean),

  "Fn::Or": (argument, evaluation, path) =>
    booleans("Fn::Or", argument, evaluation, path).some(Boolean),

  "Fn::Not": (argument, evaluation, path) => {
    if (!isJsonArray(argument) || argument.length !== 1) {
      return evaluation.fail(
        "Template error: every Fn::Not object requires one boolean parameter.",
        path,
      );
    }
    return !boolean(argument[0] as JsonValue, evaluation, [...path, 0]);
  },

  "Fn::Contains": (argument, evaluation, path) => {
    const [list, text] = twoParts("Fn::Contains", argument, evaluation, path);
    return texts(list).includes(scalarText(text) ?? "");
  },

  "Fn::EachMemberEquals": (argument, evaluation, path) => {
    const [list, text] = twoParts("Fn::EachMemberEquals", argument, evaluation, path);
    return texts(list).every((item) => item === scalarText(text));
  },

  "Fn::EachMemberIn": (argument, evaluation, path) => {
    const [list, allowed] = twoParts("Fn::EachMemberIn", argument, evaluation, path);
    return texts(list).every((item) => texts(allowed).includes(item));
  },
};

function conditionNamed(name: JsonValue, evaluation: Evaluation, path: TemplatePath): boolean {
  const holds = typeof name === "string" ? evaluation.references.condition(name) : unresolved;
  if (holds !== unresolved) return holds;
  return evaluation.fail(
    `Template error: unresolved condition dependency ${shownText(name)} in ${String(path.at(-1))}`,
    path,
  );
}

function booleans(
  name: string,
  argument: JsonValue,
  evaluation: Evaluation,
  path: TemplatePath,
): readonly boolean[] {
  // Documented: two to ten conditions.
  if (!isJsonArray(argument) || argument.length < 2 || argument.length > 10) {
    return evaluation.fail(
      `Template error: every ${name} object requires a list of at least 2 and at most 10 boolean parameters.`,
      path,
    );
  }
  return argument.map((item, index) => boolean(item, evaluation, [...path, index]));
}

function boolean(item: JsonValue, evaluation: Evaluation, path: TemplatePath): boolean {
  const value = evaluation.evaluate(item, path);
  if (value === true || value === "true") return true;
  if (value === false || value === "false") return false;
  return evaluation.fail(
    "Template format error: Conditions can only be boolean operations on parameters and other conditions",
    path,
  );
}

/** What a condition is about has to be known before anything is made. */
function known(item: JsonValue, evaluation: Evaluation, path: TemplatePath): JsonValue | undefined {
  const value = evaluation.evaluate(item, path);
  if (value === undefined || !isPending(value)) return value;
  return evaluation.fail(
    "Template format error: Unresolved dependencies. Cannot reference resources in the Conditions block of the template",
    path,
  );
}

/** Numbers and booleans are compared as the texts that they are in CloudFormation; lists by their items. */
function comparable(value: JsonValue | undefined): string {
  return scalarText(value) ?? JSON.stringify(value);
}

function twoParts(
  name: string,
  argument: JsonValue,
  evaluation: Evaluation,
  path: TemplatePath,
): readonly [JsonValue | undefined, JsonValue | undefined] {
  if (!isJsonArray(argument) || argument.length !== 2) {
    return evaluation.fail(`Template error: every ${name} object requires two parameters.`, path);
  }
  return [
    known(argument[0] as JsonValue, evaluation, [...path, 0]),
    known(argument[1] as JsonValue, evaluation, [...path, 1]),
  ];
}

function texts(value: JsonValue | undefined): readonly string[] {
  if (value === undefined) return [];
  return (isJsonArray(value) ? value : [value]).map((item) => scalarText(item) ?? "");
}
