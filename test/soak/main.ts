// Kills a server with SIGKILL again and again while a ledger in this process starts executions and completes their
// tasks, then checks that nothing accepted is lost, nothing has finished twice and no attempt was called twice.
//
//   npm run soak                         50 kills, 20,000 executions
//   npm run soak -- --cycles 500         as many kills
//   npm run soak -- --executions 100000  as many executions
//   npm run soak -- --seed 7             the same choices again
import { parseArgs } from "node:util";
import { runSoak } from "./run-soak.ts";

const { values } = parseArgs({
  options: {
    cycles: { type: "string", default: "50" },
    executions: { type: "string", default: "20000" },
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
  },
});
const cycles = Number(values.cycles);
const executions = Number(values.executions);
const seed = Number(values.seed);
if (![cycles, executions, seed].every((value) => Number.isSafeInteger(value) && value >= 0)) {
  console.error("--cycles, --executions and --seed take whole numbers.");
  process.exit(2);
}

const began = performance.now();
console.log(`seed ${seed}: ${cycles} kills, ${executions} executions`);
const result = await runSoak({ cycles, executions, seed, log: console.log });
const seconds = ((performance.now() - began) / 1_000).toFixed(0);
console.log(
  `${result.executions} executions (children included): ${result.succeeded} succeeded, ${result.cut} failed because a kill cut an attempt that nobody retries; ` +
    `${result.events} events, ${result.calls} calls of functions, ${result.acceptedResults} results from outside; ${seconds} s`,
);
if (result.violations.length > 0) {
  for (const violation of result.violations.slice(0, 20)) console.log(`VIOLATION ${violation}`);
  console.log(
    `${result.violations.length} violations with seed ${seed}; evidence in ${result.folder}`,
  );
  process.exit(1);
}
console.log("Nothing was lost, nothing has finished twice, and no attempt was called twice.");
