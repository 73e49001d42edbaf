import type { Migration } from "../schema.ts";

/** Documents that are kept beside state machines: the test cases of the console's designer. */
export const notes: Migration = {
  version: 2,
  statements: [
    `CREATE TABLE @notes (
      state_machine_arn text COLLATE "C" NOT NULL,
      kind text COLLATE "C" NOT NULL,
      version bigint NOT NULL,
      body text NOT NULL,
      PRIMARY KEY (state_machine_arn, kind)
    )`,
  ],
};
