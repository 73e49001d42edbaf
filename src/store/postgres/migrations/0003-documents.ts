import type { Migration } from "../schema.ts";

/** Documents that belong to no state machine: users, roles, policies and keys. */
export const documents: Migration = {
  version: 3,
  statements: [
    `CREATE TABLE @documents (
      collection text COLLATE "C" NOT NULL,
      id text COLLATE "C" NOT NULL,
      version bigint NOT NULL,
      body text NOT NULL,
      PRIMARY KEY (collection, id)
    )`,
  ],
};
