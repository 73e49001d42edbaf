// Compiles what is newer than its output. Most starts find nothing to do, and that is found out without a compiler.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stamp = join(root, "dist", ".build", "cli.tsbuildinfo");

/** The newest change below a folder of sources. */
function newest(folder) {
  let time = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) time = Math.max(time, newest(path));
    else if (!entry.name.endsWith(".test.ts")) time = Math.max(time, statSync(path).mtimeMs);
  }
  return time;
}

export function build({ quiet = true } = {}) {
  const built = existsSync(stamp) ? statSync(stamp).mtimeMs : 0;
  if (built > newest(join(root, "src"))) return;
  if (!quiet) console.error("Building …");
  const compiler = join(root, "node_modules", "typescript", "bin", "tsc");
  const { status } = spawnSync(process.execPath, [compiler, "--build", root], { stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
  // The compiler leaves an unchanged project's file alone; the stamp says that all of it was looked at.
  if (existsSync(stamp)) spawnSync("touch", [stamp]);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) build({ quiet: false });
