import { createReadStream } from "node:fs";
import { resolve } from "node:path";
import { createInterface } from "node:readline";
import type { StoreDump } from "../ports/store-dump.ts";
import { makeKeyFile } from "../store/keys/key-file.ts";
import { openDump, type StoreLocation } from "../store/open-dump.ts";
import { openStore } from "../store/open-store.ts";
import { documentsOfKeys } from "../store/sealed/dump-documents.ts";
import { hasDataKeys, openKeyRing, rewrapKeys } from "../store/sealed/key-ring.ts";
import { openLog } from "../store/sealed/sealed-log.ts";
import { openSealedDump } from "../store/sealed/sealed-dump.ts";
import { consoleLogger } from "./console-logger.ts";
import { CommandFailure } from "./errors.ts";
import { ringOptions } from "./seal-store.ts";
import type { Settings } from "./settings.ts";

/** `stepwell store make-key` */
export function makeKey(file: string): number {
  const path = resolve(file);
  try {
    makeKeyFile(path);
  } catch (error) {
    throw new CommandFailure(`The key file cannot be made: ${(error as Error).message}`, {
      cause: error,
    });
  }
  process.stdout.write(
    `${path} has a new key, which only you may read. Keep a copy of it in another place, ` +
      "and name it in the configuration:\n" +
      `  "encryption": { "key": { "file": ${JSON.stringify(path)} } }\n`,
  );
  return 0;
}

/** `stepwell store rotate-key` */
export async function rotateKey(location: StoreLocation, settings: Settings): Promise<number> {
  const dump = await openDump(location, "read");
  try {
    const documents = await documentsOfKeys(dump);
    if (!(await hasDataKeys(documents))) {
      throw new CommandFailure(
        `${dump.name} is not sealed, and so it has no data key: one is made when a server with 'encryption' starts.`,
      );
    }
    const ring = await openKeyRing({
      ...ringOptions(settings, consoleLogger(false)),
      store: documents,
      plainTexts: "accepted",
    });
    const { id } = await ring.rotate();
    process.stdout.write(`The data key ${id} seals what is written to ${dump.name} from now on.\n`);
    return 0;
  } finally {
    await dump.close();
  }
}

/** `stepwell store rewrap` */
export async function rewrap(
  location: StoreLocation,
  from: Settings,
  to: Settings,
): Promise<number> {
  const logger = consoleLogger(false);
  const [before, after] = [ringOptions(from, logger), ringOptions(to, logger)];
  const store = await openStore(
    location.kind === "sqlite" ? location : { ...location, migrate: false },
  );
  try {
    const count = await rewrapKeys(store, before.provider, after.provider);
    process.stdout.write(
      `${count} data ${count === 1 ? "key is" : "keys are"} wrapped with ${after.provider.name} now.\n`,
    );
    return 0;
  } finally {
    await store.close();
  }
}

/** `stepwell store read-log` */
export async function readLog(file: string, settings: Settings): Promise<number> {
  const { provider } = ringOptions(settings, consoleLogger(false));
  const input = createReadStream(resolve(file));
  try {
    for await (const text of openLog(createInterface({ input }), provider)) {
      process.stdout.write(text);
    }
    return 0;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    throw new CommandFailure(`There is no file ${file}.`, { cause: error });
  }
}

/** What a store holds, opened where it is sealed. */
export async function opened(dump: StoreDump, settings: Settings): Promise<StoreDump> {
  if (!(await hasDataKeys(await documentsOfKeys(dump)))) return dump;
  const options = ringOptions(settings, consoleLogger(false));
  return openSealedDump({ ...options, dump, plainTexts: "accepted" });
}

/** An empty store, or what an interrupted copy has left, which seals whatever it is given. */
export function sealedAnew(dump: StoreDump, settings: Settings): Promise<StoreDump> {
  const options = ringOptions(settings, consoleLogger(false));
  // What was interrupted has to come to the same texts: no key takes another's place meanwhile.
  return openSealedDump({
    ...options,
    dump,
    plainTexts: "refused",
    rotateAfterDays: Number.MAX_SAFE_INTEGER,
  });
}
