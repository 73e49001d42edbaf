import { callsKept } from "./calls.ts";
import type { Database } from "./database.ts";
import { logKept } from "./ownership.ts";
import { bulkWaitMs, statement } from "./statement.ts";

/** Rows that one statement removes at most: it locks nobody out, and a server's memory does not notice it. */
const blockRows = 5_000;

/** Blocks of one partition's log that one round removes at most; what is left is removed in the next. */
const mostBlocks = 50;

const roundEveryMs = 60_000;

// Refused positions stay, since nothing else says that they were; so does the highest, behind which everything is older.
const trimLog = statement(
  "housekeeping_log",
  `WITH oldest AS (
     SELECT position, at FROM @commit_log WHERE part = $1::integer AND NOT refused ORDER BY position LIMIT $2
   ), trimmed AS (
     DELETE FROM @commit_log l USING oldest o
     WHERE l.part = $1::integer AND l.position = o.position AND o.at < now() - ${logKept}
       AND o.position < (SELECT max(position) FROM @commit_log WHERE part = $1::integer)
     RETURNING l.position
   )
   SELECT count(*) AS count FROM trimmed`,
  bulkWaitMs,
);
const dropNodes = statement(
  "housekeeping_nodes",
  "DELETE FROM @nodes WHERE lease_until < now() - interval '1 hour'",
);
const dropCalls = statement(
  "housekeeping_calls",
  `DELETE FROM @calls WHERE posted_at < now() - ${callsKept}`,
);

/** Removes what nobody asks for any more: old rows of the logs of some partitions, nodes and calls that are forgotten. */
export async function tidy(database: Database, partitions: Iterable<number>): Promise<void> {
  await database.rows(dropNodes);
  await database.rows(dropCalls);
  for (const partition of partitions) {
    for (let block = 0; block < mostBlocks; block++) {
      const [row] = await database.rows(trimLog, partition, blockRows);
      if (row?.["count"] !== blockRows) break;
    }
  }
}

/** Tidies from time to time until it is stopped; what fails is done in the next round. */
export function startHousekeeping(
  database: Database,
  partitions: () => Iterable<number>,
): { stop(): Promise<void> } {
  let round: Promise<void> = Promise.resolve();
  let isBusy = false;
  const timer = setInterval(() => {
    if (isBusy) return;
    isBusy = true;
    round = tidy(database, partitions())
      .catch(() => undefined)
      .finally(() => (isBusy = false));
  }, roundEveryMs);
  timer.unref();
  return {
    stop() {
      clearInterval(timer);
      return round;
    },
  };
}
