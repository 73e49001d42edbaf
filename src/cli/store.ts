import { realpathSync } from "node:fs";
import { resolve } from "node:path";
import { DamagedJournal, RestoreConflict, type StoreDump } from "../ports/store-dump.ts";
import { StoreFailure } from "../ports/store.ts";
import { checkStore } from "../store/check-store.ts";
import { CopyRefusal, copyStore } from "../store/copy-store.ts";
import { migrateStore, openDump, type StoreLocation } from "../store/open-dump.ts";
import { parseArguments } from "./arguments.ts";
import { isPostgresUrl } from "./cluster-schema.ts";
import { CommandFailure, UsageError } from "./errors.ts";
import { showLongWork } from "./long-work.ts";
import type { Command } from "./main.ts";
import { keyFailure } from "./seal-store.ts";
import { readSettings, type Settings } from "./settings.ts";
import { makeKey, opened, readLog, rewrap, rotateKey, sealedAnew } from "./store-keys.ts";
import { checkText, copyText, kindNames, numberText } from "./store-report.ts";

const help = `Check a store, copy it into another one, bring its schema up to date, or care for its keys.

Usage: stepwell store check STORE
       stepwell store copy FROM TO [--partitions N]
       stepwell store migrate STORE
       stepwell store make-key FILE
       stepwell store rotate-key STORE
       stepwell store rewrap STORE --from-config FILE
       stepwell store reencrypt FROM TO [--partitions N]
       stepwell store read-log FILE

A STORE is a data directory, or the URL of a PostgreSQL database: postgres://USER@HOST/DATABASE
(a password may be in PGPASSWORD). It may not be in use by a server, but for migrate in PostgreSQL.

  check     Read everything, and say what is wrong: journals with gaps or that cannot be read, executions that
            are not what their journals say, what belongs to nothing, a damaged file
  copy      Copy everything, from a data directory into PostgreSQL or back, then read and compare both.
            TO is empty, or not there yet. A copy that was interrupted goes on when it is asked for again; until
            it has ended well, no server opens TO. Task tokens stay valid.
  migrate   Bring the schema to this version. A server does that by itself when it starts.
  make-key  Make a key file for 'encryption' of the configuration. Keep a copy of it in another place: what it seals
            is lost with it
  rotate-key
            Make a new data key, which seals what is written from now on. A server does that by itself, too
  rewrap    Put the key of the configuration in the place of that of --from-config. Data are left as they are; logs
            that are there still need the key before
  reencrypt Copy everything as copy does, sealed with one new data key. FROM may be sealed or not. TO has never
            seen a plain text, and its server takes none. Delete FROM, its backups too, once TO is in use
  read-log  Print a sealed log of the data directory: logs/executions.jsonl, functions.log

What is sealed stays so in a copy. check needs the key of the configuration for a sealed store, and so do
rotate-key, rewrap, reencrypt and read-log.

Options:
  --partitions N     How many parts a new store in PostgreSQL has, which nothing can change later; 256
  --config FILE      The configuration with 'encryption'; stepwell.config.json, .yaml or .mjs
  --from-config FILE The configuration whose 'encryption' names the key before
  --help, -h         Show this

Exit status: 0; 1 if something is wrong, or what was asked for could not be done.
`;

/** `stepwell store` */
export const store: Command = {
  help,
  async run(args) {
    const { values, positionals } = parseArguments(args, {
      partitions: { type: "string" },
      config: { type: "string" },
      "from-config": { type: "string" },
    });
    const [action, ...names] = positionals;
    const partitions = partitionsOf(values.partitions);
    if (partitions !== undefined && action !== "copy" && action !== "reencrypt") {
      throw new UsageError("--partitions is for copy and reencrypt.");
    }
    try {
      switch (action) {
        case "check":
          return await check(
            locationOf(...only(names, "STORE")),
            await readSettings({ config: values.config }),
          );
        case "copy": {
          const [from, to] = only(names, "FROM", "TO");
          return await copy(locationOf(from), withPartitions(locationOf(to), partitions));
        }
        case "reencrypt": {
          const [from, to] = only(names, "FROM", "TO");
          const settings = await readSettings({ config: values.config });
          return await copy(
            locationOf(from),
            withPartitions(locationOf(to), partitions),
            async (source, target) => [
              await opened(source, settings),
              await sealedAnew(target, settings),
            ],
          );
        }
        case "make-key":
          return makeKey(...only(names, "FILE"));
        case "rotate-key":
          return await rotateKey(
            locationOf(...only(names, "STORE")),
            await readSettings({ config: values.config }),
          );
        case "migrate":
          return await migrate(locationOf(...only(names, "STORE")));
        case "rewrap":
          if (values["from-config"] === undefined)
            throw new UsageError("--from-config is missing.");
          return await rewrap(
            locationOf(...only(names, "STORE")),
            await readSettings({ config: values["from-config"] }),
            await readSettings({ config: values.config }),
          );
        case "read-log":
          return await readLog(
            ...only(names, "FILE"),
            await readSettings({ config: values.config }),
          );
        case undefined:
          throw new UsageError(
            "Say what to do: check, copy, migrate, make-key, rotate-key, rewrap, reencrypt or read-log.",
          );
        default:
          throw new UsageError(
            `A store cannot be asked for '${action}': see stepwell store --help.`,
          );
      }
    } catch (error) {
      throw isExpected(error)
        ? new CommandFailure(error.message, { cause: error })
        : keyFailure(error);
    }
  },
};

