// What tests need of registries and the product does not: each in a folder of its own in the user's cache, named after what is in it, so that
// it is fetched once for all checkouts.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "stepwell");

/** The packages of a package-lock.json that stands in this folder: `{ folder }`, or `{ reason }` where they could not be had. */
export function npmPackages(from) {
  const files = ["package.json", "package-lock.json"].map((name) => join(from, name));
  return fetched("npm", files, async (folder) => {
    for (const name of ["package.json", "package-lock.json"])
      cpSync(join(from, name), join(folder, name));
    return npmFailure(folder);
  });
}

/** Installs what the folder's package-lock.json says: why that failed, `undefined` if it did not. */
export function npmFailure(folder) {
  const options = ["--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"];
  const patience = ["--fetch-retries=1", "--fetch-timeout=30000"];
  return failure("npm", ["ci", ...options, ...patience], folder);
}

/** The packages of a requirements.txt, in a Python environment of their own: `{ folder }`, or `{ reason }`. */
export function pythonPackages(requirements) {
  return fetched("python", [requirements], async (folder) => {
    // What is compiled when it is first imported need not be compiled beforehand.
    const options = ["--quiet", "--disable-pip-version-check", "--no-compile"];
    const patience = ["--retries=1", "--timeout=30"];
    const pip = ["install", ...options, ...patience, "-r", requirements];
    return (
      (await failure("python3", ["-m", "venv", folder], folder)) ??
      (await failure(join(folder, "bin", "pip"), pip, folder))
    );
  });
}

async function fetched(kind, files, install) {
  const hash = createHash("sha256").update(kind);
  for (const file of files) hash.update(readFileSync(file));
  const folder = join(cache, `${kind}-${hash.digest("hex").slice(0, 16)}`);
  // Half a folder would be taken for a whole one the next time.
  const complete = join(folder, "complete");
  if (existsSync(complete)) return { folder };
  console.log(`fetching packages for ${kind} into ${folder}, once; this takes a minute or two …`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const reason = await install(folder);
  if (reason === undefined) {
    writeFileSync(complete, "");
    return { folder };
  }
  rmSync(folder, { recursive: true, force: true });
  return { reason };
}

/** Why the command failed; `undefined` if it did not. */
export function failure(command, args, cwd) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, stdio: ["ignore", "ignore", "pipe"] });
    let said = "";
    child.stderr.setEncoding("utf8").on("data", (text) => (said += text));
    child.once("error", ({ message }) => resolve(message));
    child.once("close", (status) => {
      const lines = said
        .trim()
        .split("\n")
        .filter((line) => !line.includes("complete log of this run"));
      resolve(status === 0 ? undefined : lines.at(-1) || `${command} failed`);
    });
  });
}
