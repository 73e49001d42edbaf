import { isJsonNumber, type JsonValue } from "../../expression/json.ts";

/** The text that a value is in a string; `undefined` for lists and objects. Documented: numbers and booleans are texts there. */
export function scalarText(value: JsonValue | undefined): string | undefined {
  if (typeof value === "string") return value;
  if (typeof value === "boolean" || isJsonNumber(value)) return String(value);
  return undefined;
}

/** Any value as a message shows it. `String` would call a `toString` that the data has. */
export function shownText(value: JsonValue | undefined): string {
  return scalarText(value) ?? JSON.stringify(value ?? null);
}
