import type { Migration } from "../schema.ts";

/** Map Runs, their children among the executions, and what a redrive leaves on an execution. */
export const mapRuns: Migration = {
  version: 3,
  sql: `
    ALTER TABLE executions ADD COLUMN redrive_count INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE executions ADD COLUMN redrive_date INTEGER;
    -- The number of the Map Run's ARN, as machines have theirs.
    ALTER TABLE executions ADD COLUMN map_run INTEGER;
    ALTER TABLE executions ADD COLUMN map_run_index INTEGER;
    ALTER TABLE executions ADD COLUMN item_count INTEGER;
    CREATE INDEX executions_children ON executions (map_run, map_run_index) WHERE map_run IS NOT NULL;

    CREATE TABLE map_runs (
      id INTEGER PRIMARY KEY,
      map_run_arn TEXT NOT NULL UNIQUE,
      execution_arn TEXT NOT NULL,
      -- JSON of the record.
      record TEXT NOT NULL
    );
    CREATE INDEX map_runs_of_execution ON map_runs (execution_arn, id);
  `,
};
