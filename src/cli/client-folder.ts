import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { clientPackage, sdkServiceName } from "../integrations/aws/service-names.ts";
import { CommandFailure, UsageError } from "./errors.ts";
import { npmProblem, type NpmResult, runNpm } from "./npm.ts";

/** A client package that is wanted. */
export interface WantedClient {
  /** As the ARNs of SDK integrations name it. */
  readonly service: string;
  readonly packageName: string;
  /** Only this one. */
  readonly version?: string;
}

/** `rekognition`, `events`, `@aws-sdk/client-ecs`, each also with `@3.1164.0`. */
export function wantedClient(text: string): WantedClient {
  const [, name = "", version] = /^(@?[^@]+)(?:@(.+))?$/.exec(text) ?? [];
  const service = sdkServiceName(name);
  const packageName = clientPackage(service);
  if (!/^@aws-sdk\/client-[a-z0-9][a-z0-9-]*$/.test(packageName)) {
    throw new UsageError(`'${text}' names no service: name it as in aws-sdk:rekognition:….`);
  }
  if (version !== undefined && !isVersion.test(version)) {
    throw new UsageError(`'${version}' is no exact version, such as 3.1164.0.`);
  }
  return { service, packageName, ...(version === undefined ? {} : { version }) };
}

const isVersion = /^\d+\.\d+\.\d+$/;

/**
 * The version that fits those that ship: the same where there is one, else the newest that is not newer, so that one version of
 * Stepwell installs the same clients whenever it is asked; else, of a service that is newer, the newest.
 */
export function fittingVersion(
  published: readonly string[],
  shipped: readonly string[],
): string | undefined {
  const versions = published.filter((version) => isVersion.test(version)).toSorted(compare);
  const [newestShipped = ""] = shipped.toSorted(compare).reverse();
  const same = versions.filter((version) => shipped.includes(version));
  const notNewer = versions.filter((version) => compare(version, newestShipped) <= 0);
  return same.at(-1) ?? notNewer.at(-1) ?? versions.at(-1);
}

function compare(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split(".").map(Number));
  for (const [index, number] of (left ?? []).entries()) {
    const difference = number - (right?.[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** The published versions of a package. */
export async function publishedVersions(packageName: string): Promise<readonly string[]> {
  const result = await runNpm(["view", packageName, "versions", "--json"], process.cwd());
  if (result.status !== 0) {
    const isUnknown = /E404/.test(result.stderr + result.stdout);
    throw new CommandFailure(
      isUnknown
        ? `There is no package ${packageName}: name the service as in aws-sdk:rekognition:….`
        : `npm could not be asked for the versions of ${packageName}: ${npmProblem(result)}`,
    );
  }
  const versions: unknown = JSON.parse(result.stdout);
  // npm shows a list of one as that one.
  return (Array.isArray(versions) ? versions : [versions]).filter((one) => typeof one === "string");
}

/** Packages by their names, with their versions. */
export type Packages = ReadonlyMap<string, string>;

/** Installs these versions, and runs no scripts of theirs. */
export async function installPackages(folder: string, specs: readonly string[]): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, "package.json");
  if (!existsSync(file)) writeFileSync(file, `${JSON.stringify(description, null, 2)}\n`);
  await npm(["install", ...quiet, "--save-exact", ...specs], folder);
}

export async function removePackages(folder: string, names: readonly string[]): Promise<void> {
  await npm(["uninstall", ...quiet, ...names], folder);
}

const quiet = ["--ignore-scripts", "--no-audit", "--no-fund"];

const description = {
  name: "stepwell-clients",
  description: "Clients of the AWS SDK that `stepwell add` has installed.",
  private: true,
};

async function npm(args: readonly string[], folder: string): Promise<NpmResult> {
  const result = await runNpm(args, folder);
  if (result.status === 0) return result;
  throw new CommandFailure(`npm ${args[0]} in ${folder} failed: ${npmProblem(result)}`);
}

/** What npm has installed in the folder. */
export function packagesIn(folder: string): Packages {
  const file = join(folder, "node_modules", ".package-lock.json");
  if (!existsSync(file)) return new Map();
  const { packages = {} } = JSON.parse(readFileSync(file, "utf8")) as {
    readonly packages?: { readonly [path: string]: { readonly version?: string } };
  };
  return new Map(
    Object.entries(packages).map(([path, { version = "" }]) => [
      path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length),
      version,
    ]),
  );
}
