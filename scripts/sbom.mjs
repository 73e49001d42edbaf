// Writes what runs of other people's as a CycloneDX document, for the release: `npm run sbom -- FILE`, or to the output without a FILE.
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

const [file] = process.argv.slice(2);
const text = execFileSync(
  "npm",
  // What is in the lock file, whatever is installed; the console is bundled, and needs nothing of its own then.
  [
    "sbom",
    "--sbom-format",
    "cyclonedx",
    "--sbom-type",
    "application",
    "--omit",
    "dev",
    "--package-lock-only",
  ],
  { cwd: join(import.meta.dirname, ".."), encoding: "utf8", maxBuffer: 64 * 1024 * 1024 },
);
const { components } = JSON.parse(text);
if (file === undefined) process.stdout.write(text);
else writeFileSync(file, text);
process.stderr.write(`${components.length} packages\n`);
