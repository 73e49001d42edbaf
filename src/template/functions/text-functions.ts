import { isJsonArray, isJsonObject, type JsonValue } from "../../expression/json.ts";
import { encodeBase64 } from "../../expression/intrinsics/base64.ts";
import { encodeUtf8 } from "../../expression/intrinsics/utf8.ts";
import type { IntrinsicFunction } from "./evaluation.ts";
import { isPending } from "./is-function.ts";
import { joined, tooLong } from "./joined.ts";
import { scalarText, shownText } from "./scalar-text.ts";

/** The functions that give a text, but for `Fn::Sub`. */
export const textFunctions: { readonly [name: string]: IntrinsicFunction } = {
  "Fn::Join": (argument, evaluation, path) => {
    if (!isJsonArray(argument) || argument.length !== 2 || typeof argument[0] !== "string") {
      return evaluation.fail(joinParameters, path);
    }
    const [delimiter, list] = argument as [string, JsonValue];
    const items = evaluation.evaluate(list, [...path, 1]);
    if (items !== undefined && isPending(items))
      return { "Fn::Join": [delimiter, merged(items, delimiter)] };
    if (items === undefined || !isJsonArray(items)) return evaluation.fail(joinParameters, path);
    const texts = items.map(scalarText);
    if (!texts.every((text) => text !== undefined)) return evaluation.fail(joinParameters, path);
    return joined(texts, delimiter) ?? evaluation.fail(tooLong, path);
  },

  "Fn::Base64": (argument, evaluation, path) => {
    const value = evaluation.evaluate(argument, path);
    if (value !== undefined && isPending(value)) return { "Fn::Base64": value };
    const text = scalarText(value);
    if (text === undefined) {
      return evaluation.fail(
        "Template error: every Fn::Base64 object must have a String-typed value.",
        path,
      );
    }
    return joined([encodeBase64(encodeUtf8(text))], "") ?? evaluation.fail(tooLong, path);
  },

  // Documented: of the language extensions. Our choice: also without the transform being named.
  "Fn::ToJsonString": (argument, evaluation, path) => {
    const value = evaluation.evaluate(argument, path);
    if (value !== undefined && isPending(value)) return { "Fn::ToJsonString": value };
    if (value === undefined || !(isJsonObject(value) || isJsonArray(value))) {
      return evaluation.fail(
        "Template error: every Fn::ToJsonString object must have an object or an array as its value.",
        path,
      );
    }
    // Written into each other, quotes double.
    return joined([JSON.stringify(value)], "") ?? evaluation.fail(tooLong, path);
  },
};

const joinParameters =
  "Template error: every Fn::Join object requires two parameters, (1) a string delimiter and (2) a list of strings to be joined or a function that returns a list of strings (such as Fn::GetAZs) to be joined.";

/** Neighbours that are known become one text, so that a plan is read easily. */
function merged(items: JsonValue, delimiter: string): JsonValue {
  if (!isJsonArray(items)) return items;
  const result: JsonValue[] = [];
  let isAfterText = false;
  for (const item of items) {
    const text = scalarText(item);
    if (text !== undefined && isAfterText) {
      result.push(`${shownText(result.pop())}${delimiter}${text}`);
    } else result.push(text ?? item);
    isAfterText = text !== undefined;
  }
  return result;
}
