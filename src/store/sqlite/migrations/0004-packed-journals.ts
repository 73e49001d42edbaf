import type { Migration } from "../schema.ts";

/** Journals of closed executions as compressed blocks; what is in `journal` of the same execution comes after them. */
export const packedJournals: Migration = {
  version: 4,
  sql: `
    -- In the order they were packed, so that pages are filled to the end: a key of the execution would leave a quarter free.
    CREATE TABLE packed_journals (
      position INTEGER PRIMARY KEY,
      execution INTEGER NOT NULL,
      first_event_id INTEGER NOT NULL,
      last_event_id INTEGER NOT NULL,
      data BLOB NOT NULL
    );
    CREATE INDEX packed_journals_execution ON packed_journals (execution);

    -- Executions whose end is dated before the place that packing has come to: a clock was set back.
    CREATE TABLE closed_late (
      execution INTEGER PRIMARY KEY
    );
  `,
};
