import { openActivityWrites } from "./activities.ts";
import { openCheckpoints } from "./checkpoint.ts";
import { openCommitter } from "./commit.ts";
import { openWriter, useWriteAheadLog } from "./connection.ts";
import { lockDataDirectory } from "./data-directory-lock.ts";
import { createDataDirectory, databaseFile } from "./data-directory.ts";
import { openMapRunWrites } from "./map-runs.ts";
import { openOwnership } from "./ownership.ts";
import type { Ending, ThreadOptions, Writes } from "./protocol.ts";
import { openRetention } from "./retention.ts";
import { migrate } from "./schema.ts";
import { openStateMachineWrites } from "./state-machines.ts";
import { openVersionWrites } from "./versions.ts";

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
  useWriteAheadLog(database);
  const ownership = openOwnership(database);
  const committer = openCommitter(database, ownership);
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
      ...openActivityWrites(database),
      ...openMapRunWrites(database),
      ...openRetention(database, committer.forget),
      close(clean) {
        if (clean) checkpoints.finish();
        database.close();
        unlock();
      },
    },
    afterwards() {
      checkpoints.wrote(rowsWritten);
      rowsWritten = 0;
    },
  };
}
