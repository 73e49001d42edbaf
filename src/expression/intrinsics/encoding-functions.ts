import {
  fixed,
  limitedString,
  stringArgument,
  type IntrinsicFunction,
} from "./intrinsic-function.ts";
import type { EvaluationScope } from "../evaluation.ts";
import type { JsonValue } from "../json.ts";
import { charge } from "../steps.ts";
import { decodeBase64, encodeBase64 } from "./base64.ts";
import { decodeUtf8, encodeUtf8 } from "./utf8.ts";

export const encodingFunctions = {
  "States.Base64Encode": fixed(1, ([text], scope) =>
    encodeBase64(encodeUtf8(charged(text, scope))),
  ),
  "States.Base64Decode": fixed(1, ([text], scope) =>
    decodeUtf8(decodeBase64(charged(text, scope))),
  ),
} satisfies Readonly<Record<string, IntrinsicFunction>>;

/** Steps for each character that is encoded or decoded. Measured. */
const stepsPerCharacter = 1.5;

function charged(given: JsonValue | undefined, scope: EvaluationScope): string {
  const text = limitedString(stringArgument(given));
  charge(scope, text.length * stepsPerCharacter);
  return text;
}
