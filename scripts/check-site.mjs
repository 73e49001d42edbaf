// Builds the site of the docs: `npm run site:check`. A link to no page fails it, and so does what the generator takes for its own. Says in one
// line that it is skipped where the generator cannot be had.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { npmFailure } from "./fetched.mjs";

const site = join(import.meta.dirname, "..", "site");
const reason = await npmFailure(site);
if (reason !== undefined) {
  console.log(`skipped: the site, whose generator could not be had (${reason})`);
} else {
  const { status } = spawnSync("npm", ["run", "--silent", "build"], {
    cwd: site,
    stdio: "inherit",
  });
  process.exitCode = status ?? 1;
}
