import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const folder = import.meta.dirname;

/** Installs the peers beside this file if they are not there; answers why not, if that fails. */
export function installPeers(): string | undefined {
  const { dependencies } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
    dependencies: Record<string, string>;
  };
  const missing = Object.entries(dependencies).filter(
    ([name, version]) => !isInstalled(name, version),
  );
  if (missing.length === 0) return undefined;
  console.error("Installing what is compared with, into bench/peers/node_modules …");
  const { status, stderr, error } = spawnSync(
    "npm",
    ["install", "--no-audit", "--no-fund", "--no-package-lock", "--no-progress"],
    {
      cwd: folder,
      encoding: "utf8",
      timeout: 180_000,
      env: { ...process.env, SCARF_ANALYTICS: "false" },
    },
  );
  if (status === 0) return undefined;
  const reason = stderr?.split("\n").find((line) => line.startsWith("npm error"));
  return `npm install failed: ${reason ?? error?.message ?? `status ${status}`}`;
}

function isInstalled(name: string, version: string): boolean {
  const file = join(folder, "node_modules", name, "package.json");
  if (!existsSync(file)) return false;
  const installed = JSON.parse(readFileSync(file, "utf8")) as { version: string };
  return installed.version === version;
}
