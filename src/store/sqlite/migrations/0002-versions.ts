import type { Migration } from "../schema.ts";

/**
 * Versions and aliases of state machines, and the listings of executions that were started through one. Those are few
 * among many: an index of expressions over `extra`, of the rows that have the member, costs the others nothing.
 */
export const versions: Migration = {
  version: 2,
  sql: `
    ALTER TABLE state_machines ADD COLUMN last_version INTEGER NOT NULL DEFAULT 0;
    -- JSON of what the create published it as.
    ALTER TABLE state_machines ADD COLUMN published TEXT;

    CREATE TABLE versions (
      state_machine_arn TEXT NOT NULL,
      version INTEGER NOT NULL,
      revision_id TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      description TEXT,
      PRIMARY KEY (state_machine_arn, version)
    ) WITHOUT ROWID;

    CREATE TABLE aliases (
      state_machine_arn TEXT NOT NULL,
      name TEXT NOT NULL,
      description TEXT,
      -- JSON, as the port has it.
      routes TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL,
      PRIMARY KEY (state_machine_arn, name)
    ) WITHOUT ROWID;

    CREATE INDEX executions_of_version
      ON executions (extra ->> 'stateMachineVersionArn', status, start_date, id)
      WHERE extra ->> 'stateMachineVersionArn' IS NOT NULL;
    CREATE INDEX executions_of_alias
      ON executions (extra ->> 'stateMachineAliasArn', status, start_date, id)
      WHERE extra ->> 'stateMachineAliasArn' IS NOT NULL;
  `,
};
