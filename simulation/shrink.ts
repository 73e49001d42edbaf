import type { Plan } from "./plan.ts";
import { type Outcome, type RunOptions, runPlan } from "./world.ts";

/** Parts of a schedule that are left out, as they are written on the command line. */
export interface LeftOut {
  /** By their places in the plan. */
  readonly faults: readonly number[];
  readonly actions: readonly number[];
  /** `commits`, `store`, `network`. */
  readonly noise: readonly string[];
}

export const nothingLeftOut: LeftOut = { faults: [], actions: [], noise: [] };

/** The plan without some of its parts. */
export function without(plan: Plan, { faults, actions, noise }: LeftOut): Plan {
  return {
    ...plan,
    faults: plan.faults.filter((_, index) => !faults.includes(index)),
    actions: plan.actions.filter((_, index) => !actions.includes(index)),
    noise: {
      commits: noise.includes("commits") ? 0 : plan.noise.commits,
      store: noise.includes("store") ? 0 : plan.noise.store,
      network: noise.includes("network") ? 0 : plan.noise.network,
    },
  };
}

/** Leaves out, one after the other, whatever a schedule breaks the same promise without. */
export async function shrink(
  plan: Plan,
  found: Outcome,
  options: RunOptions,
): Promise<{ readonly leftOut: LeftOut; readonly outcome: Outcome }> {
  let leftOut = nothingLeftOut;
  let outcome = found;
  const tryWithout = async (more: Partial<LeftOut>): Promise<void> => {
    const next = {
      faults: [...leftOut.faults, ...(more.faults ?? [])],
      actions: [...leftOut.actions, ...(more.actions ?? [])],
      noise: [...leftOut.noise, ...(more.noise ?? [])],
    };
    const tried = await runPlan(without(plan, next), options);
    if (tried.violation?.invariant !== found.violation?.invariant) return;
    leftOut = next;
    outcome = tried;
  };
  for (const kind of ["commits", "store", "network"]) await tryWithout({ noise: [kind] });
  for (const index of plan.faults.keys()) await tryWithout({ faults: [index] });
  for (const index of [...plan.actions.keys()].reverse()) await tryWithout({ actions: [index] });
  return { leftOut, outcome };
}

/** The options that leave the same out. */
export function optionsOf({ faults, actions, noise }: LeftOut): string {
  const options = [
    ["--without-faults", faults],
    ["--without-actions", actions],
    ["--without-noise", noise],
  ] as const;
  return options
    .filter(([, left]) => left.length > 0)
    .map(([name, left]) => ` ${name} ${left.join(",")}`)
    .join("");
}
