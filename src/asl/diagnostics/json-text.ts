import { isNestedDeeperThan } from "../../expression/json-depth.ts";
import type { JsonValue } from "../../expression/json.ts";
import { describeJsonError, type JsonError } from "./json-error.ts";

/** How deep objects and arrays may be nested. Our choice: the limit of the service's own JSON parser, Jackson. */
export const maximumJsonDepth = 1000;

/** The value of a JSON text, or what is wrong with it. */
export type ParsedJson =
  | { readonly value: JsonValue; readonly error: undefined }
  | { readonly value: undefined; readonly error: JsonError };

/** Parses JSON text; what is wrong with it is said as Jackson says it, with the place. */
export function parseJsonText(text: string): ParsedJson {
  if (isNestedDeeperThan(text, maximumJsonDepth)) {
    const message = `Document nesting depth exceeds the maximum allowed (${maximumJsonDepth})`;
    return { value: undefined, error: { message, offset: 0 } };
  }
  try {
    return { value: JSON.parse(text) as JsonValue, error: undefined };
  } catch {
    return { value: undefined, error: describeJsonError(text) };
  }
}
