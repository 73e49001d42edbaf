// Packs the package, installs it into an empty folder as a user does, and uses it: its command, its server, its libraries. Takes a minute
// and the registry (or npm's cache), so that it is no part of `npm test`: npm run package:check
import { spawn, spawnSync } from "node:child_process";
import {
  cpSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
/** The promise: without the clients of AWS's SDK. */
const mostBytes = 15_000_000;
/** Our choice: what somebody should look at before it grows further. */
const mostUnpacked = 20_000_000;
const folder = mkdtempSync(join(tmpdir(), "stepwell-package-"));
const project = join(folder, "project");

try {
  const packed = pack();
  install(packed.filename);
  checkSizes(packed);
  checkVersion();
  await checkServer();
  checkLibraries();
  console.log("The package works.");
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function pack() {
  const out = run("npm", ["pack", "--json", "--pack-destination", folder], root);
  // What prepack prints comes before.
  const [packed] = JSON.parse(out.slice(out.indexOf("[\n")));
  const unwanted = packed.files.filter(({ path }) =>
    /^dist.*([.]test[.]|[.]map$|tsbuildinfo)/.test(path),
  );
  check(unwanted.length === 0, `the package has ${unwanted[0]?.path}`);
  return packed;
}

function install(filename) {
  cpSync(join(root, "examples", "embedding"), project, { recursive: true });
  writeFileSync(join(project, "package.json"), '{ "private": true, "type": "module" }\n');
  const options = ["--prefer-offline", "--ignore-scripts", "--no-audit", "--no-fund"];
  run("npm", ["install", ...options, join(folder, filename)], project);
}

function checkSizes(packed) {
  const modules = join(project, "node_modules");
  const isOfAws = (name) => /^@(aws|aws-sdk|smithy)$/.test(name);
  const own = readdirSync(modules).filter((name) => !isOfAws(name));
  const bytes = own.reduce((sum, name) => sum + sizeOf(join(modules, name)), 0);
  const all = sizeOf(modules);
  console.log(
    `packed ${mb(packed.size)}, unpacked ${mb(packed.unpackedSize)}, installed without AWS's SDK ${mb(bytes)}, with it ${mb(all)}`,
  );
  check(packed.size < mostBytes, `the package has ${mb(packed.size)}`);
  check(packed.unpackedSize < mostUnpacked, `the package has ${mb(packed.unpackedSize)} unpacked`);
}

function checkVersion() {
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const said = run("npx", ["--no-install", "stepwell", "--version"], project).trim();
  check(said === version, `stepwell --version says ${said}`);
}

async function checkServer() {
  const args = ["--no-install", "stepwell", "start", "--port", "0", "--examples"];
  // A group of its own: npx does not pass on every signal.
  const child = spawn("npx", args, {
    cwd: project,
    detached: true,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = new Promise((resolve) => child.once("close", resolve));
  try {
    const url = await addressOf(child);
    const answer = await fetch(url, {
      method: "POST",
      headers: {
        "Content-Type": "application/x-amz-json-1.0",
        "X-Amz-Target": "AWSStepFunctions.ListStateMachines",
      },
      body: "{}",
    });
    const { stateMachines } = await answer.json();
    check(stateMachines.length >= 5, `there are ${stateMachines.length} examples`);
    const page = await (await fetch(`${url}/console/`)).text();
    check(page.includes("<script"), "the console is not served");
  } finally {
    if (child.pid !== undefined) process.kill(-child.pid, "SIGTERM");
    await ended;
  }
}

function addressOf(child) {
  return new Promise((resolve, reject) => {
    let text = "";
    child.stdout.setEncoding("utf8").on("data", (more) => {
      text += more;
      const url = /at (http:\S+)[\s\S]*Ctrl\+C/.exec(text)?.[1];
      if (url !== undefined) resolve(url);
    });
    child.once("close", () => reject(new Error(`the server ended: ${text}`)));
  });
}

/** The examples of docs/embedding.md and docs/testing.md, against what is installed: with its types, and run. */
function checkLibraries() {
  const files = readdirSync(project).filter((name) => name.endsWith(".ts"));
  const compiler = join(root, "node_modules", "typescript", "bin", "tsc");
  const options = ["--noEmit", "--strict", "--module", "nodenext", "--target", "es2024"];
  const types = ["--types", "node", "--typeRoots", join(root, "node_modules", "@types")];
  run(process.execPath, [compiler, ...options, ...types, ...files], project);
  run(process.execPath, ["embed.ts"], project);
  run(process.execPath, ["--test", "orders.test.ts"], project);
}

function run(command, args, cwd) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: "utf8" });
  check(
    error === undefined && status === 0,
    `${command} ${args.join(" ")}: ${error?.message ?? ""}${stdout}${stderr}`,
  );
  return stdout;
}

function sizeOf(path) {
  const stats = lstatSync(path);
  if (!stats.isDirectory()) return stats.size;
  return readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0);
}

function mb(bytes) {
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

function check(holds, message) {
  if (!holds) throw new Error(message);
}
