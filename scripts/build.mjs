// Compiles what is newer than its output. Most starts find nothing to do, and that is found out without a compiler.
import { spawnSync } from "node:child_process";
import {
  existsSync,
  readdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stamp = join(root, "dist", ".build", "cli.tsbuildinfo");
const consoleFolder = join(root, "console");
const builtConsole = join(root, "dist", "console-app");

/** The newest change below a folder of sources. */
function newest(folder) {
  let time = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) time = Math.max(time, newest(path));
    else if (!/[.]test[.]tsx?$/.test(entry.name)) time = Math.max(time, statSync(path).mtimeMs);
  }
  return time;
}

function timeOf(file) {
  return existsSync(file) ? statSync(file).mtimeMs : 0;
}

export function build({ quiet = true } = {}) {
  const begun = performance.now();
  const sources = newest(join(root, "src"));
  const isServerBuilt = timeOf(stamp) > sources;
  const page = join(builtConsole, "index.html");
  const looks = ["src", "public"].map((folder) => newest(join(consoleFolder, folder)));
  const made = ["index.html", "vite.config.ts", "vite.graph.config.ts", "package.json"].map(
    (file) => timeOf(join(consoleFolder, file)),
  );
  // What the server tells the console is typed by the server's sources; only those types are shared.
  const isConsoleBuilt =
    existsSync(join(root, "dist", "graph")) &&
    timeOf(page) > Math.max(...looks, ...made, timeOf(join(root, "src", "console", "filter.ts")));
  if (isServerBuilt && isConsoleBuilt) return;
  if (!quiet) process.stderr.write("Building …\n");
  if (!isServerBuilt) buildServer();
  if (!isConsoleBuilt) buildConsole();
  if (!quiet) {
    process.stderr.write(`Built in ${((performance.now() - begun) / 1000).toFixed(1)} s.\n`);
  }
}

function buildServer() {
  const compiler = join(root, "node_modules", "typescript", "bin", "tsc");
  run([compiler, "--build", root], root);
  // The compiler leaves an unchanged project's file alone; the stamp says that all of it was looked at.
  const now = new Date();
  if (existsSync(stamp)) utimesSync(stamp, now, now);
}

function buildConsole() {
  const vite = join(root, "node_modules", "vite", "bin", "vite.js");
  const quietly = ["--logLevel", "warn"];
  // The drawing of graphs for the command line, then the page, whose time says that both were built.
  run([vite, "build", "--config", "vite.graph.config.ts", ...quietly], consoleFolder);
  run([vite, "build", ...quietly], consoleFolder);
  compress(builtConsole);
}

/** Puts a compressed copy beside each file that shrinks, so that the server never compresses anything. */
function compress(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) compress(path);
    else if ([".js", ".css", ".svg"].includes(extname(path))) {
      writeFileSync(`${path}.br`, brotliCompressSync(readFileSync(path)));
    }
  }
}

function run(args, cwd) {
  const { status } = spawnSync(process.execPath, args, { stdio: "inherit", cwd });
  if (status !== 0) process.exit(status ?? 1);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) build({ quiet: false });
