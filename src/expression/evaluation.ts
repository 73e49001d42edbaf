import type { JsonObject, JsonValue } from "./json.ts";

/** Where an expression's variables come from. Values are those at the entry of the state. */
export interface VariableScope {
  /** The variable's value, or `undefined` if no scope has it. */
  lookup(name: string): JsonValue | undefined;
}

/** Randomness drawn from the activation's seed: the same seed gives the same sequence. */
export interface RandomSource {
  /** Uniform in [0, 1). */
  next(): number;
  /** A version 4 UUID in lower case. */
  uuid(): string;
}

/** Counts the steps of expressions that are evaluated as one: many of them hold the thread no longer than one may. */
export interface StepMeter {
  /** Steps that the next expression may take. */
  readonly left: number;
  spend(steps: number): void;
}

/** What every expression can see beside its own input. */
export interface EvaluationScope {
  /** Shared with other expressions; without it each has all the steps to itself. */
  readonly steps?: StepMeter;
  /** The context object: `$$` in JSONPath, `$states.context` in JSONata. */
  readonly context: JsonObject;
  readonly variables: VariableScope;
  readonly random: RandomSource;
  /** Time of the activation, in milliseconds since the epoch. */
  readonly now: number;
}

/** What JSONata sees as `$states`; members that are absent are undefined in the expression. */
export interface StatesVariable {
  readonly input: JsonValue;
  readonly result?: JsonValue;
  readonly errorOutput?: JsonValue;
}

/**
 * An expression could not be evaluated. The state boundary turns it into an ASL failure in one place, where
 * the prefix "An error occurred while executing the state …" is put before the message.
 */
export class EvaluationError extends Error {
  override readonly name = "EvaluationError";
  /** The ASL error name, `States.Runtime` or `States.QueryEvaluationError` and the like. */
  readonly errorName: string;
  /** The field that JSONata failed in (`Output/result`); it makes an `EvaluationFailed` event. */
  readonly location: string | undefined;

  constructor(errorName: string, message: string, location?: string) {
    super(message);
    this.errorName = errorName;
    this.location = location;
  }
}

/** Characters of an expression's text, by their indexes; the end is not part of it. */
export interface TextPlace {
  readonly from: number;
  readonly to: number;
}

/** An expression's text is not of its language. The validator turns it into a diagnostic. */
export class ExpressionSyntaxError extends Error {
  override readonly name = "ExpressionSyntaxError";
  /** Where it stops being one, if the parser says so; for people who write it, as AWS's diagnostics have no such place. */
  readonly place: TextPlace | undefined;

  constructor(message: string, place?: TextPlace) {
    super(message);
    this.place = place;
  }
}
