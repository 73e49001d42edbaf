// `npm run integrations`: the tests against servers that nobody here wrote. Makes what is missing in `.integrations`
// (a Python environment with moto), and says in one line what is skipped where that cannot be had. Arguments go to the
// test runner.
import { spawnSync } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";

/** The version that the tests were written against. */
const moto = "moto[server,all]==5.2.5";

const folder = join(import.meta.dirname, "../.integrations/moto");
const program = process.env.STEPWELL_TEST_MOTO ?? join(folder, "bin/moto_server");

if (!existsSync(program)) {
  const reason = process.env.STEPWELL_TEST_MOTO ? `${program} is not there` : install();
  if (reason !== undefined) {
    console.log(`skipped: the tests against moto, which could not be had (${reason})`);
    process.exit(0);
  }
}
const { status } = spawnSync("npx", ["vitest", "run", ...process.argv.slice(2)], {
  stdio: "inherit",
  env: { ...process.env, STEPWELL_INTEGRATIONS: "1", STEPWELL_TEST_MOTO: program },
});
process.exit(status ?? 1);

/** Why moto could not be installed; `undefined` if it was. */
function install() {
  console.log(`installing ${moto} in .integrations/moto, once; this takes a minute or two …`);
  const reason =
    failure("python3", ["-m", "venv", folder]) ??
    failure(join(folder, "bin/pip"), [
      "install",
      "--quiet",
      "--disable-pip-version-check",
      "--retries=1",
      "--timeout=30",
      moto,
    ]);
  // Half an environment would be taken for a whole one the next time.
  if (reason !== undefined) rmSync(folder, { recursive: true, force: true });
  return reason;
}

function failure(command, args) {
  const { status, error, stderr } = spawnSync(command, args, { encoding: "utf8" });
  if (error !== undefined) return error.message;
  return status === 0 ? undefined : (stderr.trim().split("\n").at(-1) ?? `${command} failed`);
}
