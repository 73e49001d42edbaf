// `npm test`: builds, checks types, then runs every suite. Arguments go to the test runner.
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
const { status } = spawnSync("npx", ["vitest", "run", ...process.argv.slice(2)], {
  stdio: "inherit",
});
process.exit(status ?? 1);
