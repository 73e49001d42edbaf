import type { PlantedBug } from "./planted-bugs.ts";
import { planOf } from "./plan.ts";
import { type Outcome, runPlan } from "./world.ts";

export interface Hunt {
  /** Schedules that were run. */
  readonly schedules: number;
  readonly steps: number;
  readonly executions: number;
  readonly calls: number;
  /** The first that broke a promise. */
  readonly found: Outcome | undefined;
}

/** Runs schedules from a seed on, until one breaks a promise. */
export async function hunt(seed: number, schedules: number, bug?: PlantedBug): Promise<Hunt> {
  let [steps, executions, calls] = [0, 0, 0];
  for (let index = 0; index < schedules; index++) {
    const outcome = await runPlan(planOf(seed + index), { bug });
    steps += outcome.steps;
    executions += outcome.executions;
    calls += outcome.calls;
    if (outcome.violation !== undefined) {
      return { schedules: index + 1, steps, executions, calls, found: outcome };
    }
  }
  return { schedules, steps, executions, calls, found: undefined };
}
