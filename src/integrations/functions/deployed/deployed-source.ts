import { statSync } from "node:fs";
import { join } from "node:path";
import { type FunctionSource, withHandler } from "../function-source.ts";

type CodeSource = Extract<FunctionSource, { kind: "node" | "python" | "broken" }>;

/** *Our choice*: every version of these runtimes is run by the Node of the engine, and by `python3`. */
const ofNode = /^nodejs\d+\.x$/;
const ofPython = /^python3\.\d+$/;

/** Whether functions of a runtime run here. */
export function isRunHere(runtime: string): boolean {
  return ofNode.test(runtime) || ofPython.test(runtime);
}

/** What of a deployed function's folder is called. */
export function deployedSource(
  { runtime, handler }: { readonly runtime: string; readonly handler: string },
  folder: string,
): CodeSource {
  return ofPython.test(runtime) ? pythonSource(handler, folder) : nodeSource(handler, folder);
}

function nodeSource(handler: string, folder: string): CodeSource {
  const found = withHandler(folder, handler.replace(/^\.\//, ""));
  if (found.kind === "node" || found.kind === "broken") return found;
  return { kind: "broken", message: `The handler '${handler}' names no JavaScript in ${folder}` };
}

/** *Documented*: `folder/file.function`; *observed*: also `folder.file.function`. */
function pythonSource(handler: string, folder: string): CodeSource {
  const dot = handler.lastIndexOf(".");
  const moduleName = handler.slice(0, Math.max(0, dot)).replaceAll("/", ".");
  const path = join(folder, ...moduleName.split("."));
  const file = [`${path}.py`, join(path, "__init__.py")].find(
    (each) => statSync(each, { throwIfNoEntry: false })?.isFile() === true,
  );
  if (!/^\w+(?:\.\w+)*$/.test(moduleName) || file === undefined) {
    return { kind: "broken", message: `The handler '${handler}' names no module in ${folder}` };
  }
  return { kind: "python", folder, file, exportNames: [handler.slice(dot + 1)], moduleName };
}
