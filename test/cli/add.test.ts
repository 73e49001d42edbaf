import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { fittingVersion } from "../../src/cli/client-folder.ts";
import { stepwell, temporaryFolder } from "./stepwell.ts";

/** Stands in for npm: knows one package, notes how it is called, and writes what npm would. */
const npm = `
const { appendFileSync, mkdirSync, rmSync, writeFileSync, readFileSync } = require("node:fs");
const args = process.argv.slice(2);
appendFileSync(process.env.NPM_CALLS, JSON.stringify(args) + "\\n");
const name = "@aws-sdk/client-rekognition";
if (args[0] === "view" && args[1] !== name) {
  process.stderr.write("npm error code E404\\nnpm error 404 Not Found\\n");
  process.exit(1);
}
if (args[0] === "view") console.log(JSON.stringify(["3.1.0", "3.2.0", "9.0.0"]));
const folder = "node_modules/" + name;
const described = JSON.parse(args[0] === "view" ? "{}" : readFileSync("package.json", "utf8"));
if (args[0] === "install") {
  const version = args.at(-1).split("@").at(-1);
  mkdirSync(folder, { recursive: true });
  writeFileSync(folder + "/package.json", JSON.stringify({ name, version, main: "index.js" }));
  writeFileSync(folder + "/index.js", "exports.RekognitionClient = class {}; exports.DetectLabelsCommand = class {};");
  const packages = { ["node_modules/" + name]: { version }, "node_modules/tslib": { version: "2.0.0" } };
  writeFileSync("node_modules/.package-lock.json", JSON.stringify({ packages }));
  writeFileSync("package.json", JSON.stringify({ ...described, dependencies: { [name]: version } }));
}
if (args[0] === "uninstall") {
  rmSync(folder, { recursive: true });
  writeFileSync("package.json", JSON.stringify({ ...described, dependencies: {} }));
}
`;

function withNpm() {
  const cwd = temporaryFolder();
  mkdirSync(join(cwd, "npm"));
  writeFileSync(join(cwd, "npm", "npm-cli.js"), npm);
  const calls = join(cwd, "calls");
  const env = { npm_execpath: join(cwd, "npm", "npm-cli.js"), NPM_CALLS: calls };
  return {
    cwd,
    add: (...args: string[]) => stepwell(["add", ...args], { cwd, env }),
    calls: (): string[][] =>
      readFileSync(calls, "utf8")
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line) as string[]),
  };
}

test("a client is installed beside the data directory without scripts, listed and removed; one that is too old is said to be", async () => {
  const { cwd, add, calls } = withNpm();
  const folder = join(cwd, "data", "clients");
  const added = await add("rekognition", "sqs", "--data-dir", "data");
  expect(added.stderr).toBe("");
  expect(added.status).toBe(0);
  expect(added.stdout).toMatch(/@aws-sdk\/client-sqs \S+ is there already/);
  expect(added.stdout).toContain("@aws-sdk/client-rekognition@3.2.0");
  expect(added.stdout).toContain("With it came 1 package that is needed: tslib 2.0.0.");
  expect(added.stdout).toContain("is too old for Stepwell");
  expect(calls()).toEqual([
    ["view", "@aws-sdk/client-rekognition", "versions", "--json"],
    [
      "install",
      "--ignore-scripts",
      "--no-audit",
      "--no-fund",
      "--save-exact",
      "@aws-sdk/client-rekognition@3.2.0",
    ],
  ]);
  expect((await add("--list", "--data-dir", "data")).stdout).toContain(
    `Added to ${folder}:\n  rekognition               @aws-sdk/client-rekognition 3.2.0\n`,
  );
  const removed = await add("--remove", "Rekognition", "--data-dir", "data");
  expect(removed.stdout).toContain(`Removed from ${folder}: @aws-sdk/client-rekognition.`);
  expect(await add("--remove", "rekognition", "--data-dir", "data")).toMatchObject({ status: 1 });
});

test("what is no service is said", async () => {
  const { add } = withNpm();
  expect(await add("nosuch")).toMatchObject({
    status: 1,
    stderr: expect.stringContaining("There is no package @aws-sdk/client-nosuch"),
  });
  expect(await add("../x")).toMatchObject({ status: 2 });
  expect(await add("ecs@latest")).toMatchObject({ status: 2 });
  expect(await add()).toMatchObject({ status: 2 });
});

test.each([
  [["3.9.0", "3.10.0", "3.11.0"], ["3.9.0", "3.10.0"], "3.10.0"],
  [["3.8.0", "3.9.5", "3.11.0"], ["3.9.0", "3.10.0"], "3.9.5"],
  [["4.0.0", "4.1.0", "5.0.0-rc.1"], ["3.9.0"], "4.1.0"],
  [[], ["3.9.0"], undefined],
])("of %j the one that fits %j is %s", (published, shipped, version) => {
  expect(fittingVersion(published, shipped)).toBe(version);
});
