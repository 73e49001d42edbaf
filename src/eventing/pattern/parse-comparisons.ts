import {
  endsWith,
  ignoringCase,
  isInCidr,
  isLike,
  isLiteral,
  isNumber,
  isOneOf,
  isThere,
  startsWith,
} from "./comparisons.ts";
import type { Comparison } from "./event-pattern.ts";
import { InvalidEventPattern } from "./invalid-event-pattern.ts";
import { InvalidCidr, parseCidr } from "./ip-address.ts";
import { parseAnythingBut } from "./parse-anything-but.ts";
import { parseNumeric } from "./parse-numeric.ts";
import type { PatternTokens } from "./pattern-tokens.ts";
import { InvalidWildcard, parseWildcard, starsOf } from "./wildcard.ts";

/** What the list of a field says. */
export interface ParsedComparisons {
  readonly comparisons: readonly Comparison[];
  readonly mayBeAbsent: boolean;
  /** How many stars there are in wildcards. */
  readonly stars: number;
}

/** What a comparison is read into. */
interface Found {
  readonly comparison: Comparison | "absent";
  readonly stars?: number;
}

/** Reads a list whose bracket has been read. Texts that stand in it by themselves become one comparison. */
export function parseComparisons(tokens: PatternTokens): ParsedComparisons {
  const texts: string[] = [];
  const comparisons: Comparison[] = [];
  let mayBeAbsent = false;
  let stars = 0;
  let isEmpty = true;
  for (; tokens.next().type !== "]"; isEmpty = false) {
    const { type, text } = tokens.current;
    if (type === "string") texts.push(text);
    else if (type === "number") comparisons.push(isNumber(tokens.number()));
    else if (type === "literal") comparisons.push(isLiteral(literal(text)));
    else if (type === "{") {
      const found = parseMatchExpression(tokens);
      stars += found.stars ?? 0;
      if (found.comparison === "absent") mayBeAbsent = true;
      else comparisons.push(found.comparison);
    } else tokens.refuse("Match value must be String, number, true, false, or null");
  }
  if (isEmpty) tokens.refuse("Empty arrays are not allowed");
  if (texts.length > 0) comparisons.unshift(isOneOf(texts));
  return { comparisons, mayBeAbsent, stars };
}

/** Reads `{ "prefix": "a" }`, whose brace has been read, to its end. */
function parseMatchExpression(tokens: PatternTokens): Found {
  if (tokens.next().type !== "name") tokens.refuse("Match expression name not found");
  const operator = tokens.current.text;
  switch (operator) {
    case "exactly":
      return { comparison: single(tokens, isOneOf([textOf(tokens, "exact")])) };
    case "prefix":
      return affix(tokens, "prefix", startsWith);
    case "suffix":
      return affix(tokens, "suffix", endsWith);
    case "equals-ignore-case": {
      const text = textOf(tokens, operator);
      return { comparison: single(tokens, ignoringCase(isOneOf([text.toLowerCase()]))) };
    }
    case "wildcard": {
      const wildcard = wildcardOf(tokens, textOf(tokens, operator));
      return { comparison: single(tokens, isLike(wildcard)), stars: starsOf(wildcard) };
    }
    case "cidr":
      return { comparison: single(tokens, cidr(textOf(tokens, "prefix"))) };
    case "exists":
      return exists(tokens);
    case "numeric":
      return { comparison: parseNumeric(tokens) };
    case "anything-but":
      return parseAnythingBut(tokens);
    default:
      return tokens.refuse(`Unrecognized match type ${operator}`);
  }
}

/** Refuses a second member of the object. */
function single<T>(tokens: PatternTokens, result: T): T {
  if (tokens.next().type !== "}") tokens.refuse("Only one key allowed in match expression");
  return result;
}

function textOf(tokens: PatternTokens, operator: string): string {
  const { type, text } = tokens.next();
  if (type !== "string") tokens.refuse(`${operator} match pattern must be a string`);
  return text;
}

/** `"prefix": "a"`, and `"prefix": { "equals-ignore-case": "a" }`. */
function affix(
  tokens: PatternTokens,
  operator: "prefix" | "suffix",
  compare: (text: string) => Comparison,
): Found {
  if (tokens.next().type !== "{") {
    const { type, text } = tokens.current;
    if (type !== "string") tokens.refuse(`${operator} match pattern must be a string`);
    return { comparison: single(tokens, compare(text)) };
  }
  const shown = operator === "prefix" ? "Prefix" : "Suffix";
  if (tokens.next().type !== "name") tokens.refuse(`${shown} expression name not found`);
  const inner = tokens.current.text;
  if (inner !== "equals-ignore-case") tokens.refuse(`Unsupported ${operator} pattern: ${inner}`);
  const text = single(tokens, textOf(tokens, inner));
  return { comparison: single(tokens, ignoringCase(compare(text.toLowerCase()))) };
}

function wildcardOf(tokens: PatternTokens, text: string): ReturnType<typeof parseWildcard> {
  try {
    return parseWildcard(text);
  } catch (error) {
    if (error instanceof InvalidWildcard) tokens.refuse(error.message, true);
    throw error;
  }
}

/** Observed: what is wrong with a range has no place. */
function cidr(text: string): Comparison {
  try {
    return isInCidr(parseCidr(text));
  } catch (error) {
    if (error instanceof InvalidCidr) throw new InvalidEventPattern(error.message);
    throw error;
  }
}

function exists(tokens: PatternTokens): Found {
  const { type, text } = tokens.next();
  if (type !== "literal" || text === "null") {
    tokens.refuse("exists match pattern must be either true or false.");
  }
  return single(tokens, { comparison: text === "true" ? isThere : "absent" });
}

function literal(text: string): boolean | null {
  return text === "null" ? null : text === "true";
}
