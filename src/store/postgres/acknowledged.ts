import { StoreFailure } from "../../ports/store.ts";
import type { Database } from "./database.ts";
import { statement } from "./statement.ts";

const newest = statement(
  "commit_newest",
  `SELECT coalesce((SELECT max(l.position) FROM @commit_log l WHERE l.part = $1), 0) AS position,
     EXISTS (SELECT 1 FROM @partitions p WHERE p.part = $1 AND p.epoch > $2) AS taken`,
);

/** The last commits of this process that it was told to be durable: a database that has lost one is not gone on with. */
export interface Acknowledged {
  /** The position of the last one of the epoch; 0 if there is none. */
  of(partition: number, epoch: number): number;
  note(partition: number, epoch: number, position: number): void;
  /** Rejects with a `StoreFailure` if the database has gone back behind what it acknowledged. */
  check(partition: number, epoch: number): Promise<void>;
}

export function openAcknowledged(database: Database): Acknowledged {
  const last = new Map<number, { readonly epoch: number; readonly position: number }>();

  function of(partition: number, epoch: number): number {
    const known = last.get(partition);
    return known?.epoch === epoch ? known.position : 0;
  }

  return {
    of,
    note(partition, epoch, position) {
      const known = last.get(partition);
      // What is asked about later may have been committed before.
      if (known !== undefined && (known.epoch > epoch || known.position > position)) return;
      last.set(partition, { epoch, position });
    },
    async check(partition, epoch) {
      const told = of(partition, epoch);
      if (told === 0) return;
      const [found] = await database.rows(newest, partition, epoch);
      const position = Number(found?.["position"]);
      if (found?.["taken"] === true || position >= told) return;
      throw new StoreFailure(
        "fatal",
        `${database.server} has lost commits that it had acknowledged: of partition ${partition} it has those up to ` +
          `${position}, and had said that it has those up to ${told}. It was restored, or failed over to a server that was ` +
          "behind. What ran since then may run again: look at those executions before the server is started again.",
      );
    },
  };
}
