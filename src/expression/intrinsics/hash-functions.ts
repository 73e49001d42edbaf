import { md5, sha1 } from "@noble/hashes/legacy.js";
import { sha256, sha384, sha512 } from "@noble/hashes/sha2.js";
import type { JsonValue } from "../json.ts";
import { charge, chargeValues } from "../steps.ts";
import { InvalidArguments } from "./intrinsic-error.ts";
import {
  fixed,
  limitedString,
  stringArgument,
  type IntrinsicFunction,
} from "./intrinsic-function.ts";
import { encodeUtf8 } from "./utf8.ts";

/** The algorithms by the names that AWS takes, upper case and hyphen included. *Documented.* */
export const hashAlgorithms: ReadonlyMap<string, (bytes: Uint8Array) => Uint8Array> = new Map([
  ["MD5", md5],
  ["SHA-1", sha1],
  ["SHA-256", sha256],
  ["SHA-384", sha384],
  ["SHA-512", sha512],
]);

/** The hash of a text in hexadecimal digits; `undefined` if there is no such algorithm. */
export function hashText(text: string, algorithm: string): string | undefined {
  const digest = hashAlgorithms.get(algorithm)?.(Uint8Array.from(encodeUtf8(text)));
  return digest && Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Steps for each character that is hashed. Measured. */
const stepsPerCharacter = 1;

export const hashFunctions = {
  /** *Observed*: what is not a string is hashed as its JSON text. */
  "States.Hash": fixed(2, ([data, algorithm], scope) => {
    chargeValues(scope, data as JsonValue);
    const text = limitedString(typeof data === "string" ? data : JSON.stringify(data));
    charge(scope, text.length * stepsPerCharacter);
    const digest = hashText(text, stringArgument(algorithm));
    if (digest === undefined) throw new InvalidArguments("there is no such algorithm");
    return digest;
  }),
} satisfies Readonly<Record<string, IntrinsicFunction>>;
