import { isJsonArray, isJsonObject, type JsonValue, setMember } from "../../expression/json.ts";

/**
 * An API's result as a task shows it: `executionArn` becomes `ExecutionArn`, members in alphabetical order. *Observed*.
 * `convert` may replace the value of a member, which is given with the API's name.
 */
export function toPascalCase(
  value: JsonValue,
  convert: (name: string, value: JsonValue) => JsonValue = (_, member) => member,
): JsonValue {
  if (isJsonArray(value)) return value.map((item) => toPascalCase(item, convert));
  if (!isJsonObject(value)) return value;
  const renamed: Record<string, JsonValue> = {};
  for (const [name, member] of Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    setMember(
      renamed,
      name.charAt(0).toUpperCase() + name.slice(1),
      toPascalCase(convert(name, member), convert),
    );
  }
  return renamed;
}

/** A task's parameters as the API's input: `StateMachineArn` becomes `stateMachineArn`, at any depth. */
export function toCamelCase(value: JsonValue): JsonValue {
  if (isJsonArray(value)) return value.map(toCamelCase);
  if (!isJsonObject(value)) return value;
  const renamed: Record<string, JsonValue> = {};
  for (const [name, member] of Object.entries(value)) {
    setMember(renamed, name.charAt(0).toLowerCase() + name.slice(1), toCamelCase(member));
  }
  return renamed;
}
