import {
  isJsonArray,
  isJsonNumber,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  ownMember,
} from "../../expression/json.ts";
import type { ParameterKind, ParameterTable } from "../../asl/resources/integration-action.ts";
import { invalidField, missingField, unsupportedField } from "../invalid-parameters.ts";

/**
 * What is wrong with parameters whatever the service may say, in sentences. A null is for the service to refuse:
 * *observed* for `MessageBody` and `Item`.
 */
export function parameterProblems(table: ParameterTable, parameters: JsonValue): string[] {
  const given: JsonObject = isJsonObject(parameters) ? parameters : {};
  const problems: string[] = [];
  for (const [name, value] of Object.entries(given)) {
    const kind = Object.hasOwn(table, name) ? table[name] : undefined;
    if (kind === undefined) problems.push(unsupportedField(name));
    else if (!isOfKind(kind.replace("!", "") as ParameterKind, value))
      problems.push(invalidField(name));
  }
  for (const [name, kind] of Object.entries(table)) {
    if (kind.endsWith("!") && ownMember(given, name) === undefined)
      problems.push(missingField(name));
  }
  return problems;
}

/** *Our choice*: numbers and booleans are written out where a text is wanted, and read where a text has them. */
function isOfKind(kind: ParameterKind, value: JsonValue): boolean {
  if (value === null) return true;
  switch (kind) {
    case "object":
      return isJsonObject(value);
    case "list":
      return isJsonArray(value);
    case "text":
    case "number":
    case "boolean":
      return isJsonNumber(value) || typeof value !== "object";
    case "string":
      return typeof value === "string";
    case "json":
      return true;
  }
}
