import { ExactNumber } from "../exact-number.ts";
import { isFunction } from "./callable.ts";
import { isItems, type Value } from "./value.ts";

/**
 * How much of a value an error may quote, and how deep. *Our choice*: a cause has at most 32,768 characters, and data is nested a
 * thousand times at most; what an expression has made of it may have billions of characters, since the same can be in it again and again.
 */
const longestQuote = 32_768;
const deepestQuote = 1_000;

/** The JSON text of a value for an error, cut where it is very long. A function is an empty text. */
export function printedValue(value: Value): string {
  const quote: Quote = { parts: [], left: longestQuote };
  print(value, quote, 0);
  return quote.parts.join("").slice(0, longestQuote);
}

interface Quote {
  readonly parts: string[];
  /** Characters that there is still room for. */
  left: number;
}

function add(quote: Quote, text: string): void {
  quote.parts.push(text);
  quote.left -= text.length;
}

function print(value: Value, quote: Quote, depth: number): void {
  if (quote.left <= 0 || depth > deepestQuote) return;
  if (typeof value !== "object" || value === null || value instanceof ExactNumber) {
    add(quote, leaf(value, quote.left));
  } else if (isFunction(value)) add(quote, '""');
  else if (isItems(value)) printItems(value, quote, depth);
  else printMembers(Object.entries(value), quote, depth);
}

function leaf(value: Value, most: number): string {
  return String(JSON.stringify(typeof value === "string" ? value.slice(0, most) : value));
}

function printItems(items: readonly Value[], quote: Quote, depth: number): void {
  add(quote, "[");
  for (const [index, item] of items.entries()) {
    if (quote.left <= 0) return;
    if (index > 0) add(quote, ",");
    print(item === undefined ? null : item, quote, depth + 1);
  }
  add(quote, "]");
}

function printMembers(
  members: readonly (readonly [string, Value])[],
  quote: Quote,
  depth: number,
): void {
  add(quote, "{");
  const written = members.filter(([, value]) => value !== undefined);
  for (const [index, [name, value]] of written.entries()) {
    if (quote.left <= 0) return;
    if (index > 0) add(quote, ",");
    add(quote, `${leaf(name, quote.left)}:`);
    print(value, quote, depth + 1);
  }
  add(quote, "}");
}
