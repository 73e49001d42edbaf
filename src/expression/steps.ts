import { ExactNumber } from "./exact-number.ts";
import { EvaluationError, type EvaluationScope } from "./evaluation.ts";
import { isJsonArray, type JsonValue } from "./json.ts";

/**
 * Steps that the expressions of a state may take, and that one may take by itself. *Our choice*: 20 to 50 ms of work, whatever the work is,
 * and below 100 ms on a core that is half as fast.
 */
export const evaluationSteps = 750_000;

/** Characters that are read, copied or written in one step. Measured, generously. */
export const charactersPerStep = 32;

/** Looking at a value and writing it. Measured. */
const stepsPerValue = 0.5;

/** Expressions of one document up to which what they select is not weighed: all of it together is written in some milliseconds. */
export const fewExpressions = 8;

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
  if (typeof value !== "object" || value === null || value instanceof ExactNumber) {
    return stepsPerValue;
  }
  let sum = stepsPerValue;
  if (isJsonArray(value)) {
    for (let index = 0; index < value.length && sum <= most; index++) {
      sum += weight(value[index] as JsonValue, most - sum);
    }
    return sum;
  }
  for (const name in value) {
    if (sum > most) break;
    sum += stepsPerValue + name.length / charactersPerStep;
    sum += weight(value[name] as JsonValue, most - sum);
  }
  return sum;
}
