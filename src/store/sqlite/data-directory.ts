import { closeSync, existsSync, fsyncSync, mkdirSync, openSync } from "node:fs";
import { dirname, join } from "node:path";

/** The file in a data directory that holds the database; its write-ahead log is beside it. */
export function databaseFile(dataDir: string): string {
  return join(dataDir, "stepwell.db");
}

/** Whether a store was made in the directory. */
export function hasStore(dataDir: string): boolean {
  return existsSync(databaseFile(dataDir));
}

/**
 * Makes the directory where it is missing, for its owner only: payloads are private. The new entries are synced, so
 * that a power failure cannot take away a directory whose files were.
 */
export function createDataDirectory(dataDir: string): void {
  const first = mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  if (first === undefined) return;
  for (let directory = dirname(dataDir); ; directory = dirname(directory)) {
    syncDirectory(directory);
    if (directory === dirname(first) || directory === dirname(directory)) return;
  }
}

/** Makes the names in a directory survive a power failure: those of new files, and that removed ones are gone. */
export function syncDirectory(directory: string): void {
  // Windows has no such thing as syncing a directory.
  if (process.platform === "win32") return;
  const descriptor = openSync(directory, "r");
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
