import { InternalError, jsonataError } from "../jsonata-error.ts";
import { define, type Definition, type Definitions } from "./definition.ts";

/** Base64 works on bytes: of a character, only the low eight bits count, as in the package. */
export const encodingFunctions: Definitions = {
  base64encode: define("<s-:s>", 1, ([text], run) => {
    if (typeof text !== "string") return undefined;
    run.spend(text.length);
    run.spendCharacters(text.length * 1.4);
    return encodeBase64(text);
  }),
  base64decode: define("<s-:s>", 1, ([text], run) => {
    if (typeof text !== "string") return undefined;
    run.spend(text.length);
    return decodeBase64(text);
  }),
  encodeUrlComponent: urlFunction("encodeUrlComponent", encodeURIComponent),
  encodeUrl: urlFunction("encodeUrl", encodeURI),
  decodeUrlComponent: urlFunction("decodeUrlComponent", decodeURIComponent),
  decodeUrl: urlFunction("decodeUrl", decodeURI),
};

function urlFunction(name: string, convert: (text: string) => string): Definition {
  return define("<s-:s>", 1, ([text], run) => {
    if (typeof text !== "string") return undefined;
    run.spend(text.length / 8);
    run.spendCharacters(text.length * 3);
    try {
      return convert(text);
    } catch {
      throw jsonataError("D3140", { value: text, functionName: name });
    }
  });
}

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

function encodeBase64(text: string): string {
  let result = "";
  for (let index = 0; index < text.length; index += 3) {
    const rest = text.length - index;
    const bits =
      (byteAt(text, index) << 16) | (byteAt(text, index + 1) << 8) | byteAt(text, index + 2);
    result +=
      alphabet.charAt(bits >> 18) +
      alphabet.charAt((bits >> 12) & 63) +
      (rest > 1 ? alphabet.charAt((bits >> 6) & 63) : "=") +
      (rest > 2 ? alphabet.charAt(bits & 63) : "=");
  }
  return result;
}

function byteAt(text: string, index: number): number {
  return text.charCodeAt(index) & 255;
}

/**
 * Strict where the package is lenient: AWS refuses `!!!`. *Observed.* That blanks and the alphabet of URLs are
 * refused too, and missing padding is not, is *our choice*: so do decoders that refuse `!!!`.
 */
function decodeBase64(text: string): string {
  if (!base64.test(text)) throw new InternalError();
  let result = "";
  let bits = 0;
  let count = 0;
  for (const character of text) {
    if (character === "=") break;
    bits = ((bits << 6) | alphabet.indexOf(character)) & 0xffffff;
    count += 6;
    if (count >= 8) {
      count -= 8;
      result += String.fromCharCode((bits >> count) & 255);
    }
  }
  return result;
}

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?$/;
