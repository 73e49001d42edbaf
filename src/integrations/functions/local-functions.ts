import { basename, extname } from "node:path";
import { fileURLToPath } from "node:url";
import { createEnvironmentPool } from "./environment-pool.ts";
import type { Launch } from "./environment.ts";
import { notStarted, stopped } from "./error-document.ts";
import { folderSignature } from "./folder-signature.ts";
import {
  findFunctionSource,
  type FunctionConfiguration,
  type FunctionSource,
} from "./function-source.ts";
import {
  defaultTimeoutSeconds,
  type FunctionLogSink,
  type Invocation,
  type InvocationOutcome,
  type LocalFunction,
} from "./invocation.ts";
import { lambdaEnvironment } from "./lambda-environment.ts";
import { createProgramFunction } from "./program-function.ts";
import { pythonBootstrap } from "./python-bootstrap.ts";
import { createUrlFunction } from "./url-function.ts";

export interface LocalFunctionsOptions {
  /** The folder with a folder for each function. */
  readonly functionsFolder?: string;
  readonly functions?: { readonly [name: string]: FunctionConfiguration };
  /** What paths in `functions` are relative to. */
  readonly configurationFolder: string;
  readonly region: string;
  readonly printed: FunctionLogSink;
}

export interface LocalFunctions {
  /** The function of this name as it is on disk now, or `undefined` if there is none. */
  find(name: string): LocalFunction | undefined;
  /** Whether calls of it are passed on to a URL, where what it prints stays. */
  isElsewhere(name: string): boolean;
  close(): void;
}

/** Our choice: how old the knowledge of a function's files may be; a change is seen at the first call after it. */
const checkAfterMs = 150;
/** Looking at a large folder takes at most this share of the time. */
const checkShare = 0.01;
/** Our choice: names that were asked for and are not here; more are forgotten and looked for again. */
const maxUnknown = 1_000;
/** Our choice: most events of a function at a time. Each has a process of some 40 MB. */
const defaultMaxConcurrency = 16;

/** Enough for the answers of a trivial function to come in one read. */
const nodeWindow = 64;

interface Entry {
  readonly signature: string;
  readonly function: LocalFunction | undefined;
  checkAt: number;
}

export function createLocalFunctions(options: LocalFunctionsOptions): LocalFunctions {
  const entries = new Map<string, Entry>();
  let retired: LocalFunction[] = [];
  let closed = false;

  function find(name: string): LocalFunction | undefined {
    if (closed) return answering((invocation) => stopped(invocation.requestId));
    const known = entries.get(name);
    const now = performance.now();
    return known !== undefined && now < known.checkAt ? known.function : refresh(name, known, now);
  }

  function configurationOf(name: string): FunctionConfiguration | undefined {
    const { functions } = options;
    return functions !== undefined && Object.hasOwn(functions, name) ? functions[name] : undefined;
  }

  function refresh(name: string, known: Entry | undefined, now: number): LocalFunction | undefined {
    const configuration = configurationOf(name);
    const source = findFunctionSource(
      name,
      options.functionsFolder,
      configuration,
      options.configurationFolder,
    );
    const signature = source === undefined ? "" : JSON.stringify(source) + contents(source);
    const done = performance.now();
    const checkAt = done + Math.max(checkAfterMs, (done - now) / checkShare);
    if (known !== undefined && known.signature === signature) {
      known.checkAt = checkAt;
      return known.function;
    }
    if (known?.function !== undefined) {
      known.function.retire();
      retired = [...retired, known.function].filter((old) => old.busy);
    }
    if (source === undefined && entries.size >= maxUnknown) forgetUnknown();
    const found = source === undefined ? undefined : create(name, source, configuration ?? {});
    entries.set(name, { signature, function: found, checkAt });
    return found;
  }

  function forgetUnknown(): void {
    for (const [name, entry] of entries) if (entry.function === undefined) entries.delete(name);
  }

  function create(
    name: string,
    source: FunctionSource,
    configuration: FunctionConfiguration,
  ): LocalFunction {
    const timeoutSeconds = configuration.timeoutSeconds ?? defaultTimeoutSeconds;
    const maxConcurrency = configuration.maxConcurrency ?? defaultMaxConcurrency;
    if (source.kind === "url") return createUrlFunction({ url: source.url, timeoutSeconds });
    if (source.kind === "broken") {
      const { message } = source;
      return answering((invocation) => notStarted(invocation.requestId, message));
    }
    const environment = (executionEnvironment: string, handler: string): NodeJS.ProcessEnv =>
      lambdaEnvironment({
        functionName: name,
        region: options.region,
        folder: source.folder,
        handler,
        executionEnvironment,
        environment: configuration.environment ?? {},
      });
    if (source.kind === "program") {
      return createProgramFunction({
        functionName: name,
        command: source.command,
        folder: source.folder,
        environment: environment("AWS_Lambda_provided", "run"),
        timeoutSeconds,
        maxConcurrency,
        printed: options.printed,
      });
    }
    return createEnvironmentPool({
      launch: launch(source, environment),
      timeoutSeconds,
      maxConcurrency,
      printed: (stream, text, owner) => options.printed(name, stream, text, owner),
    });
  }

  return {
    find,
    isElsewhere: (name) => configurationOf(name)?.url !== undefined,
    close() {
      for (const entry of entries.values()) entry.function?.close();
      for (const old of retired) old.close();
      closed = true;
    },
  };
}

function launch(
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
  const names = source.exportNames.join(",");
  return {
    command: "python3",
    // Byte code is cached by second and size: a quick edit would go unseen.
    args: ["-B", "-u", "-c", pythonBootstrap, source.file, names],
    folder: source.folder,
    environment: environment(
      "AWS_Lambda_python3",
      handlerSetting(source.file, source.exportNames[0] ?? ""),
    ),
    maxWindow: 1,
    missing: `${source.file} needs Python, and there is no python3 on the PATH`,
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

function contents(source: FunctionSource): string {
  // A program is read afresh by every call.
  return source.kind === "node" || source.kind === "python" ? folderSignature(source.folder) : "";
}

/** A function that runs nothing. */
function answering(answer: (invocation: Invocation) => InvocationOutcome): LocalFunction {
  return {
    invoke: (invocation) => Promise.resolve(answer(invocation)),
    busy: false,
    retire() {},
    close() {},
  };
}
