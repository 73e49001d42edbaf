import { basename, extname } from "node:path";
import { fileURLToPath } from "node:url";
import type { Launch } from "./environment.ts";
import type { FunctionSource } from "./function-source.ts";
import { pythonBootstrap } from "./python-bootstrap.ts";

/** Enough for the answers of a trivial function to come in one read. */
const nodeWindow = 64;

/** How to start a process of code in a folder. `environment` is told the runtime and the handler as Lambda names them. */
export function codeLaunch(
  source: Extract<FunctionSource, { kind: "node" | "python" }>,
  environment: (executionEnvironment: string, handler: string) => NodeJS.ProcessEnv,
): Launch {
  if (source.kind === "node") {
    return {
      command: process.execPath,
      args: [nodeBootstrap, source.file, source.exportName],
      folder: source.folder,
      environment: environment(
        `AWS_Lambda_nodejs${process.versions.node.split(".")[0]}.x`,
        handlerSetting(source.file, source.exportName),
      ),
      maxWindow: nodeWindow,
      missing: `${process.execPath} does not exist any more`,
    };
  }
  const { file, exportNames, moduleName } = source;
  return {
    command: "python3",
    // Byte code is cached by second and size: a quick edit would go unseen.
    args: [
      "-B",
      "-u",
      "-c",
      pythonBootstrap,
      file,
      exportNames.join(","),
      ...(moduleName === undefined ? [] : [moduleName]),
    ],
    folder: source.folder,
    environment: environment("AWS_Lambda_python3", handlerSetting(file, exportNames[0] ?? "")),
    maxWindow: 1,
    missing: `${file} needs Python, and there is no python3 on the PATH`,
  };
}

function handlerSetting(file: string, exportName: string): string {
  return `${basename(file, extname(file))}.${exportName}`;
}

/** The bootstrap beside this file, as it is here: source or compiled. */
const nodeBootstrap = fileURLToPath(
  new URL(
    import.meta.url.endsWith(".ts") ? "./node-bootstrap.ts" : "./node-bootstrap.js",
    import.meta.url,
  ),
);
