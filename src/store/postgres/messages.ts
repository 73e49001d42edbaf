import type { ClusterStore } from "../../ports/cluster-store.ts";
import { checkLimit } from "../page-position.ts";
import { messageRow } from "../rows/message-row.ts";
import { columnList } from "../rows/row-kind.ts";
import type { Database } from "./database.ts";
import { checkPartition } from "./partitions.ts";
import { statement } from "./statement.ts";

const columns = columnList(messageRow);

const waiting = statement(
  "messages_waiting",
  `SELECT ${columns} FROM @messages WHERE part = $1 ORDER BY sent_at, ordinal, id LIMIT $2`,
);
const overdue = statement(
  "messages_overdue",
  `SELECT ${columns} FROM @messages
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
      return (await database.rows(waiting, partition, limit)).map(messageRow.recordOf);
    },
    async overdueMessages(some, waitedMs, limit) {
      for (const partition of some) checkPartition(partition, partitions);
      checkLimit(limit);
      return (await database.rows(overdue, some, waitedMs, limit)).map(messageRow.recordOf);
    },
  };
}
