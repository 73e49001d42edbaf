import { createHash } from "node:crypto";
import {
  type DumpKind,
  type DumpRecords,
  RestoreConflict,
  type StoreDump,
} from "../../ports/store-dump.ts";
import type { Page, PageRequest } from "../../ports/store.ts";
import { recordName } from "../canonical-record.ts";
import { checkLimit } from "../page-position.ts";
import { openArns } from "./arns.ts";
import { cluster } from "./cluster.ts";
import { copyMarker, setCopyMarker } from "./copy-marker.ts";
import { type Database, openDatabase } from "./database.ts";
import { openExecutionDump } from "./dump-executions.ts";
import { findingsOf } from "./dump-findings.ts";
import { readPage, writeRows } from "./dump-rows.ts";
import { splitArn } from "./execution-arn.ts";
import { migrate, migrations, requireNewest, requirePresent } from "./schema.ts";
import { bulkWaitMs, statement } from "./statement.ts";

export interface PostgresDumpOptions {
  readonly url: string;
  /** Absent: `stepwell`. */
  readonly schema?: string;
  /** How many partitions a new store gets. Absent: 256. */
  readonly partitions?: number;
  /** `read`: it must be there, with the schema of this version. `write`: it is made, or brought up to date. */
  readonly use: "read" | "write";
}

/** Our choices, as the store's. */
const usualPartitions = 256;
const usualSchema = "stepwell";

/** For how long a server that cannot be reached is tried again, in milliseconds. */
const retryMs = 30_000;

/** The places of rows within one commit: see `commit.ts`. */
const places = 1n << 20n;

const findSecret = statement("dump_secret", "SELECT value FROM @meta WHERE key = 'secret'");
const replaceSecret = statement(
  "dump_secret_replace",
  `UPDATE @meta SET value = $1
   WHERE key = 'secret' AND (value = $1 OR NOT EXISTS (SELECT 1 FROM @executions))
   RETURNING key`,
);
const sumEpochs = statement(
  "dump_epochs",
  "SELECT coalesce(sum(epoch), 0)::text AS epochs FROM @partitions",
);
const highestPlace = statement(
  "dump_highest",
  `SELECT greatest(
     (SELECT coalesce(max(id), 0) FROM @executions), (SELECT coalesce(max(ordinal), 0) FROM @journal),
     (SELECT coalesce(max(ordinal), 0) FROM @packed_journals)
   )::text AS highest`,
  bulkWaitMs,
);
// Positions of commits are never given out below one that is refused.
const raisePositions = statement(
  "dump_raise",
  `INSERT INTO @commit_log (part, position, epoch, refused, at)
   SELECT part, $1, 0, true, now() FROM @partitions ON CONFLICT (part, position) DO NOTHING`,
);
const countRows = {
  stateMachine: count("state_machines"),
  revision: count("revisions"),
  version: count("versions"),
  alias: count("aliases"),
  note: count("notes"),
  document: count("documents"),
  activity: count("activities"),
  execution: count("executions"),
  activityTask: count("activity_tasks"),
  mapRun: count("map_runs"),
  message: count("messages"),
};
const analyze = ["executions", "journal"].map((table) =>
  statement(`dump_analyze_${table}`, `ANALYZE @${table}`, bulkWaitMs),
);

function count(table: string) {
  return statement(`dump_count_${table}`, `SELECT count(*) AS count FROM @${table}`, bulkWaitMs);
}

/** Opens a store on a PostgreSQL server as records. Nothing keeps nodes out: see `users` and `mark`. */
export async function openPostgresDump(options: PostgresDumpOptions): Promise<StoreDump> {
  const { url, schema = usualSchema, partitions = usualPartitions, use } = options;
  const database = openDatabase({ url, schema, maxConnections: 4, retryMs });
  try {
    if (use === "read") await requireNewest(database);
    const settings = await migrate(database, partitions);
    return dumpOf(database, settings.partitions);
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** Brings the schema of a store to this version; it must be there. Nodes may use it meanwhile. */
export async function migratePostgres(
  url: string,
): Promise<{ readonly name: string; readonly from: number; readonly to: number }> {
  const database = openDatabase({ url, schema: usualSchema, maxConnections: 1, retryMs });
  try {
    const from = await requirePresent(database);
    await migrate(database, usualPartitions);
    return { name: database.server, from, to: migrations.length };
  } finally {
    await database.close();
  }
}

function dumpOf(database: Database, partitions: number): StoreDump {
  const executions = openExecutionDump(database, partitions);
  const arns = openArns(database);

  async function secret(): Promise<string> {
    return String((await database.rows(findSecret))[0]?.["value"]);
  }

  async function read(kind: DumpKind, page: PageRequest): Promise<Page<unknown>> {
    if (kind === "secret") return { items: [{ secret: await secret() }] };
    if (kind === "execution") return executions.executions(page);
    if (kind === "journal") return executions.journals(page);
    return readPage(database, kind, page);
  }

  /** The record that something else is in the place of. */
  async function write<K extends DumpKind>(
    kind: K,
    records: readonly DumpRecords[K][],
    before: number,
  ): Promise<DumpRecords[K] | undefined> {
    const [first] = records;
    if (first === undefined) return undefined;
    if (kind === "secret") {
      const given = (first as DumpRecords["secret"]).secret;
      return (await database.rows(replaceSecret, given)).length === 1 ? undefined : first;
    }
    if (kind === "execution")
      await arns.store(arnsIn(records as readonly DumpRecords["execution"][]));
    return (await writeRows(database, partitions, kind, records as never, before)) as
      DumpRecords[K] | undefined;
  }

  return {
    name: database.server,
    schemaVersion: migrations.length,
    async records<K extends DumpKind>(kind: K, page: PageRequest) {
      checkLimit(page.limit);
      return (await read(kind, page)) as Page<DumpRecords[K]>;
    },
    async count(kind) {
      if (kind === "secret") return 1;
      if (kind === "journal") return undefined;
      return (await database.rows(countRows[kind]))[0]?.["count"] as number;
    },
    async restore(kind, records, before) {
      const other = await write(kind, records, before);
      if (other === undefined) return;
      throw new RestoreConflict(
        `${database.server} has something else in the place of ${recordName(kind, other)}, ` +
          "or lacks what it belongs to.",
      );
    },
    async finish() {
      const highest = BigInt(String((await database.rows(highestPlace))[0]?.["highest"]));
      await database.rows(raisePositions, Number(highest / places) + 1);
      // So that the first statements after the copy are planned for what there is.
      for (const each of analyze) await database.rows(each);
    },
    async identity() {
      const epochs = String((await database.rows(sumEpochs))[0]?.["epochs"]);
      return createHash("sha256")
        .update(`${await secret()} ${epochs}`)
        .digest("hex");
    },
    marker: () => copyMarker(database),
    mark: (text) => setCopyMarker(database, text),
    users: async () => (await cluster(database).clusterView()).nodes,
    findings: () => findingsOf(database, executions.misplaced),
    close: () => database.close(),
  };
}

function* arnsIn(records: readonly DumpRecords["execution"][]): Iterable<string> {
  for (const { record } of records) {
    yield record.stateMachineArn;
    yield splitArn(record.executionArn).prefix;
    if (record.mapRun !== undefined) yield record.mapRun.mapRunArn;
  }
}
