import { createClientModules } from "../integrations/aws/client-modules.ts";
import {
  addedClients,
  type InstalledClient,
  shippedClients,
} from "../integrations/aws/installed-clients.ts";
import { describesOperations } from "../integrations/aws/sdk-call.ts";
import { parseArguments } from "./arguments.ts";
import {
  fittingVersion,
  installPackages,
  type Packages,
  packagesIn,
  publishedVersions,
  removePackages,
  type WantedClient,
  wantedClient,
} from "./client-folder.ts";
import { CommandFailure, UsageError } from "./errors.ts";
import type { Command } from "./main.ts";
import { readSettings } from "./settings.ts";
import { styled } from "./terminal.ts";

const help = `Install clients of the AWS SDK beside the data directory, for services whose clients do not ship.

Usage: stepwell add SERVICE… [OPTIONS]

SERVICE is named as in aws-sdk:rekognition:detectLabels, or as an optimized integration (ecs, batch);
SERVICE@VERSION asks for one version, else it is the one that fits the clients that ship. npm installs
it in DATA-DIR/clients and runs no scripts of packages. A running server finds it at the next call.

Options:
  --list             Show the clients that ship and those that have been added
  --remove           Remove the clients of these services
  --data-dir DIR     The data directory of the server; .stepwell, or that of the configuration
  --config FILE      The configuration file; stepwell.config.json, .yaml or .mjs if there is one
  --help, -h         Show this
`;

/** `stepwell add SERVICE…` */
export const add: Command = {
  help,
  async run(args) {
    const { values, positionals } = parseArguments(args, {
      list: { type: "boolean" },
      remove: { type: "boolean" },
      "data-dir": { type: "string" },
      config: { type: "string" },
    });
    const { clientsFolder: folder } = await readSettings(values);
    if (values.list === true) {
      process.stdout.write(listText(folder));
      return 0;
    }
    if (positionals.length === 0) {
      throw new UsageError("SERVICE is missing: name one or more, such as rekognition.");
    }
    const wanted = positionals.map(wantedClient);
    process.stdout.write(
      values.remove === true ? await remove(wanted, folder) : await install(wanted, folder),
    );
    return 0;
  },
};

async function install(wanted: readonly WantedClient[], folder: string): Promise<string> {
  const shipped = shippedClients();
  const before = packagesIn(folder);
  const modules = createClientModules(folder);
  const lines: string[] = [];
  const specs = new Map<string, WantedClient>();
  for (const one of wanted) {
    const { packageName, service } = one;
    const there = modules.find(service);
    if (there !== undefined && (one.version ?? there.version) === there.version) {
      lines.push(`${packageName} ${there.version} is there already: ${there.path}`);
      continue;
    }
    const versions = shipped.map(({ version }) => version);
    const version = one.version ?? fittingVersion(await publishedVersions(packageName), versions);
    if (version === undefined) throw new CommandFailure(`${packageName} has no version.`);
    specs.set(`${packageName}@${version}`, one);
  }
  if (specs.size === 0) return text(lines);
  await installPackages(folder, [...specs.keys()]);
  lines.push(`Installed in ${folder}:`);
  for (const [spec, { service }] of specs) {
    lines.push(`  ${styled(process.stdout, "bold", spec)}  for aws-sdk:${service}:…`);
  }
  lines.push(...cameWith(before, packagesIn(folder), [...specs.values()]));
  lines.push("No scripts of packages were run. A running server finds it at the next call.");
  const loaded = createClientModules(folder);
  for (const { service, packageName } of specs.values()) {
    const module = await loaded.load(service);
    if (module === undefined || describesOperations(module)) continue;
    lines.push(
      `${styled(process.stdout, "yellow", "warning:")} this version of ${packageName} is too old for Stepwell: it does not describe what its operations take, so that tasks that call it fail. Name a newer one with ${service}@VERSION, if there is one.`,
    );
  }
  return text(lines);
}

function cameWith(
  before: Packages,
  after: Packages,
  wanted: readonly WantedClient[],
): readonly string[] {
  const names = new Set(wanted.map(({ packageName }) => packageName));
  const others = [...after].filter(([name, version]) => {
    return !names.has(name) && before.get(name) !== version;
  });
  if (others.length === 0) return [];
  const count = others.length === 1 ? "1 package that is" : `${others.length} packages that are`;
  const shown = others.map(([name, version]) => `${name} ${version}`).join(", ");
  return [`With ${names.size === 1 ? "it" : "them"} came ${count} needed: ${shown}.`];
}

async function remove(wanted: readonly WantedClient[], folder: string): Promise<string> {
  const added = new Set(addedClients(folder).map(({ packageName }) => packageName));
  const missing = wanted.find(({ packageName }) => !added.has(packageName));
  if (missing !== undefined) {
    throw new CommandFailure(`${missing.packageName} has not been added to ${folder}.`);
  }
  const names = wanted.map(({ packageName }) => packageName);
  await removePackages(folder, names);
  return text([
    `Removed from ${folder}: ${names.join(", ")}.`,
    "A running server that has called one keeps it until it is restarted.",
  ]);
}

function listText(folder: string): string {
  const added = addedClients(folder);
  const lines = ["Installed with Stepwell:", ...shippedClients().map(clientLine)];
  if (added.length === 0) return text([...lines, `None has been added to ${folder}.`]);
  return text([...lines, `Added to ${folder}:`, ...added.map(clientLine)]);
}

function clientLine({ service, packageName, version }: InstalledClient): string {
  return `  ${service.padEnd(24)}  ${packageName} ${version}`;
}

function text(lines: readonly string[]): string {
  return `${lines.join("\n")}\n`;
}