async function check(location: StoreLocation, settings: Settings): Promise<number> {
  const work = showLongWork();
  const stored = await openDump(location, "read");
  try {
    const dump = await opened(stored, settings);
    const users = await dump.users();
    if (users.length > 0) {
      throw new CommandFailure(
        `${dump.name} is in use by ${users.map(({ nodeId }) => nodeId).join(", ")}: what is read would change meanwhile. ` +
          "Stop every server that uses it.",
      );
    }
    const result = await checkStore(dump, (done, of) =>
      work.at(() => `checking: ${progressText(done, of)} executions`),
    );
    work.done();
    process.stdout.write(checkText(dump.name, dump.schemaVersion, result));
    return result.problems.length === 0 ? 0 : 1;
  } finally {
    await stored.close();
  }
}

/** `seen`: what is copied of the two, if not what they hold as it is. */
async function copy(
  from: StoreLocation,
  to: StoreLocation,
  seen: (source: StoreDump, target: StoreDump) => Promise<readonly [StoreDump, StoreDump]> = async (
    ...both
  ) => both,
): Promise<number> {
  if (isSame(from, to)) throw new UsageError("FROM and TO are the same store.");
  const stored: StoreDump[] = [];
  try {
    stored.push(await openDump(from, "read"));
    stored.push(await openDump(to, "write"));
    const [source, target] = await seen(...(stored as [StoreDump, StoreDump]));
    const work = showLongWork();
    const began = performance.now();
    const result = await copyStore(source, target, ({ kind, phase, done, of }) =>
      work.at(() => `${phase}: ${progressText(done, of)} ${kindNames[kind]}`),
    );
    work.done();
    const took = performance.now() - began;
    process.stdout.write(copyText(result, [source.name, target.name], took));
    return result.problems.length === 0 ? 0 : 1;
  } finally {
    for (const dump of stored.reverse()) await dump.close();
  }
}

async function migrate(location: StoreLocation): Promise<number> {
  const { name, from, to } = await migrateStore(location);
  process.stdout.write(
    from === to
      ? `${name} has schema ${to}, which is the newest.\n`
      : `${name} had schema ${from}, and has ${to} now.\n`,
  );
  return 0;
}

function locationOf(text: string): StoreLocation {
  if (isPostgresUrl(text)) return { kind: "postgres", url: text };
  if (/^\w+:\/\//.test(text)) {
    // The text may hold a password.
    throw new UsageError("A STORE is a data directory or postgres://USER@HOST/DATABASE.");
  }
  return { kind: "sqlite", dataDir: resolve(text) };
}

function withPartitions(location: StoreLocation, partitions: number | undefined): StoreLocation {
  if (partitions === undefined) return location;
  if (location.kind === "postgres") return { ...location, partitions };
  throw new UsageError("--partitions is for a copy into PostgreSQL.");
}

function partitionsOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const partitions = /^\d+$/.test(text) ? Number(text) : 0;
  if (partitions >= 1 && partitions <= 4096) return partitions;
  throw new UsageError(`--partitions is a number from 1 to 4096, not '${text}'.`);
}

/** As many arguments as there are names. */
function only<const Names extends readonly string[]>(
  given: readonly string[],
  ...names: Names
): { readonly [N in keyof Names]: string } {
  for (const [index, name] of names.entries()) {
    if (given[index] === undefined) throw new UsageError(`${name} is missing.`);
  }
  // What is too many may be a URL with a password.
  if (given.length > names.length) throw new UsageError(`Nothing may follow ${names.at(-1)}.`);
  return given as { readonly [N in keyof Names]: string };
}

function isSame(from: StoreLocation, to: StoreLocation): boolean {
  if (from.kind === "sqlite") {
    return to.kind === "sqlite" && real(from.dataDir) === real(to.dataDir);
  }
  return to.kind === "postgres" && databaseOf(from.url) === databaseOf(to.url);
}

function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

function databaseOf(text: string): string {
  const { hostname, port, pathname } = new URL(text);
  return `${hostname}:${port === "" ? "5432" : port}${pathname}`;
}

function progressText(done: number, of: number | undefined): string {
  return of === undefined ? numberText(done) : `${numberText(done)} of ${numberText(of)}`;
}

function isExpected(error: unknown): error is Error {
  return (
    error instanceof StoreFailure ||
    error instanceof CopyRefusal ||
    error instanceof RestoreConflict ||
    error instanceof DamagedJournal
  );
}
