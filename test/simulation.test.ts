import { expect, test } from "vitest";
import { hunt } from "../simulation/hunt.ts";
import { plantedBugs } from "../simulation/planted-bugs.ts";
import { planOf } from "../simulation/plan.ts";
import { runPlan } from "../simulation/world.ts";

/** `npm run simulate` runs more of them, and looks for each planted bug. */
const schedules = 200;

test("no schedule of crashes, pauses and lost answers breaks a promise", async () => {
  const { found, executions, calls } = await hunt(1, schedules);
  expect(found === undefined ? [] : [found.plan.seed, found.violation?.message]).toEqual([]);
  expect(executions).toBeGreaterThan(4 * schedules);
  expect(calls).toBeGreaterThan(3 * schedules);
}, 180_000);

test("the same seed is the same schedule, to the last step", async () => {
  for (const seed of [3, 12, 71]) {
    const once = await runPlan(planOf(seed));
    const again = await runPlan(planOf(seed));
    expect([again.hash, again.steps]).toEqual([once.hash, once.steps]);
    expect((await runPlan(planOf(seed + 1))).hash).not.toBe(once.hash);
  }
}, 60_000);

test.each(["the fence is not checked", "effects do not wait for their commit"])(
  "a planted bug is found: %s",
  async (name) => {
    const bug = plantedBugs.find((each) => each.name === name);
    if (bug === undefined) throw new Error("there is no such bug");
    const { found } = await hunt(1, 50, bug);
    expect(found?.violation).toBeDefined();
  },
  60_000,
);
