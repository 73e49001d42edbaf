import {
  isJsonArray,
  isJsonObject,
  setMember,
  type JsonObject,
  type JsonValue,
} from "../../expression/json.ts";
import { hasDynamicReferences } from "../dynamic-references.ts";
import { functionCall } from "../functions/is-function.ts";

/** A state machine's `Definition` as the text that it is, and the values that are to be put into it. */
export interface DefinitionText {
  readonly text: string;
  readonly substitutions: JsonObject;
}

/**
 * A definition that was written into a template. Functions in it become substitutions, since the text is one string.
 *
 * Observed: SAM's names for them. Our choice: members stay in the order in which they were written; SAM sorts them.
 */
export function definitionText(definition: JsonObject): DefinitionText {
  const substitutions: Record<string, JsonValue> = {};
  const substituted = substitute(definition, (value) => {
    const name = `definition_substitution_${String(Object.keys(substitutions).length + 1)}`;
    substitutions[name] = value;
    return `\${${name}}`;
  });
  return { text: JSON.stringify(substituted, undefined, 4), substitutions };
}

function substitute(value: JsonValue, take: (value: JsonValue) => string): JsonValue {
  if (isDynamic(value)) return take(value);
  if (isJsonArray(value)) return value.map((item) => substitute(item, take));
  if (!isJsonObject(value)) return value;
  const object: Record<string, JsonValue> = {};
  for (const [name, member] of Object.entries(value))
    setMember(object, name, substitute(member, take));
  return object;
}

function isDynamic(value: JsonValue): boolean {
  if (typeof value === "string") return hasDynamicReferences(value);
  // `Condition` is a member of Choice rules, not a function, in a definition.
  const call = functionCall(value);
  return call !== undefined && call.name !== "Condition";
}
