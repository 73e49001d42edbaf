import { DatabaseSync } from "node:sqlite";

/** How long a statement waits for another process that has the database open, such as a person with a SQLite shell. */
const busyTimeoutMs = 5000;

/** Page cache of a connection, in KiB. Small on purpose: the operating system caches the file too, and four
 * times as much was no faster with 200,000 executions. */
const cacheKib = 8192;

/**
 * Opens the connection that writes. `synchronous=FULL` makes each commit wait for the disk. Checkpoints are made by
 * hand (`checkpoint.ts`), since SQLite hides the errors of those it makes by itself.
 */
export function openWriter(file: string, maxBytes: number | undefined): DatabaseSync {
  const database = new DatabaseSync(file);
  database.exec(`PRAGMA busy_timeout = ${busyTimeoutMs}`);
  database.exec(`PRAGMA cache_size = -${cacheKib}`);
  database.exec("PRAGMA temp_store = MEMORY");
  if (maxBytes !== undefined) {
    const pageBytes = Number(database.prepare("PRAGMA page_size").get()?.["page_size"]);
    database.exec(`PRAGMA max_page_count = ${Math.max(1, Math.floor(maxBytes / pageBytes))}`);
  }
  return database;
}

/** Turns on the write-ahead log; not done before the schema is known to be ours. */
export function useWriteAheadLog(database: DatabaseSync): void {
  database.exec("PRAGMA journal_mode = WAL");
  database.exec("PRAGMA synchronous = FULL");
  database.exec("PRAGMA wal_autocheckpoint = 0");
}

/** Opens a connection that reads, beside the one that writes. Each statement sees every commit made before it. */
export function openReader(file: string): DatabaseSync {
  const database = new DatabaseSync(file, { readOnly: true });
  database.exec(`PRAGMA busy_timeout = ${busyTimeoutMs}`);
  database.exec(`PRAGMA cache_size = -${cacheKib}`);
  return database;
}

/** Runs `work` in a transaction: all of it is written, or none. */
export function inTransaction<T>(database: DatabaseSync, work: () => T): T {
  database.exec("BEGIN IMMEDIATE");
  try {
    const result = work();
    database.exec("COMMIT");
    return result;
  } catch (error) {
    rollBack(database);
    throw error;
  }
}

/** Runs reads that see the database as it was at one moment, whatever is written meanwhile. */
export function atOneMoment<T>(database: DatabaseSync, read: () => T): T {
  database.exec("BEGIN");
  try {
    return read();
  } finally {
    rollBack(database);
  }
}

function rollBack(database: DatabaseSync): void {
  try {
    database.exec("ROLLBACK");
  } catch {
    // SQLite has rolled back by itself, as it does when the disk is full. The error that led here says more.
  }
}
