import { parseArgs } from "node:util";
import { setFlagsFromString } from "node:v8";
import type { FuzzTarget } from "./fuzz-target.ts";
import { fuzzTargets } from "./fuzz-targets.ts";

/**
 * `npm run fuzz -- --minutes N [--only NAME] [--seed S]`: all targets in turn, with other inputs each time.
 * `--cases N` instead of minutes: that many for each.
 */
const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "1" },
    cases: { type: "string" },
    only: { type: "string" },
    seed: { type: "string" },
  },
});

/** Our choices: how long each target has its turn, and what the heap may have more at the end than after the first round. */
const turnMs = 10_000;
const mostGrowthMb = 64;

const until = Date.now() + Number(values.minutes) * 60_000;
const chosen = fuzzTargets.filter(({ name }) => values.only === undefined || name === values.only);
let seed = Number(values.seed ?? Date.now() % 2_147_483_647);
const given = new Map<string, number>();
const found: string[] = [];
const heaps: number[] = [];

for (const happening of ["unhandledRejection", "uncaughtException"] as const) {
  process.on(happening, (thrown: unknown) => {
    found.push(happening);
    process.stdout.write(`${happening}: ${String((thrown as Error)?.stack ?? thrown)}\n`);
  });
}

setFlagsFromString("--expose-gc");

if (chosen.length === 0) throw new Error(`There is no '${values.only}'`);
do {
  for (const target of chosen) await turn(target);
  globalThis.gc?.();
  heaps.push(process.memoryUsage().heapUsed / 1_048_576);
} while (Date.now() < until && values.cases === undefined);
const growth = (heaps.at(-1) ?? 0) - (heaps[0] ?? 0);
for (const [name, cases] of given) process.stdout.write(`${name}: ${cases} inputs\n`);
process.stdout.write(
  `${found.length} findings; the heap after each round: ${heaps.map(Math.round).join(", ")} MB\n`,
);
process.exitCode = found.length > 0 || growth > mostGrowthMb ? 1 : 0;

/** Gives the target inputs until its turn is over, or one is found that it should not mind. */
async function turn(target: FuzzTarget): Promise<void> {
  const open = await target.open();
  const { cases, finding } = await open.check({
    seed: ++seed,
    ...(values.cases === undefined
      ? { milliseconds: Math.min(turnMs, Math.max(1, until - Date.now())) }
      : { cases: Number(values.cases) }),
  });
  given.set(target.name, (given.get(target.name) ?? 0) + cases);
  if (finding !== undefined) {
    found.push(target.name);
    process.stdout.write(`${target.name}, ${finding}\n`);
  }
  await open.close();
}
