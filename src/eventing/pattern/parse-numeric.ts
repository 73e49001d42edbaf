import { incomparability, isWithin, type NumericBound } from "./comparisons.ts";
import type { Comparison } from "./event-pattern.ts";
import type { PatternTokens } from "./pattern-tokens.ts";

/** Reads the list of `"numeric": [">", 0, "<=", 5]`, and the end of the object that it stands in. */
export function parseNumeric(tokens: PatternTokens): Comparison {
  if (tokens.next().type !== "[") tokens.refuse("Value of numeric must be an array.");
  const bounds = parseBounds(tokens);
  if (tokens.next().type !== "}") tokens.refuse(tooMany);
  return isWithin(bounds);
}

const tooMany = "Too many elements in numeric expression";

/** One bound, or a lower one and then an upper one. */
function parseBounds(tokens: PatternTokens): readonly NumericBound[] {
  const { type, text } = tokens.next();
  if (type !== "string") tokens.refuse(`Invalid member in numeric match: ${text}`, true);
  switch (text) {
    case "=":
    case "<":
    case "<=": {
      const bound = { operator: text, value: boundOf(tokens, text === "=" ? "equals" : text) };
      if (tokens.next().type !== "]") tokens.refuse(tooMany);
      return [bound];
    }
    case ">":
    case ">=": {
      const bound = { operator: text, value: boundOf(tokens, text) };
      return tokens.next().type === "]" ? [bound] : [bound, upperBound(tokens, bound)];
    }
    default:
      tokens.next();
      return tokens.refuse(`Unrecognized numeric range operator: ${text}`);
  }
}

function upperBound(tokens: PatternTokens, lower: NumericBound): NumericBound {
  const { type, text } = tokens.current;
  if (type !== "string") tokens.refuse(`Bad value in numeric range: ${text}`, true);
  if (text !== "<" && text !== "<=") {
    return tokens.refuse(`Bad numeric range operator: ${text}`, true);
  }
  const value = boundOf(tokens, text);
  if (tokens.next().type !== "]") tokens.refuse("Too many terms in numeric range expression");
  if (!(lower.value < value)) tokens.refuse("Bottom must be less than top");
  return { operator: text, value };
}

function boundOf(tokens: PatternTokens, operator: string): number {
  if (tokens.next().type !== "number") tokens.refuse(`Value of ${operator} must be numeric`);
  const value = Number(tokens.number());
  const problem = incomparability(value);
  return problem === undefined ? value : tokens.refuse(problem);
}
