import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build, type Plugin } from "vite";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    /** The program that `stepwell` starts. */
    commandLine: string;
  }
}

const root = fileURLToPath(new URL("../..", import.meta.url));
/** Within `node_modules`, so that what is not bundled is found. */
const folder = join(root, "node_modules", ".command-line");

/** A bundled file finds what is beside its source: data, the examples, the files of its threads. */
const placesOfSources: Plugin = {
  name: "places-of-sources",
  enforce: "pre",
  transform(code, id) {
    if (!code.includes("import.meta.")) return undefined;
    return code
      .replaceAll("import.meta.url", JSON.stringify(pathToFileURL(id).href))
      .replaceAll("import.meta.dirname", JSON.stringify(dirname(id)));
  },
};

/**
 * Bundles the command line of the sources. Its tests start hundreds of processes, and to load a thousand modules takes each
 * of them several times as long as to load a few files.
 */
export default async function setup(project: TestProject): Promise<void> {
  const built = await build({
    root,
    configFile: false,
    logLevel: "warn",
    plugins: [placesOfSources],
    build: { ssr: "src/cli/main.ts", target: "esnext", minify: false, write: false },
  });
  if (!("output" in built)) throw new Error("The command line is not one bundle.");
  for (const file of built.output) {
    if (file.type === "chunk") put(join(folder, file.fileName), file.code);
  }
  project.provide("commandLine", join(folder, built.output[0].fileName));
}

/** Another run of the tests never reads half a file. */
function put(path: string, text: string): void {
  const whole = `${path}.${process.pid}`;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(whole, text);
  renameSync(whole, path);
}
