import { readFileSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { StoreFailure } from "../../ports/store.ts";

/**
 * Takes a data directory for this process; the result gives it back.
 *
 * The lock is SQLite's own exclusive lock on an empty database, which the operating system drops with the process however
 * that ends. Who holds it is written in a file of its own, for the message only: opening and closing the locked file in
 * the process that holds it would drop the lock (that is how POSIX locks are).
 */
export function lockDataDirectory(dataDir: string): () => void {
  const database = new DatabaseSync(join(dataDir, "lock"));
  const ownerFile = join(dataDir, "lock.owner");
  try {
    database.exec("PRAGMA busy_timeout = 0");
    database.exec("BEGIN EXCLUSIVE");
  } catch (error) {
    database.close();
    if (!isBusy(error)) throw error;
    throw new StoreFailure(
      "locked",
      `The data directory ${dataDir} is in use by another Stepwell (${ownerIn(ownerFile)}). ` +
        "Stop that one, or choose another data directory.",
      { cause: error },
    );
  }
  writeFileSync(ownerFile, `pid ${process.pid} on ${hostname()}`);
  return () => database.close();
}

function ownerIn(file: string): string {
  try {
    return readFileSync(file, "utf8") || "pid unknown";
  } catch {
    return "pid unknown";
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && "errcode" in error && error.errcode === 5;
}
