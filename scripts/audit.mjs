// Asks the registry for known weaknesses of what runs: `npm run audit`. Ends with 1 if there is one that is high or critical, and with 0
// if there is none; a registry that cannot be asked is said, and is no failure unless `--strict` says so.
import { spawnSync } from "node:child_process";
import { join } from "node:path";

const { stdout, stderr } = spawnSync("npm", ["audit", "--omit", "dev", "--json"], {
  cwd: join(import.meta.dirname, ".."),
  encoding: "utf8",
});
const report = parsed(stdout);
const counts = report?.metadata?.vulnerabilities;
if (counts === undefined) {
  const status = report?.statusCode && `status ${report.statusCode}`;
  const why = report?.error?.summary || status || report?.message || stderr.trim().split("\n")[0];
  process.stdout.write(
    `Nobody was asked about weaknesses: the registry does not answer (${why})\n`,
  );
  process.exitCode = process.argv.includes("--strict") ? 1 : 0;
} else {
  for (const [name, { severity, range }] of Object.entries(report.vulnerabilities)) {
    process.stdout.write(`${severity}: ${name} ${range}\n`);
  }
  const serious = counts.high + counts.critical;
  process.stdout.write(`${counts.total} known weaknesses, ${serious} of them high or critical\n`);
  process.exitCode = serious > 0 ? 1 : 0;
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
