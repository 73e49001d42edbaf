import { randomBytes } from "node:crypto";
import { StoreFailure } from "../../ports/store.ts";
import type { Database } from "./database.ts";
import { initial } from "./migrations/0001-initial.ts";
import { notes } from "./migrations/0002-notes.ts";
import { documents } from "./migrations/0003-documents.ts";
import { sqlState } from "./postgres-failure.ts";
import { bulkWaitMs, statement } from "./statement.ts";

/**
 * One step of the schema. A migration that was released is never edited: a store somewhere has been through it. It only
 * adds, so that nodes of the version before go on while it is made.
 */
export interface Migration {
  readonly version: number;
  readonly statements: readonly string[];
}

/** Every migration, in order; their versions count from 1. */
export const migrations: readonly Migration[] = [initial, notes, documents];

/** What the store was made with. */
export interface StoreSettings {
  readonly partitions: number;
  readonly secret: string;
}

const readMeta = statement("meta_read", "SELECT key, value FROM @meta");
const lockVersion = statement(
  "meta_lock_version",
  "SELECT value FROM @meta WHERE key = 'schema_version' FOR UPDATE",
);
const putMeta = statement(
  "meta_put",
  `INSERT INTO @meta (key, value) VALUES ($1, $2)
   ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
);
const addMeta = statement(
  "meta_add",
  "INSERT INTO @meta (key, value) VALUES ($1, $2) ON CONFLICT (key) DO NOTHING",
);
const createMeta = statement(
  "meta_create",
  `CREATE TABLE IF NOT EXISTS @meta (
     key text COLLATE "C" NOT NULL PRIMARY KEY,
     value text NOT NULL
   )`,
);
const findSchema = statement(
  "schema_find",
  "SELECT schema_name FROM information_schema.schemata WHERE schema_name = $1",
);
const addPartitions = statement(
  "partitions_add",
  `INSERT INTO @partitions (part, epoch, owned)
   SELECT u.part, 0, false FROM unnest($1::integer[]) AS u(part)`,
);
const steps = migrations.map(({ version, statements }) =>
  statements.map((text, index) => statement(`migration_${version}_${index}`, text, bulkWaitMs)),
);

/** What the server says of two who make the same thing at once, or of a thing that is there already. */
const madeByAnother = new Set(["23505", "42710", "42P06", "42P07"]);

/** What it says where the schema or the table is not there. */
const notThere = new Set(["3F000", "42P01"]);

/**
 * Brings the database to the newest schema, and makes a new store with so many partitions. Many nodes may do this at once,
 * while others of an older version work. One that a newer version has made is refused before anything is written.
 */
export async function migrate(database: Database, partitions: number): Promise<StoreSettings> {
  const newest = migrations.length;
  let meta = await metaOf(database);
  if (meta === undefined) await prepare(database);
  while (meta === undefined || versionIn(meta, database) < newest) {
    await step(database, partitions);
    meta = await metaOf(database);
  }
  const stored = Number(meta.get("partitions"));
  const secret = meta.get("secret");
  if (!Number.isInteger(stored) || secret === undefined) notOurs(database);
  return { partitions: stored, secret };
}

/** The version of the schema that is there. Refuses a database without a store, and a store of a newer version. */
export async function requirePresent(database: Database): Promise<number> {
  const meta = await metaOf(database);
  const present = meta === undefined ? 0 : versionIn(meta, database);
  if (present > 0) return present;
  throw new StoreFailure("unavailable", `There is no store in ${database.server}.`);
}

/** For who only looks: refuses what {@link migrate} would make or bring up to date. */
export async function requireNewest(database: Database): Promise<void> {
  const present = await requirePresent(database);
  if (present === migrations.length) return;
  throw new StoreFailure(
    "unavailable",
    `The schema of the store in ${database.server} is ${present}, and this version reads ${migrations.length}: ` +
      "bring it up to date first (stepwell store migrate).",
  );
}

/** Makes the next migration, unless another node has. */
async function step(database: Database, partitions: number): Promise<void> {
  await database.transaction(async (run) => {
    const present = Number((await run(lockVersion))[0]?.["value"]);
    for (const each of steps[present] ?? []) await run(each);
    if (present === 0) {
      const all = Array.from({ length: partitions }, (_, index) => index);
      await run(addPartitions, all);
      await run(addMeta, "partitions", String(partitions));
      await run(addMeta, "secret", randomBytes(32).toString("base64"));
      await run(addMeta, "changes", "0");
    }
    if (present < migrations.length) await run(putMeta, "schema_version", String(present + 1));
  });
}

/** Makes the row that migrations lock, and the table and schema for it. */
async function prepare(database: Database): Promise<void> {
  const { schema } = database;
  // A user who may not make schemas is given one that is there.
  if ((await database.rows(findSchema, schema)).length === 0) {
    await unlessMade(() => database.rows(createSchema(schema)));
  }
  await unlessMade(() => database.rows(createMeta));
  await database.rows(addMeta, "schema_version", "0");
}

function createSchema(schema: string) {
  const text = `CREATE SCHEMA IF NOT EXISTS "${schema.replaceAll('"', '""')}"`;
  return { name: "schema_create", text, waitMs: bulkWaitMs };
}

async function unlessMade(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!madeByAnother.has(sqlState(error) ?? "")) throw error;
  }
}

/** What `meta` holds; nothing if there is no such table, or it has not got its first row. */
async function metaOf(database: Database): Promise<Map<string, string> | undefined> {
  try {
    const rows = await database.rows(readMeta);
    const meta = new Map(rows.map((row) => [String(row["key"]), String(row["value"])]));
    return meta.size === 0 ? undefined : meta;
  } catch (error) {
    const state = sqlState(error) ?? "";
    if (notThere.has(state)) return undefined;
    // A table of that name with other columns.
    if (state === "42703") notOurs(database);
    throw error;
  }
}

function versionIn(meta: ReadonlyMap<string, string>, database: Database): number {
  const version = Number(meta.get("schema_version") ?? NaN);
  if (!Number.isInteger(version)) notOurs(database);
  if (version > migrations.length) {
    throw new StoreFailure(
      "newer",
      `${database.server} was used by a newer version of Stepwell: its schema is ${version}, and this version knows ` +
        `schemas up to ${migrations.length}. Use the newer version, or another database.`,
    );
  }
  return version;
}

function notOurs(database: Database): never {
  throw new StoreFailure(
    "unavailable",
    `The schema ${database.schema} in ${database.server} was not made by Stepwell.`,
  );
}
