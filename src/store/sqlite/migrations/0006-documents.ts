import type { Migration } from "../schema.ts";

/** Documents that belong to no state machine: users, roles, policies and keys. */
export const documents: Migration = {
  version: 6,
  sql: `
    CREATE TABLE documents (
      collection TEXT NOT NULL,
      id TEXT NOT NULL,
      version INTEGER NOT NULL,
      body TEXT NOT NULL,
      PRIMARY KEY (collection, id)
    );
  `,
};
