// Runs the real engine and the real cluster under a seeded scheduler, a virtual clock, and a database and a network that
// fail as theirs do; one process, one thread, the same seed the same run.
//
//   npm run simulate                                   500 schedules from seed 1 on
//   npm run simulate -- --schedules 10000 --seed 7
//   npm run simulate -- --seed 7 --trace               one schedule, and all that happens in it
//   npm run simulate -- --bugs                         whether each planted bug is found
//   npm run simulate -- --seed 7 --bug "name"          one schedule with a planted bug
//
// A schedule that breaks a promise is made smaller; what is printed runs the smaller one again.
import { parseArgs } from "node:util";
import { hunt } from "./hunt.ts";
import { plantedBugs } from "./planted-bugs.ts";
import { planOf } from "./plan.ts";
import { type LeftOut, optionsOf, shrink, without } from "./shrink.ts";
import { type Outcome, runPlan } from "./world.ts";

const { values } = parseArgs({
  options: {
    schedules: { type: "string" },
    seed: { type: "string", default: "1" },
    trace: { type: "boolean", default: false },
    bugs: { type: "boolean", default: false },
    bug: { type: "string" },
    "without-faults": { type: "string", default: "" },
    "without-actions": { type: "string", default: "" },
    "without-noise": { type: "string", default: "" },
  },
});
const seed = Number(values.seed);
const bug = plantedBugs.find(({ name }) => name === values.bug);
if (!Number.isInteger(seed) || (values.bug !== undefined && bug === undefined)) {
  console.error(
    bug === undefined && values.bug !== undefined
      ? `There is no planted bug of that name; there are:\n${plantedBugs.map(({ name }) => `  ${name}`).join("\n")}`
      : "--seed is not a whole number.",
  );
  process.exit(2);
}
const leftOut: LeftOut = {
  faults: listOf(values["without-faults"]).map(Number),
  actions: listOf(values["without-actions"]).map(Number),
  noise: listOf(values["without-noise"]),
};
const isOne = values.trace || values.bug !== undefined || optionsOf(leftOut) !== "";

if (values.bugs) await findBugs(Number(values.schedules ?? 2_000));
else if (isOne && values.schedules === undefined) await runOne();
else await runMany(Number(values.schedules ?? 500));

async function runOne(): Promise<void> {
  const plan = without(planOf(seed), leftOut);
  const outcome = await runPlan(plan, { isTold: values.trace, bug });
  if (values.trace) {
    const { machines, ...rest } = plan;
    console.log(JSON.stringify(rest, undefined, 1));
    for (const { name, definition } of machines) console.log(`${name}: ${definition}`);
    for (const line of outcome.lines) console.log(line);
  }
  const { hash, steps, executions, calls, violation } = outcome;
  console.log(
    `seed ${seed}: trace ${hash}, ${steps} steps, ${executions} executions, ${calls} calls`,
  );
  if (violation === undefined) return;
  console.log(violation.message);
  process.exitCode = 1;
}

async function runMany(schedules: number): Promise<void> {
  const begun = performance.now();
  const { found, ...done } = await hunt(seed, schedules, bug);
  const seconds = (performance.now() - begun) / 1_000;
  console.log(
    `${done.schedules} schedules, ${done.steps} steps, ${done.executions} executions, ${done.calls} calls of functions in ${seconds.toFixed(1)} s (${(done.schedules / seconds).toFixed(0)}/s)`,
  );
  if (found === undefined) {
    console.log("no promise was broken");
    return;
  }
  await tell(found);
  process.exitCode = 1;
}

/** Tells what was broken, by as small a schedule as there is. */
async function tell(found: Outcome): Promise<void> {
  const { plan } = found;
  console.log(`\nseed ${plan.seed} breaks a promise: ${found.violation?.message ?? ""}`);
  const smaller = await shrink(plan, found, { bug });
  const planted = bug === undefined ? "" : ` --bug "${bug.name}"`;
  console.log(`smaller: ${smaller.outcome.violation?.message ?? ""}`);
  console.log(
    `  npm run simulate -- --seed ${plan.seed}${optionsOf(smaller.leftOut)}${planted} --trace`,
  );
}

async function findBugs(most: number): Promise<void> {
  const missed: string[] = [];
  for (const planted of plantedBugs) {
    const begun = performance.now();
    const { schedules, found } = await hunt(seed, most, planted);
    const seconds = ((performance.now() - begun) / 1_000).toFixed(1);
    if (found === undefined) missed.push(planted.name);
    const how =
      found === undefined
        ? `NOT FOUND in ${schedules} schedules`
        : `schedule ${schedules}: ${found.violation?.invariant ?? ""}`;
    console.log(`${planted.name.padEnd(58)} ${how} (${seconds} s)`);
  }
  const found = plantedBugs.length - missed.length;
  console.log(`\n${found} of ${plantedBugs.length} planted bugs were found`);
  if (missed.length > 0) process.exitCode = 1;
}

function listOf(text: string): string[] {
  return text === "" ? [] : text.split(",");
}
