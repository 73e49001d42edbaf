import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { clientPackage } from "./service-names.ts";

export interface SdkModule {
  readonly [name: string]: unknown;
}

/** A client package of the AWS SDK that is installed. */
export interface ClientPackage {
  readonly packageName: string;
  /** The file that is loaded. */
  readonly path: string;
  readonly version: string;
}

/** The client packages that are installed; services are named as in the ARNs of SDK integrations. */
export interface ClientModules {
  /** Finds the package, and loads nothing. */
  find(service: string): ClientPackage | undefined;
  load(service: string): Promise<SdkModule | undefined>;
}

/**
 * Looks in the folder that `stepwell add` installs to, then where Stepwell is installed, then in the working directory. What is
 * not there is looked for again each time: it may be installed while the server runs.
 */
export function createClientModules(folder?: string): ClientModules {
  const modules = new Map<string, Promise<SdkModule>>();

  function find(service: string): ClientPackage | undefined {
    const packageName = clientPackage(service);
    for (const base of [folder, import.meta.dirname, process.cwd()]) {
      const path = base === undefined ? undefined : resolveFrom(base, packageName);
      if (path !== undefined) return { packageName, path, version: versionOf(path, packageName) };
    }
    return undefined;
  }

  return {
    find,
    async load(service) {
      const known = modules.get(service);
      if (known !== undefined) return known;
      const found = find(service);
      if (found === undefined) return undefined;
      const loading = import(pathToFileURL(found.path).href) as Promise<SdkModule>;
      modules.set(service, loading);
      loading.catch(() => modules.delete(service));
      return loading;
    },
  };
}

/** A package's file from this folder; `undefined` if it is not there. */
function resolveFrom(folder: string, packageName: string): string | undefined {
  // Node remembers what it has not found of a folder that was not there.
  if (!existsSync(folder)) return undefined;
  try {
    return createRequire(join(folder, "package.json")).resolve(packageName);
  } catch {
    return undefined;
  }
}

/** The version in the `package.json` of the package that has the file; empty if none says it. */
function versionOf(path: string, packageName: string): string {
  for (let folder = dirname(path); folder !== dirname(folder); folder = dirname(folder)) {
    const file = join(folder, "package.json");
    if (!existsSync(file)) continue;
    const described = JSON.parse(readFileSync(file, "utf8")) as {
      readonly name?: unknown;
      readonly version?: unknown;
    };
    if (described.name !== packageName) continue;
    return typeof described.version === "string" ? described.version : "";
  }
  return "";
}
