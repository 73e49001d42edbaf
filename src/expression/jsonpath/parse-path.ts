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
import { maximumNesting, parseFilter, parseOperand } from "./parse-filter.ts";
import { isPathFunction } from "./path-functions.ts";
import type { Segment } from "./path-syntax.ts";

/** Where a path is written, which decides where a name without quotes ends. */
export interface PathPlace {
  /** In a filter, an operator or a bracket ends the path; otherwise it goes to the end of the text. */
  readonly inFilter: boolean;
  /** Reference paths may escape characters of a name with a backslash (`$.store\.book`). *Spec.* */
  readonly escapedNames: boolean;
  /** How many filters are around the path. */
  readonly depth: number;
}

/** Steps of one path. *Our choice*: each is one call on the stack when the path is evaluated. */
export const maximumSteps = 500;

/** Parses the steps of a path; the cursor is after its root (`$`, `$$`, `$name`, `@`). */
export function parseSegments(cursor: Cursor, place: PathPlace): readonly Segment[] {
  if (place.depth > maximumNesting) fail(cursor, "filters are nested too deeply");
  const segments: Segment[] = [];
  while (!atEnd(cursor)) {
    const character = current(cursor);
    if (character === "[") {
      // Jayway takes an opening bracket at the very end for no step at all.
      if (!place.inFilter && cursor.position === cursor.text.length - 1 && segments.length > 0) {
        cursor.position++;
        break;
      }
      segments.push(parseBracket(cursor, place));
    } else if (character === ".") {
      if (take(cursor, "..")) segments.push({ type: "scan" });
      else cursor.position++;
      if (atEnd(cursor)) fail(cursor, "a path must not end with '.'");
      if (current(cursor) === ".") fail(cursor, "unexpected '.'");
      segments.push(
        current(cursor) === "[" ? parseBracket(cursor, place) : parseName(cursor, place),
      );
    } else if (place.inFilter) {
      break;
    } else if (segments.length === 0) {
      fail(cursor, "expected '.' or '['");
    } else segments.push(parseName(cursor, place));
    if (segments.length > maximumSteps) fail(cursor, `more than ${maximumSteps} steps`);
    const last = segments.at(-1);
    if (last?.type === "function" && (current(cursor) === "." || current(cursor) === "[")) {
      fail(cursor, "a function must be the last step");
    }
  }
  return segments;
}

function parseInnerPath(cursor: Cursor, depth: number): readonly Segment[] {
  return parseSegments(cursor, { inFilter: true, escapedNames: false, depth });
}

function parseName(cursor: Cursor, place: PathPlace): Segment {
  if (take(cursor, "*")) return { type: "wildcard" };
  let name = "";
  while (!atEnd(cursor)) {
    const character = current(cursor);
    if (place.escapedNames && character === "\\" && cursor.position + 1 < cursor.text.length) {
      name += cursor.text.charAt(cursor.position + 1);
      cursor.position += 2;
      continue;
    }
    if (endsName(character, place)) break;
    name += character;
    cursor.position++;
  }
  if (current(cursor) === " " && !place.inFilter) {
    fail(cursor, "use brackets ['my prop'] for a name with blanks");
  }
  if (name === "") fail(cursor, "expected a name");
  return take(cursor, "(") ? parseCall(cursor, name, place) : { type: "member", name };
}

function endsName(character: string, place: PathPlace): boolean {
  return (place.inFilter ? ".[( <>=~!)&|,]" : ".[( ").includes(character);
}

function parseCall(cursor: Cursor, name: string, place: PathPlace): Segment {
  if (!isPathFunction(name)) fail(cursor, `there is no function '${name}'`);
  const operands = [];
  skipBlanks(cursor);
  if (!take(cursor, ")")) {
    do {
      skipBlanks(cursor);
      if (current(cursor) === "'") fail(cursor, "an argument's text needs double quotes");
      operands.push(parseOperand(cursor, place.depth + 1, parseInnerPath));
      skipBlanks(cursor);
    } while (take(cursor, ","));
    expect(cursor, ")");
  }
  return { type: "function", name, arguments: operands };
}

function parseBracket(cursor: Cursor, place: PathPlace): Segment {
  expect(cursor, "[");
  skipBlanks(cursor);
  const character = current(cursor);
  if (character === "'" || character === '"') return parseQuotedNames(cursor);
  if (take(cursor, "*")) {
    closeBracket(cursor);
    return { type: "wildcard" };
  }
  if (take(cursor, "?")) {
    skipBlanks(cursor);
    expect(cursor, "(");
    const filter = parseFilter(cursor, place.depth + 1, parseInnerPath);
    expect(cursor, ")");
    closeBracket(cursor);
    return { type: "filter", filter };
  }
  return parseIndexes(cursor);
}

function closeBracket(cursor: Cursor): void {
  skipBlanks(cursor);
  expect(cursor, "]");
}

function parseQuotedNames(cursor: Cursor): Segment {
  const quote = current(cursor);
  const names: string[] = [];
  do {
    skipBlanks(cursor);
    if (current(cursor) !== quote) fail(cursor, `expected ${quote}`);
    names.push(takeQuoted(cursor));
    skipBlanks(cursor);
  } while (take(cursor, ","));
  closeBracket(cursor);
  const [name] = names;
  return names.length === 1 && name !== undefined
    ? { type: "member", name }
    : { type: "members", names };
}

/** `[1]`, `[1,2]`, `[1:2]`. A third part of a slice is allowed and means nothing (Jayway). */
function parseIndexes(cursor: Cursor): Segment {
  const written = takeWhile(cursor, (character) => "0123456789-,: ".includes(character)).trim();
  expect(cursor, "]");
  if (written.includes(":")) {
    const [from = "", to = ""] = written.split(":");
    if (from === "" && to === "") fail(cursor, "a slice needs a start or an end");
    return {
      type: "slice",
      from: from === "" ? undefined : integer(cursor, from),
      to: to === "" ? undefined : integer(cursor, to),
    };
  }
  const indexes = written.split(",").map((part) => integer(cursor, part.trim()));
  const [index] = indexes;
  return indexes.length === 1 && index !== undefined
    ? { type: "index", index }
    : { type: "indexes", indexes };
}

function integer(cursor: Cursor, digits: string): number {
  const value = Number(digits);
  if (!/^-?[0-9]+$/.test(digits) || Math.abs(value) > 0x7fff_ffff) {
    fail(cursor, `'${digits}' is not an index`);
  }
  return value;
}
