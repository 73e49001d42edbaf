import type { DatabaseSync } from "node:sqlite";

/**
 * How long the write-ahead log may get before it is copied into the database, in its pages of 4 KiB. Measured: the next
 * commit then waits about 30 ms; half as many pages cost no speed, a quarter as many halve it.
 */
const targetFrames = 4000;

/** Never more often than this, even if a reader keeps a checkpoint from finishing. */
const fewestRows = 500;

/** Copies the write-ahead log into the database from time to time. */
export interface Checkpoints {
  /** Told after each commit how much it wrote, roughly, in rows of usual size; may make a checkpoint. */
  wrote(rows: number): void;
  /** Empties the log, for a clean end. */
  finish(): void;
}

/**
 * SQLite can do this by itself, but then says nothing when the disk fails under it. Here such an error is thrown like
 * any other. How many rows fill the log is learnt from the last checkpoint: SQLite tells the length of the log only
 * when it makes one.
 */
export function openCheckpoints(database: DatabaseSync): Checkpoints {
  // Of `main` only: on all databases it fails where the temporary one is in use.
  const checkpoint = (mode: "PASSIVE" | "TRUNCATE") =>
    database.prepare(`PRAGMA main.wal_checkpoint(${mode})`).get();
  let rowsPerCheckpoint = fewestRows;
  let rows = 0;

  return {
    wrote(count) {
      rows += count;
      if (rows < rowsPerCheckpoint) return;
      const frames = Number(checkpoint("PASSIVE")?.["log"]);
      rowsPerCheckpoint = Math.max(fewestRows, (rows * targetFrames) / Math.max(1, frames));
      rows = 0;
    },
    finish() {
      checkpoint("TRUNCATE");
    },
  };
}
