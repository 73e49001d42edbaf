import type { StepMeter } from "../expression/evaluation.ts";
import { evaluationSteps } from "../expression/steps.ts";
import { stepsPerTurn } from "./limits.ts";

/**
 * The steps that expressions take in one turn. What a state does at once has as many for all its expressions as a single one may take.
 * *Our choice*: AWS bounds the time of each; a state with thousands of fields would hold the thread for minutes.
 */
export class TurnSteps implements StepMeter {
  #left = evaluationSteps;
  #spent = 0;

  get left(): number {
    return this.#left;
  }

  spend(steps: number): void {
    this.#left -= steps;
    this.#spent += steps;
  }

  /** What follows has steps of its own: it is another state's, or what a Catcher makes of a failure. */
  begin(): void {
    this.#left = evaluationSteps;
  }

  /** Whether others should get the thread before anything else is evaluated. */
  get areManySpent(): boolean {
    return this.#spent >= stepsPerTurn;
  }
}
