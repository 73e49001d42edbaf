import { openActivityWrites } from "./activities.ts";
import { openCheckpoints } from "./checkpoint.ts";
import { openCommitter } from "./commit.ts";
import { openWriter, useWriteAheadLog } from "./connection.ts";
import { refuseUnfinishedCopy } from "./copy-marker.ts";
import { lockDataDirectory } from "./data-directory-lock.ts";
import { createDataDirectory, databaseFile, syncDirectory } from "./data-directory.ts";
import { openDocumentWrites } from "./documents.ts";
import { openMapRunWrites } from "./map-runs.ts";
import { openNoteWrites } from "./notes.ts";
import { openOwnership } from "./ownership.ts";
import { openPacking } from "./packing.ts";
import type { Ending, ThreadOptions, Writes } from "./protocol.ts";
import { openRetention } from "./retention.ts";
import { migrate } from "./schema.ts";
import { openStateMachineWrites } from "./state-machines.ts";
import { openVersionWrites } from "./versions.ts";

/** What packing an execution writes, roughly, in rows: its chunks go and a block comes. */
const rowsOfPacked = 12;

/** What the writing thread does: the calls, and what follows once they are answered. */
export interface Writing {
  readonly calls: Writes & Ending;
  /** Work that nobody waits for. */
  afterwards(): void;
}

/** Locks the data directory, brings the database up to date and opens it for writing. */
export function openWriting({ dataDir, maxBytes }: ThreadOptions): Writing {
  createDataDirectory(dataDir);
  const unlock = lockDataDirectory(dataDir);
  const database = openWriter(databaseFile(dataDir), maxBytes);
  migrate(database, dataDir);
  refuseUnfinishedCopy(database, dataDir);
  useWriteAheadLog(database);
  // SQLite does this with the first commit, but ignores its failure: then a power failure could bring back the log that
  // the last close removed, and old pages with it.
  syncDirectory(dataDir);
  const ownership = openOwnership(database);
  const packing = openPacking(database);
  const committer = openCommitter(database, ownership, packing);
  const checkpoints = openCheckpoints(database);
  let rowsWritten = 0;

  return {
    calls: {
      acquire: ownership.acquire,
      release: ownership.release,
      resolve: ownership.resolve,
      commit(batch) {
        for (const { chunk } of batch.writes) rowsWritten += 1 + (chunk?.data.length ?? 0) / 1000;
        return committer.commit(batch);
      },
      ...openStateMachineWrites(database),
      ...openVersionWrites(database),
      ...openNoteWrites(database),
      ...openDocumentWrites(database),
      ...openActivityWrites(database),
      ...openMapRunWrites(database),
      ...openRetention(database, committer.forget),
      packClosed(before, limit) {
        const worked = packing.calls.packClosed(before, limit);
        rowsWritten += worked * rowsOfPacked;
        return worked;
      },
      close(clean) {
        try {
          if (clean) checkpoints.finish();
        } finally {
          database.close();
          unlock();
        }
      },
    },
    afterwards() {
      checkpoints.wrote(rowsWritten);
      rowsWritten = 0;
    },
  };
}
