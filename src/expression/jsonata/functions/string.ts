import { toText } from "../coercion.ts";
import type { Run } from "../run.ts";
import { define, type Definitions } from "./definition.ts";

export const stringFunctions: Definitions = {
  string: define("<x-b?:s>", 1, ([value, prettify], run) =>
    value === undefined ? undefined : toText(value, run, prettify === true ? 2 : 0),
  ),

  substring: define("<s-nn?:s>", 3, ([text, start, length], run) => {
    if (typeof text !== "string") return undefined;
    run.spendCharacters(text.length);
    return substring(text, start as number, length as number | undefined);
  }),

  substringBefore: define("<s-s:s>", 2, ([text, separator], run) => {
    if (typeof text !== "string" || typeof separator !== "string") return text;
    run.spendSearch(text.length, separator.length);
    const position = text.indexOf(separator);
    return position < 0 ? text : text.slice(0, position);
  }),

  substringAfter: define("<s-s:s>", 2, ([text, separator], run) => {
    if (typeof text !== "string" || typeof separator !== "string") return text;
    run.spendSearch(text.length, separator.length);
    const position = text.indexOf(separator);
    return position < 0 ? text : text.slice(position + separator.length);
  }),

  lowercase: define("<s-:s>", 1, ([text], run) => {
    if (typeof text !== "string") return undefined;
    run.spendCharacters(text.length);
    return text.toLowerCase();
  }),

  uppercase: define("<s-:s>", 1, ([text], run) => {
    if (typeof text !== "string") return undefined;
    run.spendCharacters(text.length);
    return text.toUpperCase();
  }),

  length: define("<s-:n>", 1, ([text], run) =>
    typeof text === "string" ? characterCount(text, run) : undefined,
  ),

  trim: define("<s-:s>", 1, ([text], run) => {
    if (typeof text !== "string") return undefined;
    run.spendCharacters(text.length);
    const normal = text.replace(/[ \t\n\r]+/g, " ");
    return normal.slice(normal.startsWith(" ") ? 1 : 0, normal.endsWith(" ") ? -1 : undefined);
  }),

  pad: define("<s-ns?:s>", 3, ([text, width, padding], run) => {
    if (typeof text !== "string") return undefined;
    const target = Math.trunc(width as number);
    const missing = Math.abs(target) - characterCount(text, run);
    if (!(missing > 0)) return text;
    const unit = typeof padding === "string" && padding.length > 0 ? padding : " ";
    run.spendCharacters(missing * 2 + unit.length);
    const added = substring(unit.repeat(Math.ceil(missing / Array.from(unit).length)), 0, missing);
    return target > 0 ? text + added : added + text;
  }),

  join: define("<a<s>s?:s>", 2, ([texts, separator], run) => {
    if (!Array.isArray(texts)) return undefined;
    const between = typeof separator === "string" ? separator : "";
    run.spendItems(texts.length);
    let length = 0;
    for (const text of texts as readonly string[]) length += text.length + between.length;
    run.spendCharacters(length);
    return texts.join(between);
  }),
};

/** Characters are code points, not UTF-16 units. */
export function characterCount(text: string, run: Run): number {
  run.spend(text.length / 10);
  // Without surrogates, units are characters; a text that was put together is slow to read unit by unit.
  if (!surrogate.test(text)) return text.length;
  let count = text.length;
  for (let index = 0; index + 1 < text.length; index++) {
    if (isHighSurrogate(text.charCodeAt(index)) && isLowSurrogate(text.charCodeAt(index + 1))) {
      count--;
      index++;
    }
  }
  return count;
}

const surrogate = /[\ud800-\udfff]/;

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}

function substring(text: string, start: number, length: number | undefined): string {
  const characters = surrogate.test(text) ? Array.from(text) : text;
  const from = characters.length + start < 0 ? 0 : start;
  if (length !== undefined && length <= 0) return "";
  const end =
    length === undefined ? undefined : (from >= 0 ? from : characters.length + from) + length;
  const part = characters.slice(from, end);
  return typeof part === "string" ? part : part.join("");
}
