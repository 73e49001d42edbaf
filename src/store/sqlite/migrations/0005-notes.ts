import type { Migration } from "../schema.ts";

/** Documents that are kept beside state machines: the test cases of the console's designer. */
export const notes: Migration = {
  version: 5,
  sql: `
    CREATE TABLE notes (
      state_machine_arn TEXT NOT NULL,
      kind TEXT NOT NULL,
      version INTEGER NOT NULL,
      body TEXT NOT NULL,
      PRIMARY KEY (state_machine_arn, kind)
    );
  `,
};
