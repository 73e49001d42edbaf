import { numberOf } from "../exact-number.ts";
import { EvaluationError } from "../evaluation.ts";
import { isJsonArray, isJsonObject, type JsonValue } from "../json.ts";

type PathFunction = (name: string, target: JsonValue, given: readonly JsonValue[]) => JsonValue;

const functions: ReadonlyMap<string, PathFunction> = new Map<string, PathFunction>([
  ["length", (_name, target) => (isJsonArray(target) ? target.length : null)],
  ["size", (_name, target) => (isJsonArray(target) ? target.length : null)],
  ["keys", (_name, target) => (isJsonObject(target) ? Object.keys(target) : null)],
  ["first", (name, target) => item(name, target, 0)],
  ["last", (name, target) => item(name, target, -1)],
  ["index", (name, target, given) => item(name, target, wholeNumber(name, given))],
  ["min", aggregate((numbers) => numbers.reduce((least, next) => Math.min(least, next)))],
  ["max", aggregate((numbers) => numbers.reduce((most, next) => Math.max(most, next)))],
  ["sum", aggregate(sum)],
  ["avg", aggregate((numbers) => sum(numbers) / numbers.length)],
  ["stddev", aggregate(standardDeviation)],
  ["concat", concat],
  ["append", (_name, target, given) => (isJsonArray(target) ? [...target, ...given] : target)],
]);

/** Whether Jayway has a function of this name. */
export function isPathFunction(name: string): boolean {
  return functions.has(name);
}

/** What the path's function `name` gives for a node. A missing argument is left out of `given`. */
export function callPathFunction(
  name: string,
  target: JsonValue,
  given: readonly JsonValue[],
): JsonValue {
  const run = functions.get(name) as PathFunction;
  return run(name, target, given);
}

function aggregate(combine: (numbers: readonly number[]) => number): PathFunction {
  return (_name, target, given) => {
    const numbers = (isJsonArray(target) ? target : [])
      .concat(given.flat() as JsonValue[])
      .flatMap((value) => numberOf(value) ?? []);
    if (numbers.length === 0) {
      throw problem("Aggregation function attempted to calculate value using empty array");
    }
    return combine(numbers);
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, next) => total + next, 0);
}

function standardDeviation(numbers: readonly number[]): number {
  const mean = sum(numbers) / numbers.length;
  const squares = sum(numbers.map((number) => number * number));
  return Math.sqrt(Math.max(0, squares / numbers.length - mean * mean));
}

function concat(_name: string, target: JsonValue, given: readonly JsonValue[]): JsonValue {
  const pieces = [...(isJsonArray(target) ? target : []), ...given.flat()];
  return pieces.filter((piece) => typeof piece === "string").join("");
}

function item(name: string, target: JsonValue, index: number): JsonValue {
  const found = isJsonArray(target) ? target.at(index) : undefined;
  if (found === undefined) throw problem(`Function ${name}() needs an array that has the element`);
  return found;
}

function wholeNumber(name: string, given: readonly JsonValue[]): number {
  const [index] = given;
  const number = numberOf(index);
  if (!Number.isInteger(number)) throw problem(`Function ${name}() needs a whole number`);
  return number as number;
}

function problem(message: string): EvaluationError {
  return new EvaluationError("States.Runtime", message);
}
