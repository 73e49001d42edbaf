import type { Clock } from "../../../ports/clock.ts";
import type { Logger } from "../../../ports/logger.ts";
import { answeringFunction } from "../answering-function.ts";
import { ZipError } from "../archive/read-zip.ts";
import { codeLaunch } from "../code-launch.ts";
import { createEnvironmentPool } from "../environment-pool.ts";
import { notStarted, stopped } from "../error-document.ts";
import type { FunctionLogSink, LocalFunction } from "../invocation.ts";
import { lambdaEnvironment } from "../lambda-environment.ts";
import { defaultMaxConcurrency } from "../local-functions.ts";
import {
  deployedEnvironment,
  type FunctionCredentials,
  inheritedEnvironment,
} from "./deployed-environment.ts";
import type { DeployedFunctionsOptions } from "./deployed-functions.ts";
import type { KnownFunction } from "./deployed-records.ts";
import { deployedSource } from "./deployed-source.ts";
import { type FunctionVersionRecord, versionId, versionPrefix } from "./function-record.ts";
import type { UnpackedCode } from "./unpacked-code.ts";

export interface DeployedPoolsOptions extends Pick<
  DeployedFunctionsOptions,
  "clock" | "logger" | "credentials" | "endpointUrl"
> {
  readonly printed: FunctionLogSink;
  readonly unpacked: UnpackedCode;
  readonly modulesFolder: string | undefined;
}

/** A call may take 15 minutes, and its credentials have to last as long: *documented*, Lambda's longest time-out. */
const longestCallMs = 900_000;
/** Our choice: how long a function that cannot be prepared is answered as such before it is tried again. */
const brokenMs = 2_000;

interface Pool {
  readonly revisionId: string;
  readonly reservedConcurrency: number | undefined;
  readonly function: LocalFunction;
  readonly until: number;
}

/** The processes of deployed functions: a pool for each version that was called, another one when it changes. */
export class DeployedPools {
  readonly #options: DeployedPoolsOptions;
  readonly #clock: Pick<Clock, "now">;
  readonly #logger: Logger;
  readonly #pools = new Map<string, Pool>();
  readonly #making = new Map<string, Promise<LocalFunction>>();
  #retired: LocalFunction[] = [];
  #isClosed = false;

  constructor(options: DeployedPoolsOptions) {
    this.#options = options;
    this.#clock = options.clock;
    this.#logger = options.logger;
  }

  /** That of a version as it is now, if it has been made. */
  ready(known: KnownFunction, version: FunctionVersionRecord): LocalFunction | undefined {
    const pool = this.#pools.get(poolId(known, version));
    const isSame =
      pool?.revisionId === version.revisionId &&
      pool.reservedConcurrency === known.record.reservedConcurrency;
    return isSame && this.#clock.now() < pool.until ? pool.function : undefined;
  }

  make(known: KnownFunction, version: FunctionVersionRecord): Promise<LocalFunction> {
    const ready = this.ready(known, version);
    if (ready !== undefined) return Promise.resolve(ready);
    const key = `${poolId(known, version)} ${version.revisionId} ${known.record.reservedConcurrency}`;
    const making =
      this.#making.get(key) ??
      this.#make(known, version).finally(() => {
        this.#making.delete(key);
      });
    this.#making.set(key, making);
    return making;
  }

  /** Takes no more calls of any version. */
  retire(region: string, name: string): void {
    for (const id of this.#pools.keys()) {
      if (id.startsWith(versionPrefix(region, name))) this.#retirePool(id);
    }
  }

  close(): void {
    this.#isClosed = true;
    for (const pool of this.#pools.values()) pool.function.close();
    for (const old of this.#retired) old.close();
  }

  async #make(known: KnownFunction, version: FunctionVersionRecord): Promise<LocalFunction> {
    const made = await this.#prepare(known, version);
    if (this.#isClosed) {
      made.function.close();
      return answeringFunction(({ requestId }) => stopped(requestId));
    }
    const id = poolId(known, version);
    this.#retirePool(id);
    const { revisionId } = version;
    const { reservedConcurrency } = known.record;
    this.#pools.set(id, { ...made, revisionId, reservedConcurrency });
    return made.function;
  }

  async #prepare(
    known: KnownFunction,
    version: FunctionVersionRecord,
  ): Promise<Pick<Pool, "function" | "until">> {
    try {
      const [folder, credentials, ...layerFolders] = await Promise.all([
        this.#options.unpacked.folderOf(version.codeSha256),
        this.#options.credentials({
          roleArn: version.roleArn,
          functionArn: functionArn(known, version),
          functionName: known.record.name,
        }),
        ...version.layers.map(({ codeSha256 }) => this.#options.unpacked.folderOf(codeSha256)),
      ]);
      return {
        function: this.#pool(known, version, { folder, credentials, layerFolders }),
        until: (credentials.expiresAt ?? Infinity) - longestCallMs,
      };
    } catch (error) {
      const { message } = error as Error;
      if (!(error instanceof ZipError)) {
        this.#logger.warn("a deployed function cannot be started", {
          function: known.record.name,
          error: message,
        });
      }
      return {
        function: answeringFunction(({ requestId }) => notStarted(requestId, message)),
        until: this.#clock.now() + brokenMs,
      };
    }
  }

  #pool(
    { record, region }: KnownFunction,
    version: FunctionVersionRecord,
    found: {
      readonly folder: string;
      readonly credentials: FunctionCredentials;
      readonly layerFolders: readonly string[];
    },
  ): LocalFunction {
    const { folder } = found;
    const { name: functionName, reservedConcurrency = defaultMaxConcurrency } = record;
    const source = deployedSource(version, folder);
    if (source.kind === "broken") {
      return answeringFunction(({ requestId }) => notStarted(requestId, source.message));
    }
    const { endpointUrl, modulesFolder, printed } = this.#options;
    return createEnvironmentPool({
      launch: codeLaunch(source, (executionEnvironment) =>
        lambdaEnvironment({
          functionName,
          region,
          folder,
          handler: version.handler,
          executionEnvironment,
          environment: deployedEnvironment({
            ...found,
            version,
            modulesFolder,
            endpointUrl: endpointUrl(),
          }),
          inherited: inheritedEnvironment(process.env),
          version: version.version,
          memorySizeMb: version.memorySizeMb,
        }),
      ),
      timeoutSeconds: version.timeoutSeconds,
      maxConcurrency: Math.min(defaultMaxConcurrency, reservedConcurrency),
      printed: (stream, text, owner) => printed(functionName, stream, text, owner),
    });
  }

  #retirePool(id: string): void {
    const before = this.#pools.get(id);
    if (before === undefined) return;
    this.#pools.delete(id);
    before.function.retire();
    this.#retired = [...this.#retired, before.function].filter((old) => old.busy);
  }
}

function poolId({ region, record }: KnownFunction, { version }: FunctionVersionRecord): string {
  return versionId(region, record.name, version);
}

function functionArn({ record }: KnownFunction, { version }: FunctionVersionRecord): string {
  return version === record.latest.version ? record.arn : `${record.arn}:${version}`;
}
