// `npm test`, and `npm run test:long` for what takes long: builds, checks types, then runs the suites. Other arguments go to the test runner.
import { spawnSync } from "node:child_process";
import { build } from "./build.mjs";

const [major] = process.versions.node.split(".").map(Number);
if (major < 22) {
  console.error(
    `The tests need the project's own Node; this is ${process.versions.node}. Run: npm test`,
  );
  process.exit(1);
}
build({ quiet: false });
const [first, ...others] = process.argv.slice(2);
const isLong = first === "--long";
const { status } = spawnSync(
  "npx",
  ["vitest", "run", ...(isLong ? others : process.argv.slice(2))],
  {
    stdio: "inherit",
    env: { ...process.env, STEPWELL_TESTS: isLong ? "long" : "short" },
  },
);
process.exit(status ?? 1);
