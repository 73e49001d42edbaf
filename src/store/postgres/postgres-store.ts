import type { ClusterStore } from "../../ports/cluster-store.ts";
import { StoreFailure } from "../../ports/store.ts";
import { activities } from "./activities.ts";
import { openAcknowledged } from "./acknowledged.ts";
import { openArns } from "./arns.ts";
import { calls } from "./calls.ts";
import { cluster } from "./cluster.ts";
import { openCommit } from "./commit.ts";
import { conditionsOf, type ServerConditions } from "./conditions.ts";
import { refuseUnfinishedCopy } from "./copy-marker.ts";
import { openDatabase } from "./database.ts";
import { documents } from "./documents.ts";
import { executionReads } from "./executions.ts";
import { createHeldPartitions } from "./held-partitions.ts";
import { startHousekeeping } from "./housekeeping.ts";
import { journalReads } from "./journal.ts";
import { mapRuns } from "./map-runs.ts";
import { messageReads } from "./messages.ts";
import { namedLocks } from "./named-locks.ts";
import { notes } from "./notes.ts";
import { openBases, ownership } from "./ownership.ts";
import { packing } from "./packing.ts";
import { createRememberedExecutions } from "./remembered-executions.ts";
import { retention } from "./retention.ts";
import { migrate, requireNewest } from "./schema.ts";
import { stateMachines } from "./state-machines.ts";
import { versionsAndAliases } from "./versions.ts";

export interface PostgresStoreOptions {
  /** `postgres://user:password@host:port/database`, with the parameters of libpq: `sslmode`, `options`, … */
  readonly url: string;
  /** How many partitions a new store gets. Absent: 256, or as many as a store that is there has. */
  readonly partitions?: number;
  /** The schema of the tables, made where it is missing. Absent: `stepwell`. */
  readonly schema?: string;
  /** False: a store that is not there, or has an older schema, is refused. Absent: it is made, or brought up to date. */
  readonly migrate?: false;
  /** Absent: 10. */
  readonly maxConnections?: number;
  /** For how long a server that cannot be reached is tried again, in milliseconds. Absent: 30 seconds. */
  readonly retryMs?: number;
}

/** A store on a PostgreSQL server, which other nodes have open too. */
export interface PostgresStore extends ClusterStore {
  readonly conditions: ServerConditions;
}

/** Our choice: enough for dozens of nodes; the number of a store never changes. */
const usualPartitions = 256;

/**
 * Opens a store, and makes it where there is none. Rejects with a `StoreFailure`: `newer` if a newer version has been at
 * it, `unavailable` if the server cannot be reached, is a standby, or has a store with another number of partitions.
 */
export async function openPostgresStore(options: PostgresStoreOptions): Promise<PostgresStore> {
  const { url, schema = "stepwell", maxConnections = 10, retryMs = 30_000 } = options;
  checkPartitions(options.partitions);
  const database = openDatabase({ url, schema, maxConnections, retryMs });
  try {
    if (options.migrate === false) await requireNewest(database);
    const { partitions, secret } = await migrate(database, options.partitions ?? usualPartitions);
    await refuseUnfinishedCopy(database);
    if (options.partitions !== undefined && options.partitions !== partitions) {
      throw new StoreFailure(
        "unavailable",
        `The store in ${database.server} has ${partitions} partitions, and cannot have ${options.partitions}: ` +
          "their number is chosen when a store is made, and stays.",
      );
    }
    const conditions = await conditionsOf(database);
    const bases = openBases(database);
    const acknowledged = openAcknowledged(database);
    const arns = openArns(database);
    const remembered = createRememberedExecutions();
    const held = createHeldPartitions();
    const written = new Set<number>();
    const housekeeping = startHousekeeping(database, () => written);

    return {
      partitions,
      conditions,
      ...ownership(database, partitions, bases, acknowledged, held, remembered.forget),
      ...openCommit({
        database,
        partitions,
        bases,
        acknowledged,
        arns,
        remembered,
        committed: (partition) => written.add(partition),
      }),
      ...executionReads(database, partitions),
      ...messageReads(database, partitions),
      ...journalReads(database, partitions),
      ...stateMachines(database),
      ...versionsAndAliases(database),
      ...notes(database),
      ...documents(database),
      ...activities(database),
      ...mapRuns(database, partitions),
      ...retention(database),
      ...packing(database, held),
      ...cluster(database),
      ...calls(database),
      ...namedLocks(database),
      async secret() {
        database.checkOpen();
        return secret;
      },
      async close() {
        await Promise.all([database.close(), housekeeping.stop()]);
      },
    };
  } catch (error) {
    await database.close();
    throw error;
  }
}

function checkPartitions(partitions: number | undefined): void {
  if (partitions === undefined) return;
  // No more than an integer array of them is worth: each costs a row, and every node looks at all.
  if (!Number.isInteger(partitions) || partitions < 1 || partitions > 4096) {
    throw new RangeError(`a store has 1 to 4096 partitions, not ${partitions}`);
  }
}
