import { isJsonNumber, type JsonValue } from "../../expression/json.ts";

/** The text that a value is in a string; `undefined` for lists and objects. Documented: numbers and booleans are texts there. */
export function scalarText(value: JsonValue | undefined): string | undefined {
  if (typeof value === "string") return value;
  if (typeof value === "boolean" || isJsonNumber(value)) return String(value);
  return undefined;
}
