import pg from "pg";
import { expect, test } from "vitest";
import { sharedPostgres } from "../contracts/shared-postgres.ts";
import { stepwell } from "./stepwell.ts";

const server = await sharedPostgres();

test.skipIf(typeof server === "string")(
  "stepwell cluster only looks: where no server has made a store, it makes none",
  async () => {
    if (typeof server === "string") throw new Error(server);
    const { status, stderr } = await stepwell(["cluster", "--store", server.url]);
    expect([status, stderr]).toEqual([1, expect.stringContaining("There is no store in")]);
    const client = new pg.Client({ connectionString: server.url });
    await client.connect();
    const found = await client.query(
      "SELECT FROM information_schema.schemata WHERE schema_name = 'stepwell'",
    );
    await client.end();
    expect(found.rowCount).toBe(0);
  },
);
