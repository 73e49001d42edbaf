import { answeringFunction } from "./answering-function.ts";
import { codeLaunch } from "./code-launch.ts";
import { createEnvironmentPool } from "./environment-pool.ts";
import { notStarted, stopped } from "./error-document.ts";
import { folderSignature } from "./folder-signature.ts";
import {
  findFunctionSource,
  type FunctionConfiguration,
  type FunctionSource,
} from "./function-source.ts";
import { defaultTimeoutSeconds, type FunctionLogSink, type LocalFunction } from "./invocation.ts";
import { lambdaEnvironment } from "./lambda-environment.ts";
import { createProgramFunction } from "./program-function.ts";
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
  /** Whether the configuration names it. */
  isConfigured(name: string): boolean;
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
export const defaultMaxConcurrency = 16;

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
    if (closed) return answeringFunction((invocation) => stopped(invocation.requestId));
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
      return answeringFunction((invocation) => notStarted(invocation.requestId, message));
    }
    const environment = (executionEnvironment: string, handler: string): NodeJS.ProcessEnv =>
      lambdaEnvironment({
        functionName: name,
        region: options.region,
        folder: source.folder,
        handler,
        executionEnvironment,
        environment: configuration.environment ?? {},
        inherited: process.env,
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
      launch: codeLaunch(source, environment),
      timeoutSeconds,
      maxConcurrency,
      printed: (stream, text, owner) => options.printed(name, stream, text, owner),
    });
  }

  return {
    find,
    isConfigured: (name) => configurationOf(name) !== undefined,
    isElsewhere: (name) => configurationOf(name)?.url !== undefined,
    close() {
      for (const entry of entries.values()) entry.function?.close();
      for (const old of retired) old.close();
      closed = true;
    },
  };
}

function contents(source: FunctionSource): string {
  // A program is read afresh by every call.
  return source.kind === "node" || source.kind === "python" ? folderSignature(source.folder) : "";
}
