import { ExpressionSyntaxError } from "../evaluation.ts";
import { numberFromText } from "../exact-number.ts";
import type { JsonValue } from "../json.ts";

/** A call or an argument of one, as the parser leaves it. */
export type IntrinsicNode =
  | {
      readonly type: "call";
      readonly text: string;
      readonly name: string;
      readonly given: readonly IntrinsicNode[];
    }
  | { readonly type: "path"; readonly text: string; readonly position: number }
  | { readonly type: "literal"; readonly value: JsonValue }
  /** A quoted text as it is written: `States.Format` has to see which braces are escaped. */
  | { readonly type: "string"; readonly raw: string };

/** *Documented*: up to 10 intrinsic functions may be nested in one field. */
export const maximumNestedCalls = 10;

interface Cursor {
  readonly text: string;
  position: number;
}

/** Parses the text of a field that has to be an intrinsic function call. Throws an ExpressionSyntaxError. */
export function parseIntrinsic(text: string): IntrinsicNode & { type: "call" } {
  const cursor: Cursor = { text, position: 0 };
  skipBlanks(cursor);
  const call = parseCall(cursor, 1);
  skipBlanks(cursor);
  if (cursor.position < text.length) fail(cursor, "unexpected text after the call");
  return call;
}

function parseCall(cursor: Cursor, depth: number): IntrinsicNode & { type: "call" } {
  if (depth > maximumNestedCalls + 1)
    fail(cursor, `more than ${maximumNestedCalls} calls are nested`);
  const start = cursor.position;
  const name = match(cursor, /[A-Za-z0-9_.]+/y);
  if (name === undefined || !take(cursor, "(")) fail(cursor, "expected a function call");
  const given: IntrinsicNode[] = [];
  skipBlanks(cursor);
  if (!take(cursor, ")")) {
    do given.push(parseArgument(cursor, depth));
    while (take(cursor, ","));
    if (!take(cursor, ")")) fail(cursor, "expected ',' or ')'");
  }
  return { type: "call", text: cursor.text.slice(start, cursor.position), name, given };
}

function parseArgument(cursor: Cursor, depth: number): IntrinsicNode {
  skipBlanks(cursor);
  const argument = parseValue(cursor, depth);
  skipBlanks(cursor);
  return argument;
}

function parseValue(cursor: Cursor, depth: number): IntrinsicNode {
  const character = cursor.text.charAt(cursor.position);
  if (character === "'") return parseString(cursor);
  if (character === "$") {
    const { position } = cursor;
    return { type: "path", text: takePath(cursor), position };
  }
  const number = match(cursor, /-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y);
  if (number !== undefined) {
    // Zeros in front are no JSON; the number is what counts then.
    const isJson = !/^-?0\d/.test(number);
    return { type: "literal", value: isJson ? numberFromText(number) : Number(number) };
  }
  const word = match(cursor, /(?:true|false|null)(?![A-Za-z0-9_.(])/y);
  if (word !== undefined) return { type: "literal", value: JSON.parse(word) as JsonValue };
  return parseCall(cursor, depth + 1);
}

/**
 * Takes a text in single quotes. *Observed*: a backslash before anything but `'`, `{`, `}` and itself is
 * refused when the definition is created.
 */
function parseString(cursor: Cursor): IntrinsicNode {
  const start = ++cursor.position;
  for (; cursor.position < cursor.text.length; cursor.position++) {
    const character = cursor.text.charAt(cursor.position);
    if (character === "'") {
      return { type: "string", raw: cursor.text.slice(start, cursor.position++) };
    }
    if (character === "\\" && !/['{}\\]/.test(cursor.text.charAt(++cursor.position))) {
      fail(cursor, "a backslash must stand before ', {, } or a backslash");
    }
  }
  return fail(cursor, "missing closing '");
}

/** Takes a path: to the comma or parenthesis that is not within its brackets, calls or quotes. */
function takePath(cursor: Cursor): string {
  const start = cursor.position;
  let depth = 0;
  let quote = "";
  for (; cursor.position < cursor.text.length; cursor.position++) {
    const character = cursor.text.charAt(cursor.position);
    if (quote !== "") {
      if (character === "\\") cursor.position++;
      else if (character === quote) quote = "";
    } else if (depth > 0 && (character === "'" || character === '"')) quote = character;
    else if (character === "[" || character === "(") depth++;
    else if (character === "]") depth--;
    else if (character === ")" && depth-- === 0) break;
    else if (character === "," && depth === 0) break;
  }
  return cursor.text.slice(start, cursor.position).trimEnd();
}

function skipBlanks(cursor: Cursor): void {
  match(cursor, /\s*/y);
}

function take(cursor: Cursor, token: string): boolean {
  if (!cursor.text.startsWith(token, cursor.position)) return false;
  cursor.position += token.length;
  return true;
}

/** Takes what the sticky pattern matches here; each of the patterns is linear. */
function match(cursor: Cursor, pattern: RegExp): string | undefined {
  pattern.lastIndex = cursor.position;
  const found = pattern.exec(cursor.text)?.[0];
  if (found !== undefined) cursor.position += found.length;
  return found;
}

function fail(cursor: Cursor, problem: string): never {
  throw new ExpressionSyntaxError(
    `Invalid intrinsic function '${cursor.text}': ${problem} at position ${cursor.position}`,
    { from: cursor.position, to: Math.min(cursor.position + 1, cursor.text.length) },
  );
}
