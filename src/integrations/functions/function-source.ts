import { accessSync, constants, statSync } from "node:fs";
import { dirname, extname, isAbsolute, join, resolve } from "node:path";

/** Where a function is, and how it is called: `stepwell.config` for what the convention does not find. */
export interface FunctionConfiguration {
  /** A folder, or the file itself; relative to the configuration file. */
  readonly path?: string;
  /** As Lambda's setting: `file.export`. */
  readonly handler?: string;
  /** Takes the event by POST and answers with the result. */
  readonly url?: string;
  /** A program: event on stdin, result on stdout. A string is a shell's command line. */
  readonly command?: string | readonly string[];
  readonly timeoutSeconds?: number;
  readonly environment?: { readonly [name: string]: string };
  /** Most events at a time, each in a process of its own. */
  readonly maxConcurrency?: number;
}

export type FunctionSource =
  | {
      readonly kind: "node";
      readonly folder: string;
      readonly file: string;
      readonly exportName: string;
    }
  | {
      readonly kind: "python";
      readonly folder: string;
      readonly file: string;
      readonly exportNames: readonly string[];
      /** As it is imported from {@link folder}, `app.orders`; absent: by the file's name, from the folder that it is in. */
      readonly moduleName?: string;
    }
  | { readonly kind: "program"; readonly folder: string; readonly command: readonly string[] }
  | { readonly kind: "url"; readonly url: string }
  /** There is something under this name that cannot be called; the message says why. */
  | { readonly kind: "broken"; readonly message: string };

const nodeExtensions = [".mjs", ".js", ".cjs", ".ts", ".mts", ".cts"];
const nodeFiles = ["index.mjs", "index.js", "index.cjs", "index.ts"];
const pythonFiles = ["handler.py", "lambda_function.py"];
const pythonExports = ["handler", "lambda_handler"];
const programFile = "run";

/** Documented: what a Lambda function's name may be made of; it also keeps a name from leaving the folder. */
const functionName = /^[A-Za-z0-9_-]{1,140}$/;

/** Finds a function by convention in `functionsFolder`, or as it is configured; `undefined` if there is none. */
export function findFunctionSource(
  name: string,
  functionsFolder: string | undefined,
  configuration: FunctionConfiguration | undefined,
  configurationFolder: string,
): FunctionSource | undefined {
  const folder =
    functionsFolder !== undefined && functionName.test(name)
      ? join(functionsFolder, name)
      : undefined;
  if (configuration === undefined)
    return folder !== undefined && isFolder(folder) ? inFolder(folder) : undefined;
  const { path, handler, url, command } = configuration;
  if (url !== undefined) return { kind: "url", url };
  const place =
    path === undefined ? (folder ?? configurationFolder) : resolve(configurationFolder, path);
  if (command !== undefined) {
    const args = typeof command === "string" ? ["/bin/sh", "-c", command] : command;
    return {
      kind: "program",
      folder: path === undefined ? configurationFolder : place,
      command: args,
    };
  }
  if (isFile(place)) return ofFile(place, handler);
  if (!isFolder(place))
    return broken(`The function '${name}' is configured at ${place}, which does not exist`);
  return handler === undefined ? inFolder(place) : withHandler(place, handler);
}

function inFolder(folder: string): FunctionSource {
  for (const file of [...nodeFiles, ...pythonFiles, programFile]) {
    const path = join(folder, file);
    if (isFile(path)) return ofFile(path, undefined);
  }
  return broken(
    `The folder ${folder} has no function: it needs one of ${[...nodeFiles, ...pythonFiles].join(", ")}, or an executable named ${programFile}`,
  );
}

function ofFile(file: string, handler: string | undefined): FunctionSource {
  const folder = dirname(file);
  const exportName = handler?.replace(/^.*?[.]/, "");
  if (nodeExtensions.includes(extname(file))) {
    return { kind: "node", folder, file, exportName: exportName ?? "handler" };
  }
  if (extname(file) === ".py") {
    return {
      kind: "python",
      folder,
      file,
      exportNames: exportName === undefined ? pythonExports : [exportName],
    };
  }
  try {
    accessSync(file, constants.X_OK);
  } catch {
    return broken(`The file ${file} is not executable: chmod +x makes it so`);
  }
  return { kind: "program", folder, command: [file] };
}

/** Documented: `file.export`, where the file's path may have folders and the export dots. */
export function withHandler(folder: string, handler: string): FunctionSource {
  const [, module, exportName] = /^((?:.*\/)?[^./]+)[.](.+)$/.exec(handler) ?? [];
  if (module === undefined || exportName === undefined || isAbsolute(module)) {
    return broken(`The handler '${handler}' is not of the form file.export`);
  }
  for (const extension of nodeExtensions) {
    const file = join(folder, module + extension);
    if (isFile(file)) return { kind: "node", folder, file, exportName };
  }
  const file = join(folder, `${module}.py`);
  if (isFile(file)) return { kind: "python", folder, file, exportNames: [exportName] };
  return broken(`The handler '${handler}' names no file in ${folder}`);
}

function broken(message: string): FunctionSource {
  return { kind: "broken", message };
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
