// Kills a server with SIGKILL again and again in the middle of its work, then checks that nothing accepted is lost,
// nothing has finished twice and no attempt was called twice. Three soaks, each on a data directory of its own:
//
//   executions  a ledger starts executions and completes their tasks
//   map-runs    distributed Maps run, are stopped and are redriven
//   redrives    executions that fail are redriven until they succeed
//
// A fourth is only run when it is asked for: a server under steady load with a console open, which must not grow.
//
//   npm run soak -- --only leaks --minutes 60 --executions 500000
//
//   npm run soak                         all: 50 kills and 20,000 executions, 50,000 items, 2,000 redriven executions
//   npm run soak -- --only map-runs      one of them, or several with commas between
//   npm run soak -- --cycles 500         as many kills of the first
//   npm run soak -- --executions 100000  as many executions in the first
//   npm run soak -- --items 100000       as many items in the longest of the Map Runs
//   npm run soak -- --redriven 10000     as many executions in the last
//   npm run soak -- --seed 7             the same choices again
//
// With --cluster it is three nodes on a PostgreSQL instead, and faults one after another: nodes killed, paused, renewed,
// cut off from the database in five ways, and from each other; and the database killed.
//
//   npm run soak -- --cluster                      all faults, again and again for ten minutes
//   npm run soak -- --cluster --minutes 60         for so long
//   npm run soak -- --cluster --faults kill,pause  only these
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { clusterMain } from "./cluster/cluster-main.ts";
import { faults } from "./cluster/faults.ts";
import { megabytes } from "./flatness.ts";
import { runLeakSoak } from "./leak-soak.ts";
import { runMapRunSoak } from "./map-run-soak.ts";
import { runRedriveSoak } from "./redrive-soak.ts";
import { runSoak } from "./run-soak.ts";
import type { Findings } from "./victim.ts";

const { values } = parseArgs({
  options: {
    only: { type: "string" },
    cycles: { type: "string", default: "50" },
    executions: { type: "string", default: "20000" },
    items: { type: "string", default: "50000" },
    redriven: { type: "string", default: "2000" },
    cluster: { type: "boolean", default: false },
    minutes: { type: "string", default: "10" },
    faults: { type: "string", default: Object.keys(faults).join(",") },
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
  },
});
const soaks = ["executions", "map-runs", "redrives", "leaks"] as const;
type Soak = (typeof soaks)[number];
const cycles = Number(values.cycles);
const executions = Number(values.executions);
const items = Number(values.items);
const redriven = Number(values.redriven);
const seed = Number(values.seed);
const minutes = Number(values.minutes);
const numbers = [cycles, executions, items, redriven, minutes, seed];
if (!numbers.every((value) => Number.isSafeInteger(value) && value >= 0)) {
  console.error(
    "--cycles, --executions, --items, --redriven, --minutes and --seed take whole numbers.",
  );
  process.exit(2);
}
const only = values.only?.split(",");
const unknown = only?.find((name) => !(soaks as readonly string[]).includes(name));
if (unknown !== undefined) {
  console.error(`There is no soak ${unknown}; there are ${soaks.join(", ")}.`);
  process.exit(2);
}
const faultNames = values.faults.split(",");
const unknownFault = faultNames.find((name) => !Object.hasOwn(faults, name));
if (unknownFault !== undefined) {
  console.error(`There is no fault ${unknownFault}; there are ${Object.keys(faults).join(", ")}.`);
  process.exit(2);
}
if (values.cluster || only?.includes("leaks") === true) {
  // These servers are started as an operator starts them: from what is built.
  const build = join(import.meta.dirname, "../../scripts/build.mjs");
  if (spawnSync(process.execPath, [build], { stdio: "inherit" }).status !== 0) process.exit(1);
}
if (values.cluster) {
  process.exit(await clusterMain({ minutes, seed, faults: faultNames }));
}

/** Kills during each Map Run. A redrive's executions are few enough for one kill every other hundred. */
const killsOfMapRun = 6;
const redrivenForKill = 100;
const log = console.log;
let found = 0;

/** Runs one soak, if it is wanted, and says what came of it. */
async function soak<T extends Findings>(
  name: Soak,
  run: () => Promise<T>,
  summary: (result: T) => string,
): Promise<void> {
  const isWanted = only === undefined ? name !== "leaks" : only.includes(name);
  if (!isWanted) return;
  const began = performance.now();
  log(`${name}: seed ${seed}`);
  const result = await run();
  const { violations, folder } = result;
  log(`${name}: ${summary(result)}; ${((performance.now() - began) / 1_000).toFixed(0)} s`);
  for (const violation of violations.slice(0, 20)) log(`VIOLATION ${violation}`);
  if (violations.length === 0) return;
  log(`${violations.length} violations with seed ${seed}; evidence in ${folder}`);
  found += violations.length;
}

await soak(
  "executions",
  () => runSoak({ cycles, executions, seed, log }),
  (result) =>
    `${cycles} kills; ${result.executions} executions (children included): ${result.succeeded} succeeded, ` +
    `${result.cut} failed because a kill cut an attempt that nobody retries; ${result.events} events, ` +
    `${result.calls} calls of functions, ${result.acceptedResults} results from outside`,
);
await soak(
  "map-runs",
  () => runMapRunSoak({ items, kills: killsOfMapRun, seed, log }),
  (result) =>
    `${result.kills} kills; ${result.items} items, ${result.calls} calls of the function, ${result.redrives} redrives; ` +
    `${result.cut} times a child failed because a kill cut its attempt, and was redriven`,
);
await soak(
  "redrives",
  () =>
    runRedriveSoak({
      executions: redriven,
      kills: Math.ceil(redriven / redrivenForKill),
      seed,
      log,
    }),
  (result) =>
    `${result.kills} kills; ${result.executions} executions with ${result.answered} redrives that were answered and ` +
    `${result.lost} whose answer was lost; ${result.events} events`,
);
await soak(
  "leaks",
  () => runLeakSoak({ minutes, executions, seed, log }),
  ({ censuses, executions: ran }) => {
    const [first, last] = [censuses[Math.floor(censuses.length / 3)], censuses.at(-1)];
    return `${ran} executions in ${minutes} minutes; heap ${megabytes(first?.heap ?? 0)} after a third of them, ${megabytes(last?.heap ?? 0)} at the end`;
  },
);
if (found > 0) process.exit(1);
log(
  values.only === "leaks"
    ? "Nothing has grown."
    : "Nothing was lost, nothing has finished twice, and no attempt was called twice.",
);
