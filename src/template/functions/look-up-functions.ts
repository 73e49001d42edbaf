import { isJsonArray, isJsonObject, ownMember, type JsonValue } from "../../expression/json.ts";
import type { Evaluation, IntrinsicFunction } from "./evaluation.ts";
import { isPending } from "./is-function.ts";
import { noAttribute, pending, unresolved } from "./references.ts";
import { scalarText } from "./scalar-text.ts";

/** The functions that name something of the template or of another stack. */
export const lookUpFunctions: { readonly [name: string]: IntrinsicFunction } = {
  Ref: (argument, evaluation, path) => {
    if (typeof argument !== "string") {
      return evaluation.fail(
        "Template error: every Ref object must have a single String value.",
        path,
      );
    }
    const value = evaluation.references.ref(argument);
    if (value === unresolved)
      return evaluation.fail(unresolvedDependencies([argument], path), path);
    return value === pending ? { Ref: argument } : value;
  },

  "Fn::GetAtt": (argument, evaluation, path) => {
    const parts = attributeParts(argument, evaluation, path);
    const [logicalId, name] = parts;
    // Documented: the attribute's name, not the resource's, may be a function.
    if (name === undefined)
      return { "Fn::GetAtt": [logicalId, evaluated(argument, evaluation, path)] };
    const value = evaluation.references.attribute(logicalId, name);
    if (value === unresolved) return evaluation.fail(undefinedResource(logicalId), path);
    if (value === noAttribute) return evaluation.fail(undefinedAttribute(logicalId, name), path);
    return value === pending ? { "Fn::GetAtt": [logicalId, name] } : value;
  },

  "Fn::FindInMap": (argument, evaluation, path) => {
    if (!isJsonArray(argument) || argument.length < 3 || argument.length > 4) {
      return evaluation.fail(findInMapParameters, path);
    }
    const keys = argument
      .slice(0, 3)
      .map((key, index) => evaluation.evaluate(key, [...path, index]));
    if (keys.some((key) => key !== undefined && isPending(key))) {
      return evaluation.fail(findInMapParameters, path);
    }
    const [map, topLevelKey, secondLevelKey] = keys.map(scalarText);
    if (map === undefined || topLevelKey === undefined || secondLevelKey === undefined) {
      return evaluation.fail(findInMapParameters, path);
    }
    const value = evaluation.references.mapping(map, topLevelKey, secondLevelKey);
    if (value !== unresolved) return value;
    // Documented: `DefaultValue` of the language extensions.
    const options = argument[3];
    const otherwise =
      options !== undefined && isJsonObject(options)
        ? ownMember(options, "DefaultValue")
        : undefined;
    if (otherwise !== undefined)
      return evaluation.evaluate(otherwise, [...path, 3, "DefaultValue"]);
    return evaluation.fail(
      `Template error: Unable to get mapping for ${map}::${topLevelKey}::${secondLevelKey}`,
      path,
    );
  },

  "Fn::ImportValue": (argument, evaluation, path) => {
    const name = evaluation.evaluate(argument, path);
    if (typeof name !== "string") {
      return evaluation.fail(
        "Template error: the attribute in Fn::ImportValue must not depend on any resources, imported values, or Fn::GetAZs",
        path,
      );
    }
    const value = evaluation.references.exportedValue(name);
    if (value === unresolved) return evaluation.fail(`No export named ${name} found.`, path);
    return value === pending ? { "Fn::ImportValue": name } : value;
  },

  "Fn::GetAZs": (argument, evaluation, path) => {
    const region = evaluation.evaluate(argument, path);
    if (typeof region !== "string") {
      return evaluation.fail(
        "Template error: every Fn::GetAZs object must have a String-typed value.",
        path,
      );
    }
    return [...evaluation.references.availabilityZones(region)];
  },

  // Documented: `AWS::Include` and macros are performed before anything is evaluated.
  "Fn::Transform": (argument, evaluation, path) => {
    const name = isJsonObject(argument) ? scalarText(ownMember(argument, "Name")) : undefined;
    return evaluation.fail(`No transform named ${name ?? ""} found.`, path);
  },
};

const findInMapParameters =
  "Template error: every Fn::FindInMap object requires three parameters, the map name, map key and the attribute for return value";

/** The resource and the attribute that `Fn::GetAtt` names; the latter is missing while it is not known. */
function attributeParts(
  argument: JsonValue,
  evaluation: Evaluation,
  path: readonly (string | number)[],
): readonly [string, string | undefined] {
  const parts = typeof argument === "string" ? splitAtPoint(argument) : argument;
  if (
    !isJsonArray(parts) ||
    parts.length !== 2 ||
    typeof parts[0] !== "string" ||
    parts[0] === ""
  ) {
    return evaluation.fail(
      "Template error: every Fn::GetAtt object requires two non-empty parameters, the resource name and the resource attribute",
      path,
    );
  }
  const name = evaluation.evaluate(parts[1] as JsonValue, [...path, 1]);
  if (name !== undefined && isPending(name)) return [parts[0], undefined];
  const text = scalarText(name);
  if (text === undefined || text === "") {
    return evaluation.fail(
      "Template error: every Fn::GetAtt object requires two non-empty parameters, the resource name and the resource attribute",
      path,
    );
  }
  return [parts[0], text];
}

function evaluated(
  argument: JsonValue,
  evaluation: Evaluation,
  path: readonly (string | number)[],
): JsonValue {
  const name = isJsonArray(argument) ? argument[1] : undefined;
  return evaluation.evaluate(name ?? null, [...path, 1]) ?? null;
}

function splitAtPoint(text: string): readonly string[] {
  const point = text.indexOf(".");
  return point < 0 ? [text] : [text.slice(0, point), text.slice(point + 1)];
}

export function undefinedResource(logicalId: string): string {
  return `Template error: instance of Fn::GetAtt references undefined resource ${logicalId}`;
}

export function undefinedAttribute(logicalId: string, name: string): string {
  return `Template error: resource ${logicalId} does not support attribute type ${name} in Fn::GetAtt`;
}

export function unresolvedDependencies(
  names: readonly string[],
  path: readonly (string | number)[],
): string {
  return `Template format error: Unresolved resource dependencies [${names.join(", ")}] in the ${String(path[0] ?? "Resources")} block of the template`;
}
