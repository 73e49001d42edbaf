import { join } from "node:path";
import type { Clock } from "../../../ports/clock.ts";
import type { DocumentStore } from "../../../ports/document-store.ts";
import type { Logger } from "../../../ports/logger.ts";
import type { FunctionReference } from "../../lambda/function-name.ts";
import type { FunctionLogSink, LocalFunction } from "../invocation.ts";
import { CodeStore } from "./code-store.ts";
import type { FunctionCredentials } from "./deployed-environment.ts";
import { DeployedPools } from "./deployed-pools.ts";
import { DeployedRecords, type KnownFunction } from "./deployed-records.ts";
import { versionOf } from "./qualified-version.ts";
import { sweepUnpacked } from "./used-code.ts";
import { UnpackedCode } from "./unpacked-code.ts";

/** A version of a function that was deployed, as it can be called. */
export type DeployedFunction =
  | { readonly type: "callable"; readonly function: LocalFunction; readonly version: string }
  /** There is the function, but no such version or alias. */
  | { readonly type: "no such qualifier" }
  /** Its reserved concurrency is 0. */
  | { readonly type: "throttled" };

/** The functions that were deployed by Lambda's API, as tasks and clients call them. */
export interface DeployedFunctions {
  /** `undefined`: none of this name was deployed in this Region. No promise where all is known already. */
  find(
    reference: FunctionReference,
  ): DeployedFunction | undefined | Promise<DeployedFunction | undefined>;
  /** Whether there is one, as far as is remembered; what is not is asked for, for the next time. */
  isKnown(reference: FunctionReference): boolean;
  /** Something about it was changed by this process: the next call asks the store. */
  forget(region: string, name: string): void;
  /** It is no more: its processes end when what they do is done. */
  remove(region: string, name: string): void;
  /** The archives of their code. */
  readonly code: CodeStore;
  /** Removes unpacked code that nobody has any more, when no call can be under way that uses it. */
  sweepLater(): void;
  close(): void;
}

export interface DeployedFunctionsOptions {
  readonly store: DocumentStore;
  readonly clock: Pick<Clock, "now">;
  readonly logger: Logger;
  /** Where code is unpacked. */
  readonly folder: string;
  readonly printed: FunctionLogSink;
  /** Where clients of the AWS SDK are installed, which functions find as they do on Lambda. */
  readonly clientsFolder?: string | undefined;
  /** What a function signs with. */
  readonly credentials: (wanted: {
    readonly roleArn: string;
    readonly functionArn: string;
    readonly functionName: string;
  }) => Promise<FunctionCredentials>;
  /** Where functions reach this server; known when it listens. */
  readonly endpointUrl: () => string | undefined;
}

/** *Documented*: Lambda's longest time-out. */
const longestCallMs = 900_000;

export function createDeployedFunctions(options: DeployedFunctionsOptions): DeployedFunctions {
  const code = new CodeStore(options.store);
  const unpacked = new UnpackedCode(options.folder, code);
  const { clientsFolder } = options;
  const pools = new DeployedPools({
    ...options,
    unpacked,
    modulesFolder: clientsFolder && join(clientsFolder, "node_modules"),
  });
  const records = new DeployedRecords(options.store, options.clock);
  let sweeping: NodeJS.Timeout | undefined;

  function sweep(): void {
    sweeping = undefined;
    void sweepUnpacked(options.store, unpacked).catch((error: unknown) => {
      options.logger.warn(
        "code that no function has any more could not be removed from the data directory",
        { error: String(error) },
      );
    });
  }
  // Functions may have gone while this process was not there.
  sweep();

  function resolved(
    known: KnownFunction | undefined,
    reference: FunctionReference,
  ): DeployedFunction | undefined | Promise<DeployedFunction | undefined> {
    if (known === undefined) return undefined;
    const { record } = known;
    const number = versionOf(record, reference.qualifier, Math.random());
    if (number === undefined) return { type: "no such qualifier" };
    if (record.reservedConcurrency === 0) return { type: "throttled" };
    const version = number === record.latest.version ? record.latest : known.versions.get(number);
    const pool = version && pools.ready(known, version);
    if (pool !== undefined) return { type: "callable", function: pool, version: number };
    return prepared(known, number);
  }

  async function prepared(known: KnownFunction, number: string): Promise<DeployedFunction> {
    const version = await records.version(known, number);
    if (version === undefined) return { type: "no such qualifier" };
    return { type: "callable", function: await pools.make(known, version), version: number };
  }

  return {
    find(reference) {
      const known = records.find(regionOf(reference.arn), reference.name);
      return known instanceof Promise
        ? known.then((found) => resolved(found, reference))
        : resolved(known, reference);
    },
    isKnown({ arn, name }) {
      const found = records.find(regionOf(arn), name);
      if (!(found instanceof Promise)) return found !== undefined;
      found.catch(() => {});
      return records.remembered(regionOf(arn), name) !== undefined;
    },
    forget(region, name) {
      records.forget(region, name);
    },
    remove(region, name) {
      records.forget(region, name);
      pools.retire(region, name);
    },
    code,
    sweepLater() {
      sweeping ??= setTimeout(sweep, longestCallMs).unref();
    },
    close() {
      clearTimeout(sweeping);
      pools.close();
    },
  };
}

function regionOf(arn: string): string {
  return arn.split(":")[3] ?? "";
}
