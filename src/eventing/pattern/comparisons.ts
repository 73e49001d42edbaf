import { type ExactNumber, isSameNumber } from "../../expression/exact-number.ts";
import { isJsonNumber, type JsonValue } from "../../expression/json.ts";
import { isInRange, type IpRange, parseIpAddress } from "./ip-address.ts";
import type { Comparison } from "./event-pattern.ts";
import { matchesWildcard, type Wildcard } from "./wildcard.ts";

/** A bound of a `numeric` comparison. */
export interface NumericBound {
  readonly operator: "=" | "<" | "<=" | ">" | ">=";
  readonly value: number;
}

/** *Documented*: numbers that can be compared are between -5.0e9 and 5.0e9, with six digits behind the point. */
const mostComparable = 5e9;
const comparableDigits = 1e6;

/** What is wrong with a number that cannot be compared, in the words of Event Ruler; `undefined` for one that can. */
export function incomparability(value: number): string | undefined {
  if (!(Math.abs(value) <= mostComparable)) {
    return "Value must be between -5.0E9 and 5.0E9, inclusive";
  }
  return Math.round(value * comparableDigits) / comparableDigits === value
    ? undefined
    : "Only values upto 6 decimals are supported";
}

/** Any value: `{ "exists": true }`. */
export const isThere: Comparison = () => true;

/** `true`, `false` or `null`. */
export function isLiteral(wanted: boolean | null): Comparison {
  return (value) => value === wanted;
}

/** One of these texts. An address of IP is the same however it is written (*observed* in Event Ruler). */
export function isOneOf(wanted: readonly string[]): Comparison {
  const texts = new Set(wanted);
  const addresses = wanted.flatMap((text) => parseIpAddress(text) ?? []);
  if (addresses.length === 0) return (value) => typeof value === "string" && texts.has(value);
  const known = new Set(addresses.map(({ bits, value }) => `${bits}/${value}`));
  return (value) => {
    if (typeof value !== "string") return false;
    if (texts.has(value)) return true;
    const address = parseIpAddress(value);
    return address !== undefined && known.has(`${address.bits}/${address.value}`);
  };
}

/** The same number, in whichever way it is written; integers of any length are told apart. */
export function isNumber(wanted: number | ExactNumber): Comparison {
  return (value) => isJsonNumber(value) && isSameNumber(value, wanted);
}

export function startsWith(prefix: string): Comparison {
  return (value) => typeof value === "string" && value.startsWith(prefix);
}

export function endsWith(suffix: string): Comparison {
  return (value) => typeof value === "string" && value.endsWith(suffix);
}

/** What holds for a text in lower case. `wanted` is made of one in lower case. */
export function ignoringCase(wanted: Comparison): Comparison {
  return (value) => typeof value === "string" && wanted(value.toLowerCase());
}

export function isLike(wildcard: Wildcard): Comparison {
  return (value) => typeof value === "string" && matchesWildcard(value, wildcard);
}

export function isInCidr(range: IpRange): Comparison {
  return (value) => {
    if (typeof value !== "string") return false;
    const address = parseIpAddress(value);
    return address !== undefined && isInRange(address, range);
  };
}

/** Within all bounds. A number of the event that cannot be compared is within none. */
export function isWithin(bounds: readonly NumericBound[]): Comparison {
  return (value) => {
    if (!isJsonNumber(value)) return false;
    const number = Number(value);
    return (
      incomparability(number) === undefined && bounds.every((bound) => isInBound(number, bound))
    );
  };
}

/** Any value, `null` too, for which none of these holds. */
export function anythingBut(refused: readonly Comparison[]): Comparison {
  return (value: JsonValue) => !refused.some((comparison) => comparison(value));
}

function isInBound(number: number, { operator, value }: NumericBound): boolean {
  switch (operator) {
    case "=":
      return number === value;
    case "<":
      return number < value;
    case "<=":
      return number <= value;
    case ">":
      return number > value;
    case ">=":
      return number >= value;
  }
}
