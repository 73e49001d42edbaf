import {
  fixed,
  limitedString,
  stringArgument,
  type IntrinsicFunction,
} from "./intrinsic-function.ts";
import { decodeBase64, encodeBase64 } from "./base64.ts";
import { decodeUtf8, encodeUtf8 } from "./utf8.ts";

export const encodingFunctions = {
  "States.Base64Encode": fixed(1, ([text]) =>
    encodeBase64(encodeUtf8(limitedString(stringArgument(text)))),
  ),
  "States.Base64Decode": fixed(1, ([text]) =>
    decodeUtf8(decodeBase64(limitedString(stringArgument(text)))),
  ),
} satisfies Readonly<Record<string, IntrinsicFunction>>;
