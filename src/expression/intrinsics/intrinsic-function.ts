import type { EvaluationScope } from "../evaluation.ts";
import { numberOf } from "../exact-number.ts";
import { isJsonArray, type JsonArray, type JsonValue } from "../json.ts";
import { InvalidArguments } from "./intrinsic-error.ts";

/** One function of the `States.` family. */
export interface IntrinsicFunction {
  readonly minimumArguments: number;
  readonly maximumArguments: number;
  /** Throws {@link InvalidArguments} where a value does not suit. */
  run(given: readonly JsonValue[], scope: EvaluationScope): JsonValue;
}

/** A function with a fixed number of arguments. */
export function fixed(count: number, run: IntrinsicFunction["run"]): IntrinsicFunction {
  return { minimumArguments: count, maximumArguments: count, run };
}

export function arrayArgument(value: JsonValue | undefined): JsonArray {
  if (!isJsonArray(value)) throw new InvalidArguments("an array is expected");
  return value;
}

export function stringArgument(value: JsonValue | undefined): string {
  if (typeof value !== "string") throw new InvalidArguments("a string is expected");
  return value;
}

/**
 * A whole number. *Observed*: the array functions and MathRandom cut the fraction off, although the
 * guide says that they round.
 */
export function integerArgument(value: JsonValue | undefined): number {
  // Adding zero makes a zero of minus zero.
  return Math.trunc(numberArgument(value)) + 0;
}

export function numberArgument(value: JsonValue | undefined): number {
  const number = numberOf(value);
  if (number === undefined) throw new InvalidArguments("a number is expected");
  return number;
}

/** *Documented*: the limit of Base64Encode, Base64Decode and Hash. */
export const maximumCharacters = 10_000;

export function limitedString(text: string): string {
  if (text.length > maximumCharacters) {
    throw new InvalidArguments(`more than ${maximumCharacters} characters`);
  }
  return text;
}
