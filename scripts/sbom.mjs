// Writes what the server runs of other people's as a CycloneDX document, for the release: `npm run sbom -- FILE`, or to the output
// without a FILE. `npm sbom --omit dev` would leave out what is needed for development, too, such as `pg`: the lock file knows better.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");
const [file] = process.argv.slice(2);
const { name, packages } = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
const running = new Set(
  Object.entries(packages)
    .filter(
      ([path, { dev, devOptional, link }]) =>
        path.includes("node_modules/") && !dev && !devOptional && !link,
    )
    .map(([path, { version }]) => `${path.split("node_modules/").at(-1)}@${version}`),
);
const everything = JSON.parse(
  execFileSync("npm", ["sbom", "--sbom-format", "cyclonedx", "--package-lock-only"], {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 256 * 1024 * 1024,
  }),
);
const components = everything.components.filter((each) =>
  running.has(each["bom-ref"].split("|")[0]),
);
const kept = new Set(components.map((each) => each["bom-ref"]));
const itself = everything.metadata.component["bom-ref"];
const dependencies = everything.dependencies
  .filter(({ ref }) => ref === itself || kept.has(ref))
  .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((each) => kept.has(each)) }));
if (components.length !== running.size) {
  throw new Error(`${running.size} packages run, and ${components.length} are listed`);
}
// npm calls it what the checkout's folder is called.
const component = { ...everything.metadata.component, name };
const metadata = { ...everything.metadata, component };
const text = `${JSON.stringify({ ...everything, metadata, components, dependencies }, undefined, 2)}\n`;
if (file === undefined) process.stdout.write(text);
else writeFileSync(file, text);
process.stderr.write(`${components.length} packages\n`);
