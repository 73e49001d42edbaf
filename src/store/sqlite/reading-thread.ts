import { openActivityReads } from "./activities.ts";
import { openReader } from "./connection.ts";
import { databaseFile } from "./data-directory.ts";
import { openDocumentReads } from "./documents.ts";
import { openExecutionReads } from "./executions.ts";
import { openJournalReads } from "./journal.ts";
import { openMapRunReads } from "./map-runs.ts";
import type { Ending, Reads, ThreadOptions } from "./protocol.ts";
import { openNoteReads } from "./notes.ts";
import { openStateMachineReads } from "./state-machines.ts";
import { openVersionReads } from "./versions.ts";

/** Opens the database, which the writing thread has open, for reading. */
export function openReading({ dataDir }: ThreadOptions): Reads & Ending {
  const database = openReader(databaseFile(dataDir));
  const secret = database.prepare("SELECT value FROM meta WHERE key = 'secret'");

  return {
    ...openExecutionReads(database),
    ...openJournalReads(database),
    ...openStateMachineReads(database),
    ...openVersionReads(database),
    ...openNoteReads(database),
    ...openDocumentReads(database),
    ...openActivityReads(database),
    ...openMapRunReads(database),
    secret: () => String(secret.get()?.["value"]),
    close: () => database.close(),
  };
}
