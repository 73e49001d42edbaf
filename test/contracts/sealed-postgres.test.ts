import pg from "pg";
import { expect, test } from "vitest";
import type { ClusterStore } from "../../src/ports/cluster-store.ts";
import { openPostgresStore } from "../../src/store/postgres/postgres-store.ts";
import { sealed } from "./sealed-stores.ts";
import { sharedPostgres } from "./shared-postgres.ts";
import {
  activity,
  activityArn,
  alias,
  document,
  executionArn,
  machineArn,
  note,
  own,
  revision,
  start,
  started,
  stateMachine,
  version,
} from "./store-fixtures.ts";

const server = await sharedPostgres();
const canary = "canary-5d1e";
const schema = "sealed_canary";
const call = { id: "call", partition: 0, request: `"${canary} asked"` };
const message = { id: "message", to: executionArn("one"), body: `"${canary} message"` };

/** Writes the canary wherever a shared store keeps what is not a name or a time. */
async function fill(store: ClusterStore): Promise<void> {
  await store.putStateMachine(
    stateMachine("orders", { tags: { k: canary }, published: { description: canary } }),
    revision("orders", { definition: canary, loggingConfiguration: canary }),
    version("orders", 1, { description: canary }),
  );
  await store.putAlias(alias("orders", "live", { description: canary }));
  await store.putNote(note("orders", "testCases", { body: canary }));
  await store.putDocument(document("alice", { body: canary }));
  await store.putActivity(activity("work", { tags: { k: canary } }));
  const owner = await own(store);
  const chunk = { firstEventId: 1, lastEventId: 2, data: canary };
  await owner.commit([
    start(started("one"), { chunk, closed: { status: "FAILED", stopDate: 2_000 } }),
  ]);
  await owner.send(message);
  while ((await store.packClosed?.(9_000, 10)) ?? 0) {
    // Until all is packed.
  }
  await store.postCall(call);
  await store.answerCall(call, `"${canary} answered"`);
  await store.postCall({ ...call, id: "open" });
}

/** Every row of every table of the schema, as a dump has it. */
async function allRows(client: pg.Client): Promise<string> {
  const tables = await client.query(
    "SELECT table_name FROM information_schema.tables WHERE table_schema = $1",
    [schema],
  );
  let text = "";
  for (const { table_name: table } of tables.rows as { table_name: string }[]) {
    const { rows } = await client.query(`SELECT t::text AS row FROM ${schema}."${table}" t`);
    text += (rows as { row: string }[]).map(({ row }) => row).join("\n");
  }
  return text;
}

test.skipIf(typeof server === "string")(
  "no table of a sealed PostgreSQL has a text in clear, and another node reads all of it",
  async () => {
    const url = typeof server === "string" ? "" : server.url;
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    const stores: ClusterStore[] = [];
    try {
      await client.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);
      const options = { url, schema, partitions: 1 };
      const store = await sealed(await openPostgresStore(options));
      stores.push(store);
      await fill(store);
      const rows = await allRows(client);
      expect(rows).toContain(executionArn("one"));
      expect(rows).not.toContain(canary);
      // A packed journal is bytes, and sealed within them.
      expect(rows).not.toContain(Buffer.from(canary).toString("hex"));

      const other = await sealed(await openPostgresStore(options));
      stores.push(other);
      expect((await other.journal(executionArn("one"), {}))[0]?.data).toBe(canary);
      expect((await other.revision(machineArn(), "revision-1"))?.definition).toBe(canary);
      expect((await other.aliases(machineArn()))[0]?.description).toBe(canary);
      expect((await other.activity(activityArn("work")))?.tags).toEqual({ k: canary });
      expect(await other.messages(0, 9)).toEqual([message]);
      expect(await other.postedCalls([0], 9)).toEqual([{ ...call, id: "open" }]);
      expect(await other.answerOf(call)).toBe(`"${canary} answered"`);
      expect(await other.secret()).toBe(await store.secret());
    } finally {
      await Promise.all(stores.map((each) => each.close()));
      await client.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);
      await client.end();
    }
  },
);
