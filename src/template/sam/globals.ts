import {
  isJsonArray,
  isJsonObject,
  ownMember,
  type JsonObject,
  type JsonValue,
} from "../../expression/json.ts";
import { functionCall } from "../functions/is-function.ts";
import { at } from "../reading/check-structure.ts";
import type { Template } from "../template.ts";

/** The types that `Globals` can have properties of. Documented: "Globals section of the AWS SAM template". */
const types = [
  "Api",
  "CapacityProvider",
  "Function",
  "HttpApi",
  "LayerVersion",
  "SimpleTable",
  "StateMachine",
  "WebSocketApi",
];

/** The properties of a resource, over those of the `Globals` section for its type. */
export function withGlobals(
  template: Template,
  type: string,
  properties: JsonObject,
  ignored: JsonValue | undefined,
): JsonObject {
  const globals = ownMember(template.sections, "Globals");
  if (globals === undefined) return properties;
  if (!isJsonObject(globals)) throw invalidGlobals(template, "It must be a non-empty dictionary");
  const stranger = Object.keys(globals).find((name) => !types.includes(name));
  if (stranger !== undefined) {
    throw invalidGlobals(
      template,
      `'${stranger}' is not supported. Must be one of the following values - [${types.map((name) => `'${name}'`).join(", ")}]`,
    );
  }
  const own = ownMember(globals, type.replace("AWS::Serverless::", ""));
  if (own === undefined || ignored === "*") return properties;
  if (!isJsonObject(own))
    throw invalidGlobals(template, "Value of each member must be a dictionary");
  const names = isJsonArray(ignored) ? ignored : [];
  const wanted = Object.fromEntries(Object.entries(own).filter(([name]) => !names.includes(name)));
  return merge(wanted, properties) as JsonObject;
}

/** Documented: texts are overridden, maps merged, lists concatenated. A function is what it is. */
function merge(global: JsonValue, local: JsonValue): JsonValue {
  if (isJsonArray(global) && isJsonArray(local)) return [...global, ...local];
  if (!isMap(global) || !isMap(local)) return local;
  const merged: Record<string, JsonValue> = { ...global };
  for (const [name, value] of Object.entries(local)) {
    const other = ownMember(global, name);
    merged[name] = other === undefined ? value : merge(other, value);
  }
  return merged;
}

function isMap(value: JsonValue): value is JsonObject {
  return isJsonObject(value) && functionCall(value) === undefined;
}

function invalidGlobals(template: Template, problem: string) {
  return at(
    template,
    ["Globals"],
    `Invalid Serverless Application Specification document. Number of errors found: 1. 'Globals' section is invalid. ${problem}`,
  );
}
