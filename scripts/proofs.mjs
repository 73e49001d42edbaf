// What `npm test` does a share of, as often as the promises say it: `npm run proofs`. A hundred thousand changed requests, a million forged
// tokens and links, a thousand races for one answer.
import { spawnSync } from "node:child_process";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");
const runs = [
  [
    "npx",
    "vitest",
    "run",
    "test/iam/mutated-signatures.test.ts",
    "test/api/double-answers.test.ts",
  ],
  ["node", "test/fuzz/main.ts", "--only", "tokens and links", "--cases", "1000000"],
];
const env = { ...process.env, STEPWELL_MUTATIONS: "100000", STEPWELL_RACES: "1000" };
for (const [command, ...given] of runs) {
  const { status } = spawnSync(command, given, { cwd: root, env, stdio: "inherit" });
  if (status !== 0) process.exitCode = 1;
}
