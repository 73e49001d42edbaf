import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { FunctionConfiguration } from "../integrations/functions/function-source.ts";
import type { Settings } from "./settings.ts";

/** One of the examples that come with Stepwell: a folder with a definition, its functions and an input. */
export interface Example {
  readonly name: string;
  readonly folder: string;
  readonly definitionPath: string;
  /** JSON text, on one line. */
  readonly input: string;
}

/** Beside the sources and beside what is compiled of them: the package's own folder. */
const examplesFolder = fileURLToPath(new URL("../../examples", import.meta.url));

/**
 * Functions of the workflows that the console offers to begin with. Each has `stepwell-sample-` before its name, so that none
 * stands in the way of somebody's own, here or in AWS.
 */
const startersFolder = join(examplesFolder, "starters");

const definitionNames = ["definition.asl.json", "definition.asl.yaml"];

export function readExamples(): Example[] {
  if (!existsSync(examplesFolder)) return [];
  return readdirSync(examplesFolder)
    .sort()
    .flatMap((name) => {
      const folder = join(examplesFolder, name);
      const definitionPath = definitionNames.map((file) => join(folder, file)).find(existsSync);
      if (definitionPath === undefined) return [];
      const input: unknown = JSON.parse(readFileSync(join(folder, "input.json"), "utf8"));
      return {
        name,
        folder,
        definitionPath,
        input: JSON.stringify(input),
      };
    });
}

/**
 * The settings with the functions that come with Stepwell, those of the starters and of the given examples. A name that the configuration
 * or the functions folder has is that function's.
 */
export function withShippedFunctions(
  settings: Settings,
  examples: readonly Example[] = [],
): Settings {
  return { ...settings, functions: { ...shipped(examples, settings), ...settings.functions } };
}

function shipped(
  examples: readonly Example[],
  settings: Settings,
): { readonly [name: string]: FunctionConfiguration } {
  const own = settings.functionsFolder === undefined ? [] : foldersIn(settings.functionsFolder);
  const functions: Record<string, FunctionConfiguration> = {};
  for (const folder of [startersFolder, ...examples.map((example) => example.folder)]) {
    for (const name of foldersIn(join(folder, "functions"))) {
      if (!own.includes(name)) functions[name] = { path: join(folder, "functions", name) };
    }
  }
  return functions;
}

function foldersIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}
