import type { JsonValue } from "../../expression/json.ts";
import { JsonTooDeep, parseJson } from "../../expression/parse-json.ts";
import { describeJsonError, type JsonError } from "./json-error.ts";

/** The value of a JSON text, or what is wrong with it. */
export type ParsedJson =
  | { readonly value: JsonValue; readonly error: undefined }
  | { readonly value: undefined; readonly error: JsonError };

/** Parses JSON text; what is wrong with it is said as Jackson says it, with the place. */
export function parseJsonText(text: string): ParsedJson {
  try {
    return { value: parseJson(text), error: undefined };
  } catch (thrown) {
    const error =
      thrown instanceof JsonTooDeep
        ? { message: thrown.message, offset: 0 }
        : describeJsonError(text);
    return { value: undefined, error };
  }
}
