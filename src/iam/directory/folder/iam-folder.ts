import { type FSWatcher, readdirSync, readFileSync, statSync, watch } from "node:fs";
import { join } from "node:path";
import type { JsonValue } from "../../../expression/json.ts";
import type { Logger } from "../../../ports/logger.ts";
import { keyOfRecord } from "../records.ts";
import { emptyMaps, type RecordMaps } from "../stored-records.ts";
import { type AccountDetails, parseAccountDetails } from "./parse-account-details.ts";

/** Our choices: more is no folder of policies. */
const largestFileBytes = 8 * 1024 * 1024;
const mostFiles = 1_000;
/** Editors write a file in several steps. */
const settleMs = 100;

/** What the files of a folder say, and go on to say as they change. */
export interface IamFolder {
  /** What they say now, as records that cannot be changed. */
  records(): RecordMaps;
  close(): void;
}

/**
 * Reads the `*.json` files of a folder, and reads them again when one changes. A file that is wrong is logged with the place, and what it
 * said before holds; one that is wrong from the start says nothing.
 */
export function openIamFolder(folder: string, logger: Logger, changed: () => void): IamFolder {
  const lastGood = new Map<string, AccountDetails>();
  let records = read();
  let timer: NodeJS.Timeout | undefined;
  const watcher = watchFolder(folder, logger, () => {
    timer ??= setTimeout(() => {
      timer = undefined;
      records = read();
      changed();
    }, settleMs);
  });

  function read(): RecordMaps {
    const files = filesOf(folder, logger);
    if (files === undefined) return recordsOf(lastGood, logger);
    for (const file of lastGood.keys()) if (!files.includes(file)) lastGood.delete(file);
    for (const file of files) {
      try {
        lastGood.set(file, readFile(join(folder, file)));
      } catch (error) {
        const problem = error instanceof Error ? error.message : String(error);
        logger.error("a file of the IAM folder is wrong; what it said before holds", {
          file,
          problem,
        });
      }
    }
    return recordsOf(lastGood, logger);
  }

  return {
    records: () => records,
    close() {
      clearTimeout(timer);
      watcher?.close();
    },
  };
}

function filesOf(folder: string, logger: Logger): readonly string[] | undefined {
  try {
    const files = readdirSync(folder).filter((name) => name.endsWith(".json"));
    if (files.length > mostFiles) throw new Error(`it has more than ${mostFiles} files`);
    return files.sort();
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    logger.error("the IAM folder cannot be read; what it said before holds", { folder, problem });
    return undefined;
  }
}

function readFile(path: string): AccountDetails {
  if (statSync(path).size > largestFileBytes) {
    throw new Error(`it has more than ${largestFileBytes} bytes`);
  }
  return parseAccountDetails(JSON.parse(readFileSync(path, "utf8")) as JsonValue);
}

/** Of two files that say something of one name, the one whose own name comes first. */
function recordsOf(files: ReadonlyMap<string, AccountDetails>, logger: Logger): RecordMaps {
  const maps = emptyMaps();
  for (const [file, details] of files) {
    for (const kind of ["user", "group", "role", "policy"] as const) {
      const map = maps[kind] as Map<string, unknown>;
      for (const record of details[kind]) {
        const key = keyOfRecord(kind, record);
        if (!map.has(key)) map.set(key, { record, version: "file" });
        else
          logger.warn("two files of the IAM folder say the same", {
            file,
            kind,
            name: record.name,
          });
      }
    }
  }
  return maps;
}

function watchFolder(folder: string, logger: Logger, onChange: () => void): FSWatcher | undefined {
  try {
    const watcher = watch(folder, { persistent: false }, onChange);
    watcher.on("error", (error) =>
      logger.warn("the IAM folder is no longer watched", { folder, problem: error.message }),
    );
    return watcher;
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    logger.warn("the IAM folder cannot be watched: changes need a restart", { folder, problem });
    return undefined;
  }
}
