/** What is wrong with a text that is not JSON. */
export interface JsonError {
  /** In the words of the service's JSON parser (Jackson), without the place that it adds. */
  readonly message: string;
  /** Where, in UTF-16 units from the start. */
  readonly offset: number;
}

/** The line and the column of an offset, both from 1. */
export function textPosition(
  text: string,
  offset: number,
): { readonly line: number; readonly column: number } {
  const lines = text.slice(0, offset).split("\n");
  return { line: lines.length, column: (lines.at(-1) as string).length + 1 };
}

/** Finds the first mistake in a text that `JSON.parse` has refused. */
export function describeJsonError(text: string): JsonError {
  const stack: Stack = [];
  let expected: Expected = "value";
  let offset = 0;
  for (;;) {
    offset = skip(whitespace, text, offset);
    const character = text[offset];
    if (character === undefined) return { message: endOfInput(stack.at(-1)), offset };
    const step: Step = steps[expected](text, offset, stack);
    if ("message" in step) return step;
    offset = step.offset;
    expected = step.expected;
  }
}

type Expected = "value" | "valueOrEnd" | "name" | "nameOrEnd" | "colon" | "commaOrEnd";

type Step = JsonError | { readonly offset: number; readonly expected: Expected };

type Stack = ("Object" | "Array")[];

const values = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')";

/** What may come, by what is expected. Each is called with something other than whitespace at the offset. */
const steps: { readonly [E in Expected]: (text: string, offset: number, stack: Stack) => Step } = {
  value: readValue,
  valueOrEnd: (text, offset, stack) =>
    text[offset] === "]" ? close(offset, stack) : readValue(text, offset, stack),
  name: readName,
  nameOrEnd: (text, offset, stack) =>
    text[offset] === "}" ? close(offset, stack) : readName(text, offset),
  colon: (text, offset) =>
    text[offset] === ":"
      ? { offset: offset + 1, expected: "value" }
      : unexpected(text, offset, "was expecting a colon to separate field name and value"),
  commaOrEnd(text, offset, stack) {
    const container = stack.at(-1);
    if (container === undefined) return { message: "Trailing token found after value", offset };
    if (text[offset] === (container === "Object" ? "}" : "]")) return close(offset, stack);
    if (text[offset] !== ",") {
      return unexpected(text, offset, `was expecting comma to separate ${container} entries`);
    }
    return { offset: offset + 1, expected: container === "Object" ? "name" : "value" };
  },
};

function close(offset: number, stack: Stack): Step {
  stack.pop();
  return { offset: offset + 1, expected: "commaOrEnd" };
}

function readName(text: string, offset: number): Step {
  if (text[offset] !== '"') {
    return unexpected(text, offset, "was expecting double-quote to start field name");
  }
  const end = readString(text, offset, "in field name");
  return typeof end === "number" ? { offset: end, expected: "colon" } : end;
}

function readValue(text: string, offset: number, stack: Stack): Step {
  const character = text[offset] as string;
  if (character === "{" || character === "[") {
    stack.push(character === "{" ? "Object" : "Array");
    return { offset: offset + 1, expected: character === "{" ? "nameOrEnd" : "valueOrEnd" };
  }
  if (character === '"') {
    const end = readString(text, offset, ": was expecting closing quote for a string value");
    return typeof end === "number" ? { offset: end, expected: "commaOrEnd" } : end;
  }
  const word = match(/[A-Za-z0-9_$+.-]+/y, text, offset);
  if (/^(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)$/.test(word)) {
    return { offset: offset + word.length, expected: "commaOrEnd" };
  }
  if (/^-?0\d/.test(word)) {
    return { message: "Invalid numeric value: Leading zeroes not allowed", offset };
  }
  if (/^[A-Za-z_$]/.test(word)) {
    return { message: `Unrecognized token '${word}': was expecting ${values}`, offset };
  }
  if (/^-?\d/.test(word)) return { message: `Invalid numeric value: '${word}'`, offset };
  return unexpected(text, offset, `expected a valid value ${values}`);
}

/** The offset after the string that starts at `start`. */
function readString(text: string, start: number, whereItEnds: string): number | JsonError {
  let offset = start + 1;
  for (;;) {
    while (isPlain(text.charCodeAt(offset))) offset++;
    const character = text[offset];
    if (character === undefined) {
      const space = whereItEnds.startsWith(":") ? "" : " ";
      return { message: `Unexpected end-of-input${space}${whereItEnds}`, offset };
    }
    if (character === '"') return offset + 1;
    const code = character.charCodeAt(0);
    if (character !== "\\") {
      const message = `Illegal unquoted character ((CTRL-CHAR, code ${code})): has to be escaped using backslash to be included in string value`;
      return { message, offset };
    }
    const escape = match(/\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y, text, offset);
    if (escape === "") {
      const next = text.charAt(offset + 1);
      return { message: `Unrecognized character escape ${quoted(next)}`, offset };
    }
    offset += escape.length;
  }
}

/** Whether the unit stands for itself within a string. Past the end there is none, which is not a number. */
function isPlain(unit: number): boolean {
  return unit >= 0x20 && unit !== 0x22 && unit !== 0x5c;
}

function unexpected(text: string, offset: number, reason: string): JsonError {
  return { message: `Unexpected character (${quoted(text.charAt(offset))}): ${reason}`, offset };
}

function quoted(character: string): string {
  return `'${character}' (code ${character.charCodeAt(0)})`;
}

function endOfInput(container: "Object" | "Array" | undefined): string {
  return container === undefined
    ? "Unexpected end-of-input"
    : `Unexpected end-of-input: expected close marker for ${container}`;
}

const whitespace = /[ \t\r\n]*/y;

function skip(pattern: RegExp, text: string, offset: number): number {
  return offset + match(pattern, text, offset).length;
}

/** What the sticky pattern matches at the offset. */
function match(pattern: RegExp, text: string, offset: number): string {
  pattern.lastIndex = offset;
  return pattern.exec(text)?.[0] ?? "";
}
