export type ExpectedJson =
  "value" | "name" | "colon" | "commaOrObjectEnd" | "commaOrArrayEnd" | "string" | "extra";

/** Where a text stops being JSON, and what should be there. Lines and columns count from 1. */
export interface JsonMistake {
  readonly offset: number;
  readonly line: number;
  readonly column: number;
  readonly expected: ExpectedJson;
}

/**
 * The first mistake of a JSON text; `undefined`: there is none.
 *
 * Browsers say it in their own words, and not all of them say where.
 */
export function jsonMistake(text: string): JsonMistake | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch {
    const { offset, expected } = firstMistake(text);
    const before = text.slice(0, offset);
    const line = before.split("\n").length;
    return { offset, line, column: offset - before.lastIndexOf("\n"), expected };
  }
}

interface Place {
  readonly offset: number;
  readonly expected: ExpectedJson;
}

/** Knows what is open by a list, not by calls: a text of nothing but brackets is a mistake, too. */
function firstMistake(text: string): Place {
  const closers: string[] = [];
  let at = spaceEnd(text, 0);
  let next: "value" | "firstValue" | "name" | "firstName" | "after" = "value";
  for (;;) {
    const character = text[at];
    if (next === "after") {
      const closer = closers.at(-1);
      if (closer === undefined) return { offset: at, expected: "extra" };
      if (character === closer) closers.pop();
      else if (character === ",") next = closer === "}" ? "name" : "value";
      else return { offset: at, expected: closer === "}" ? "commaOrObjectEnd" : "commaOrArrayEnd" };
      at++;
    } else if (
      (next === "firstName" && character === "}") ||
      (next === "firstValue" && character === "]")
    ) {
      closers.pop();
      next = "after";
      at++;
    } else if (next === "name" || next === "firstName") {
      if (character !== '"') return { offset: at, expected: "name" };
      const end = match(stringPattern, text, at);
      if (end === undefined) return { offset: at, expected: "string" };
      at = spaceEnd(text, end);
      if (text[at] !== ":") return { offset: at, expected: "colon" };
      at++;
      next = "value";
    } else if (character === "{" || character === "[") {
      closers.push(character === "{" ? "}" : "]");
      next = character === "{" ? "firstName" : "firstValue";
      at++;
    } else {
      const isString = character === '"';
      const end = match(isString ? stringPattern : scalarPattern, text, at);
      if (end === undefined) return { offset: at, expected: isString ? "string" : "value" };
      at = end;
      next = "after";
    }
    at = spaceEnd(text, at);
  }
}

// JSON forbids just these characters within a text.
const stringPattern =
  // oxlint-disable-next-line no-control-regex -- they are what is looked for
  /"[^"\\\u0000-\u001f]*(?:\\(?:["\\/bfnrt]|u[\da-fA-F]{4})[^"\\\u0000-\u001f]*)*"/y;
const scalarPattern = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.+-])/y;
const spacePattern = /[ \t\n\r]*/y;

function spaceEnd(text: string, at: number): number {
  return match(spacePattern, text, at) ?? at;
}

function match(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}
