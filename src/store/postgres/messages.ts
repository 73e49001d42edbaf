import type { ClusterStore } from "../../ports/cluster-store.ts";
import type { Message } from "../../ports/store.ts";
import { checkLimit } from "../page-position.ts";
import type { Database } from "./database.ts";
import { checkPartition } from "./partitions.ts";
import { statement } from "./statement.ts";
import type { Row } from "./values.ts";

const waiting = statement(
  "messages_waiting",
  `SELECT id, recipient, body FROM @messages WHERE part = $1 ORDER BY sent_at, ordinal, id LIMIT $2`,
);
const overdue = statement(
  "messages_overdue",
  `SELECT id, recipient, body FROM @messages
   WHERE part = ANY($1::integer[]) AND sent_at <= now() - $2::double precision * interval '1 millisecond'
   ORDER BY sent_at, ordinal, id LIMIT $3`,
);

/** Reads of messages that no commit has named as delivered. */
export function messageReads(
  database: Database,
  partitions: number,
): Pick<ClusterStore, "messages" | "overdueMessages"> {
  return {
    async messages(partition, limit) {
      checkPartition(partition, partitions);
      checkLimit(limit);
      return (await database.rows(waiting, partition, limit)).map(message);
    },
    async overdueMessages(some, waitedMs, limit) {
      for (const partition of some) checkPartition(partition, partitions);
      checkLimit(limit);
      return (await database.rows(overdue, some, waitedMs, limit)).map(message);
    },
  };
}

/** The message in a row of `@messages`. */
export function message(row: Row): Message {
  return {
    id: row["id"] as string,
    to: row["recipient"] as string,
    body: row["body"] as string,
  };
}
