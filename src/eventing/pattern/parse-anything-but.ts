import {
  anythingBut,
  endsWith,
  ignoringCase,
  incomparability,
  isLike,
  isNumber,
  isOneOf,
  startsWith,
} from "./comparisons.ts";
import type { Comparison } from "./event-pattern.ts";
import { InvalidEventPattern } from "./invalid-event-pattern.ts";
import type { PatternTokens } from "./pattern-tokens.ts";
import { InvalidWildcard, parseWildcard, starsOf, type Wildcard } from "./wildcard.ts";

type InnerOperator = "equals-ignore-case" | "prefix" | "suffix" | "wildcard";

interface AnythingBut {
  readonly comparison: Comparison;
  readonly stars: number;
}

/**
 * Reads what stands behind `"anything-but":` to the end of the object. It is a value or a list of values, which are all texts or all
 * numbers, or `{ "prefix": … }` and the like with one text or a list of them.
 */
export function parseAnythingBut(tokens: PatternTokens): AnythingBut {
  const inner = tokens.next().type === "{" ? innerOperator(tokens) : undefined;
  if (inner !== undefined) tokens.next();
  const isList = tokens.current.type === "[";
  if (!isList && tokens.current.type !== "string" && tokens.current.type !== "number") {
    tokens.refuse("Value of anything-but must be an array or single string/number value.");
  }
  const result = inner === undefined ? ofValues(tokens, isList) : ofTexts(tokens, inner, isList);
  const ends = inner === undefined ? 1 : 2;
  for (let end = 0; end < ends; end++) {
    if (tokens.next().type !== "}") tokens.refuse("Too many elements in numeric expression");
  }
  return result;
}

function innerOperator(tokens: PatternTokens): InnerOperator {
  if (tokens.next().type !== "name") tokens.refuse("Anything-But expression name not found");
  const { text } = tokens.current;
  switch (text) {
    case "equals-ignore-case":
    case "prefix":
    case "suffix":
    case "wildcard":
      return text;
    default:
      return tokens.refuse(`Unsupported anything-but pattern: ${text}`);
  }
}

function ofValues(tokens: PatternTokens, isList: boolean): AnythingBut {
  const texts: string[] = [];
  const numbers: Comparison[] = [];
  const read = (): void => {
    const { type, text } = tokens.current;
    if (type === "string") texts.push(text);
    else if (type === "number") numbers.push(comparableNumber(tokens, isList));
    else tokens.refuseInList("Inside anything but list, start|null|boolean is not supported.");
  };
  if (!isList) read();
  else while (tokens.next().type !== "]") read();
  if (texts.length > 0 === numbers.length > 0) {
    tokens.refuse(
      "Inside anything but list, either all values are number or string, mixed type is not supported",
    );
  }
  const refused = texts.length > 0 ? [isOneOfExactly(texts)] : numbers;
  return { comparison: anythingBut(refused), stars: 0 };
}

/** Unlike in a list of its own, an address here is only the text that it is. */
function isOneOfExactly(texts: readonly string[]): Comparison {
  const known = new Set(texts);
  return (value) => typeof value === "string" && known.has(value);
}

/** Observed in Event Ruler: a number that cannot be compared is refused, in a list with its place and outside of one without. */
function comparableNumber(tokens: PatternTokens, isList: boolean): Comparison {
  const number = tokens.number();
  const problem = incomparability(Number(number));
  if (problem === undefined) return isNumber(number);
  return isList ? tokens.refuse(problem) : refuseAnywhere(problem);
}

function refuseAnywhere(reason: string): never {
  throw new InvalidEventPattern(reason);
}

function ofTexts(tokens: PatternTokens, operator: InnerOperator, isList: boolean): AnythingBut {
  const texts: string[] = [];
  const read = (): void => {
    const { type, text } = tokens.current;
    const problem = type === "string" ? emptyAffix(operator, text) : notText[operator];
    if (problem !== undefined) {
      if (isList) tokens.refuseInList(problem);
      tokens.refuse(problem);
    }
    texts.push(text);
  };
  if (!isList) read();
  else while (tokens.next().type !== "]") read();
  if (operator !== "wildcard") {
    return { comparison: anythingBut(texts.map((text) => compare(operator, text))), stars: 0 };
  }
  const wildcards = texts.map((text) => wildcardOf(tokens, text));
  return {
    comparison: anythingBut(wildcards.map(isLike)),
    stars: wildcards.reduce((sum, wildcard) => sum + starsOf(wildcard), 0),
  };
}

const notText: { readonly [operator in InnerOperator]: string } = {
  "equals-ignore-case":
    "Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported.",
  prefix: "prefix/suffix match pattern must be a string",
  suffix: "prefix/suffix match pattern must be a string",
  wildcard: "wildcard match pattern must be a string",
};

function emptyAffix(operator: InnerOperator, text: string): string | undefined {
  const isAffix = operator === "prefix" || operator === "suffix";
  return isAffix && text === "" ? "Null prefix/suffix not allowed" : undefined;
}

function compare(operator: Exclude<InnerOperator, "wildcard">, text: string): Comparison {
  switch (operator) {
    case "prefix":
      return startsWith(text);
    case "suffix":
      return endsWith(text);
    case "equals-ignore-case":
      return ignoringCase(isOneOf([text.toLowerCase()]));
  }
}

function wildcardOf(tokens: PatternTokens, text: string): Wildcard {
  try {
    return parseWildcard(text);
  } catch (error) {
    if (error instanceof InvalidWildcard) tokens.refuse(error.message, true);
    throw error;
  }
}
