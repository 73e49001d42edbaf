import { EvaluationError, type EvaluationScope } from "./evaluation.ts";
import {
  isJsonArray,
  isJsonObject,
  type JsonArray,
  type JsonObject,
  type JsonValue,
} from "./json.ts";

/**
 * Steps that the expressions of a state may take, and that one may take by itself. *Our choice*: 20 to 50 ms of work, whatever the work is,
 * and below 100 ms on a core that is half as fast.
 */
export const evaluationSteps = 750_000;

/** Characters that are read, copied or written in one step. Measured, generously. */
export const charactersPerStep = 32;

/** Looking at a value and writing it. Measured. */
const stepsPerValue = 0.5;

/** Values of one document up to which what is selected for them is not weighed: sixteen times 256 KiB are written in 50 ms at most. */
export const fewSelected = 16;

/** Charges work of JSONPath or an intrinsic function before it is done. Throws `States.Runtime` where there are no steps left for it. */
export function charge({ steps: meter }: EvaluationScope, steps: number): void {
  if (meter === undefined) return;
  meter.spend(steps);
  if (meter.left < 0) throw outOfSteps();
}

/** {@link charge} for going through values and writing them. */
export function chargeValues(scope: EvaluationScope, ...values: readonly JsonValue[]): void {
  if (scope.steps === undefined) return;
  for (const value of values) charge(scope, weight(value, scope.steps.left));
}

/** *Our choice*: AWS bounds JSONata alone by its time, and ends what takes longer with another error. */
export function outOfSteps(): EvaluationError {
  return new EvaluationError(
    "States.Runtime",
    `The expressions of the state take more than ${evaluationSteps} steps`,
  );
}

/** The steps of going through a value and writing it; more than `most` if it takes more, however much that is. */
export function weight(value: JsonValue, most: number): number {
  if (typeof value === "string") return stepsPerValue + value.length / charactersPerStep;
  if (!isJsonArray(value) && !isJsonObject(value)) return stepsPerValue;
  return most - left(value, most);
}

/** What is left of so many steps after an array or object. Plain values in it are counted without a call: most are. */
function left(value: JsonArray | JsonObject, given: number): number {
  let steps = given - stepsPerValue;
  if (isJsonArray(value)) {
    for (let index = 0; index < value.length && steps >= 0; index++) {
      const item = value[index] as JsonValue;
      if (typeof item === "string") steps -= stepsPerValue + item.length / charactersPerStep;
      else if (isJsonArray(item) || isJsonObject(item)) steps = left(item, steps);
      else steps -= stepsPerValue;
    }
    return steps;
  }
  for (const name in value) {
    if (steps < 0) break;
    const item = value[name] as JsonValue;
    steps -= stepsPerValue + name.length / charactersPerStep;
    if (typeof item === "string") steps -= stepsPerValue + item.length / charactersPerStep;
    else if (isJsonArray(item) || isJsonObject(item)) steps = left(item, steps);
    else steps -= stepsPerValue;
  }
  return steps;
}
