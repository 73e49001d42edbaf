import type { RandomSource, StepMeter } from "../evaluation.ts";
import { charactersPerStep } from "../steps.ts";
import { apply } from "./apply.ts";
import { boundError } from "./jsonata-error.ts";
import type { EvaluationLimits } from "./limits.ts";
import type { Value } from "./value.ts";

/** What one evaluation reads from outside. */
export interface RunEnvironment {
  /** The input document, `$$`. Undefined in Step Functions, which has none. */
  readonly document: Value;
  /** A variable that the expression does not bind itself. */
  readonly lookup: (name: string) => Value;
  readonly random: RandomSource;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** What the steps are charged to beside the evaluation itself. */
  readonly meter?: StepMeter | undefined;
}

/** One evaluation: its environment, and how much it may still do. */
export class Run {
  readonly environment: RunEnvironment;
  readonly limits: EvaluationLimits;
  /** How many evaluations the body that is evaluated is within: {@link maxDepth} bounds it. */
  depth = 0;
  readonly #granted: number;
  #steps: number;

  constructor(environment: RunEnvironment, limits: EvaluationLimits) {
    this.environment = environment;
    this.limits = limits;
    const { meter } = environment;
    this.#granted = meter === undefined ? limits.steps : Math.min(limits.steps, meter.left);
    this.#steps = this.#granted;
  }

  /** The evaluation is over, however it ended. */
  end(): void {
    this.environment.meter?.spend(this.#granted - Math.max(0, this.#steps));
  }

  /** Charges work before it is done. */
  spend(steps: number): void {
    if ((this.#steps -= steps) < 0) throw boundError("steps");
  }

  /** Charges an array of `length` items that is about to be made. */
  spendItems(length: number): void {
    if (length > this.limits.items) throw boundError("memory");
    this.spend(length / itemsPerStep);
  }

  /** Charges listing the names of an object. */
  spendNames(count: number): void {
    this.spend(count * stepsPerName);
  }

  /** Charges a string of `length` characters that is about to be made. */
  spendCharacters(length: number): void {
    if (length > this.limits.characters) throw boundError("memory");
    this.spend(length / charactersPerStep);
  }

  /** Charges looking for a text in a text: the engine may compare nearly all of it at each place. */
  spendSearch(length: number, soughtLength: number): void {
    const compared = soughtLength > shortText ? length * soughtLength : 0;
    this.spend(length / charactersPerStep + compared / comparisonsPerStep);
  }

  /** Charges reading JSON text. */
  spendParse(length: number): void {
    this.spend(stepsPerParse + length / parsedPerStep);
  }

  /** Charges comparing two texts, or two other values. */
  spendComparison(a: Value, b: Value): void {
    if (typeof a === "string" && typeof b === "string") {
      this.spend(Math.min(a.length, b.length) / charactersPerStep);
    }
  }

  /** An array grows by `added` items to `length`. */
  spendGrownItems(length: number, added: number): void {
    if (length > this.limits.items) throw boundError("memory");
    this.spend(added / itemsPerStep);
  }

  /** A text grows by `added` characters to `length`. */
  spendGrowth(length: number, added: number): void {
    if (length > this.limits.characters) throw boundError("memory");
    this.spend(added / charactersPerStep);
  }

  /**
   * A call begins, `depth` evaluations deep in its body. There is no `finally` to {@link leave}: an error
   * always ends the evaluation.
   */
  enter(depth: number): void {
    this.depth += depth;
    this.spend(stepsPerCall);
  }

  leave(depth: number): void {
    this.depth -= depth;
  }

  /** Calls a function from within a builtin: the caller has no context item, and is no evaluation. */
  call(callee: Value, args: readonly Value[]): Value {
    return apply(callee, args, null, this, undefined, 0);
  }
}

// Measured, generously, in steps of 100 ns.
const itemsPerStep = 4;
const stepsPerName = 4;
const comparisonsPerStep = 1000;
const stepsPerParse = 5;
const parsedPerStep = 8;
const shortText = 32;
const stepsPerCall = 2;
