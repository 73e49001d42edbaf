// `npm run integrations`, the tests against moto, and `npm run tools`, those with the CDK, SAM, the AWS CLI and Terraform. Both fetch what
// is missing (moto into `.integrations`, the tools into the user's cache), and say in one line what is skipped where that cannot be had.
// Further arguments go to the test runner.
import { spawnSync } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { failure, npmPackages, pythonPackages } from "./fetched.mjs";

/** The version that the tests were written against. */
const moto = "moto[server,all]==5.2.5";

const root = join(import.meta.dirname, "..");
const tools = join(root, "test", "integrations", "tools", "fetched");

const [what, ...more] = process.argv.slice(2);
const { environment, files } = what === "tools" ? await forTools() : await forMoto();
if (Object.keys(environment).length === 0) process.exit(0);

const { status } = spawnSync("npx", ["vitest", "run", ...files, ...more], {
  stdio: "inherit",
  env: { ...process.env, STEPWELL_INTEGRATIONS: "1", ...environment },
});
process.exit(status ?? 1);

async function forMoto() {
  return {
    environment: found(await motoServer(), "STEPWELL_TEST_MOTO", "the tests against moto"),
    files: ["--exclude", "test/integrations/tools/**"],
  };
}

async function forTools() {
  const [npm, python] = await Promise.all([
    npmPackages(tools),
    pythonPackages(join(tools, "requirements.txt")),
  ]);
  return {
    environment: {
      ...found(npm, "STEPWELL_TEST_NPM_TOOLS", "the tests with the CDK"),
      ...found(python, "STEPWELL_TEST_PYTHON_TOOLS", "the tests with the AWS CLI and the SAM CLI"),
    },
    // The test runner takes several for all that match one of them.
    files: more.some((argument) => !argument.startsWith("-")) ? [] : ["test/integrations/tools"],
  };
}

function found({ folder, reason }, variable, tests) {
  if (reason === undefined) return { [variable]: folder };
  console.log(`skipped: ${tests}, which could not be had (${reason})`);
  return {};
}

async function motoServer() {
  const folder = join(root, ".integrations", "moto");
  const given = process.env.STEPWELL_TEST_MOTO;
  const program = given ?? join(folder, "bin", "moto_server");
  if (existsSync(program)) return { folder: program };
  if (given !== undefined) return { reason: `${program} is not there` };
  console.log(`installing ${moto} in .integrations/moto, once; this takes a minute or two …`);
  const pip = ["install", "--quiet", "--disable-pip-version-check", "--retries=1", "--timeout=30"];
  const reason =
    (await failure("python3", ["-m", "venv", folder], root)) ??
    (await failure(join(folder, "bin", "pip"), [...pip, moto], root));
  if (reason === undefined) return { folder: program };
  // Half an environment would be taken for a whole one the next time.
  rmSync(folder, { recursive: true, force: true });
  return { reason };
}
