// What `npm pack` and `npm publish` run: builds server and console, and removes from dist what a source that is gone has left there.
import { existsSync, readdirSync, rmSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "./build.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(root, "dist");
/** Bundled, and emptied by the bundler before each build. */
const bundled = ["console-app", "graph", ".build"];

build({ quiet: false });
removeOrphans(dist);

function removeOrphans(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (folder !== dist || !bundled.includes(entry.name)) removeOrphans(path);
    } else if (!existsSync(sourceOf(path))) rmSync(path);
  }
}

function sourceOf(path) {
  const name = relative(dist, path).replace(/([.]d[.]ts|[.]js)([.]map)?$/, ".ts");
  return join(root, "src", name);
}
