import type { JsonValue } from "../json.ts";
import { setMember } from "../json.ts";
import {
  atEnd,
  current,
  expect,
  fail,
  skipBlanks,
  take,
  takeQuoted,
  takeWhile,
  type Cursor,
} from "./cursor.ts";
import {
  filterOperators,
  type FilterExpression,
  type FilterOperand,
  type FilterOperator,
  type Segment,
} from "./path-syntax.ts";

/** Filters and calls in each other: more than anybody writes, and far from the end of the stack. */
export const maximumNesting = 32;

/** Parses a path in a filter; the cursor is after its root. Given by the parser of paths. */
export type ParseInnerPath = (cursor: Cursor, depth: number) => readonly Segment[];

/** Parses what is between `[?(` and `)]`; `&&` binds closer than `||`. */
export function parseFilter(
  cursor: Cursor,
  depth: number,
  parsePath: ParseInnerPath,
): FilterExpression {
  if (depth > maximumNesting) fail(cursor, "filters are nested too deeply");
  const [first, ...others] = parseList(cursor, "||", () =>
    parseConjunction(cursor, depth, parsePath),
  );
  return others.length === 0 ? first : { type: "or", operands: [first, ...others] };
}

function parseConjunction(
  cursor: Cursor,
  depth: number,
  parsePath: ParseInnerPath,
): FilterExpression {
  const [first, ...others] = parseList(cursor, "&&", () => parseTerm(cursor, depth, parsePath));
  return others.length === 0 ? first : { type: "and", operands: [first, ...others] };
}

function parseList<T>(cursor: Cursor, separator: string, parse: () => T): [T, ...T[]] {
  const list: [T, ...T[]] = [parse()];
  for (skipBlanks(cursor); take(cursor, separator); skipBlanks(cursor)) list.push(parse());
  return list;
}

function parseTerm(cursor: Cursor, depth: number, parsePath: ParseInnerPath): FilterExpression {
  if (depth > maximumNesting) fail(cursor, "filters are nested too deeply");
  skipBlanks(cursor);
  if (take(cursor, "!")) return { type: "not", operand: parseTerm(cursor, depth + 1, parsePath) };
  if (take(cursor, "(")) {
    const inner = parseFilter(cursor, depth + 1, parsePath);
    expect(cursor, ")");
    return inner;
  }
  const left = parseOperand(cursor, depth, parsePath);
  skipBlanks(cursor);
  const operator = takeOperator(cursor);
  if (operator !== undefined) {
    return { type: "compare", operator, left, right: parseOperand(cursor, depth, parsePath) };
  }
  if (left.type !== "path") fail(cursor, "expected an operator");
  return { type: "exists", path: left.path };
}

function takeOperator(cursor: Cursor): FilterOperator | undefined {
  if (atEnd(cursor) || ")&|".includes(current(cursor))) return undefined;
  const symbol = takeWhile(cursor, (character) => "<>=~!".includes(character));
  const written = symbol === "" ? takeWhile(cursor, isWordCharacter).toUpperCase() : symbol;
  const operator = filterOperators.find((candidate) => candidate === written);
  return operator ?? fail(cursor, `'${written}' is not an operator`);
}

/** A path, a pattern or a literal: an operand of a comparison, or an argument of a function. */
export function parseOperand(
  cursor: Cursor,
  depth: number,
  parsePath: ParseInnerPath,
): FilterOperand {
  skipBlanks(cursor);
  const from = take(cursor, "@") ? "item" : take(cursor, "$") ? "document" : undefined;
  if (from !== undefined) {
    const segments = parsePath(cursor, depth);
    return { type: "path", path: { from, segments } };
  }
  if (take(cursor, "/")) return parsePattern(cursor);
  return { type: "literal", value: parseLiteral(cursor, depth) };
}

function parsePattern(cursor: Cursor): FilterOperand {
  const start = cursor.position;
  while (!atEnd(cursor) && current(cursor) !== "/") {
    cursor.position += current(cursor) === "\\" ? 2 : 1;
  }
  const source = cursor.text.slice(start, cursor.position);
  expect(cursor, "/");
  return { type: "pattern", source, flags: takeWhile(cursor, isWordCharacter) };
}

/**
 * A literal: JSON, also with single quotes, also a bare word, which is a string.
 *
 * The bare word is not of Jayway's present grammar, but published workflows have it
 * (`[?(@.Name==Receipt)]`) and the service takes it. *Observed.*
 */
function parseLiteral(cursor: Cursor, depth: number): JsonValue {
  if (depth > maximumNesting) fail(cursor, "a literal is nested too deeply");
  skipBlanks(cursor);
  const character = current(cursor);
  if (character === "'" || character === '"') return takeQuoted(cursor);
  if (take(cursor, "[")) return parseArrayLiteral(cursor, depth);
  if (take(cursor, "{")) return parseObjectLiteral(cursor, depth);
  const word = takeWhile(cursor, (next) => isWordCharacter(next) || "+-.".includes(next));
  if (word === "") fail(cursor, "expected a value");
  if (word === "true") return true;
  if (word === "false") return false;
  if (word === "null") return null;
  if (/^-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?$/.test(word)) return Number(word);
  return /^[-+.0-9]/.test(word) ? fail(cursor, `'${word}' is not a number`) : word;
}

function parseArrayLiteral(cursor: Cursor, depth: number): JsonValue {
  const items: JsonValue[] = [];
  skipBlanks(cursor);
  if (take(cursor, "]")) return items;
  do {
    items.push(parseLiteral(cursor, depth + 1));
    skipBlanks(cursor);
  } while (take(cursor, ","));
  expect(cursor, "]");
  return items;
}

function parseObjectLiteral(cursor: Cursor, depth: number): JsonValue {
  const members: Record<string, JsonValue> = {};
  skipBlanks(cursor);
  if (take(cursor, "}")) return members;
  do {
    const name = parseLiteral(cursor, depth + 1);
    if (typeof name !== "string") fail(cursor, "expected a member name");
    skipBlanks(cursor);
    expect(cursor, ":");
    setMember(members, name, parseLiteral(cursor, depth + 1));
    skipBlanks(cursor);
  } while (take(cursor, ","));
  expect(cursor, "}");
  return members;
}

function isWordCharacter(character: string): boolean {
  return /[\p{L}\p{N}_]/u.test(character);
}
