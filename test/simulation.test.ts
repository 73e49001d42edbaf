import { expect, test } from "vitest";
import { hunt } from "../simulation/hunt.ts";
import { plantedBugs } from "../simulation/planted-bugs.ts";
import { planOf } from "../simulation/plan.ts";
import { runPlan } from "../simulation/world.ts";

/** More than each planted bug below is given to be found in. `npm run simulate -- --schedules 10000` runs as many as one likes. */
const schedules = 150;

test("no schedule of crashes, pauses and lost answers breaks a promise", async () => {
  const { found, executions, calls } = await hunt(1, schedules);
  expect(found === undefined ? [] : [found.plan.seed, found.violation?.message]).toEqual([]);
  expect(executions).toBeGreaterThan(4 * schedules);
  expect(calls).toBeGreaterThan(3 * schedules);
}, 600_000);

test("the same seed is the same schedule, to the last step", async () => {
  for (const seed of [3, 12, 71]) {
    const once = await runPlan(planOf(seed));
    const again = await runPlan(planOf(seed));
    expect([again.hash, again.steps]).toEqual([once.hash, once.steps]);
    expect((await runPlan(planOf(seed + 1))).hash).not.toBe(once.hash);
  }
}, 60_000);

/** Every ninth: all are looked for by `npm run simulate -- --bugs`. */
const sample = plantedBugs.filter((_, index) => index % 9 === 4);

test.each(sample)(
  "a planted bug is found: $name",
  async (bug) => {
    const { found } = await hunt(1, 100, bug);
    expect(found?.violation).toBeDefined();
  },
  60_000,
);
