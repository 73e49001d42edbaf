import type { ClusterStore } from "../../ports/cluster-store.ts";
import type { Store } from "../../ports/store.ts";
import type { Acknowledged } from "./acknowledged.ts";
import type { Database } from "./database.ts";
import type { HeldPartitions } from "./held-partitions.ts";
import { checkPartition } from "./partitions.ts";
import { statement } from "./statement.ts";

/**
 * How long rows of the commit log are kept at least, as SQL has it. Nobody asks later what became of a commit: an owner asks when
 * the answer has not come.
 */
export const logKept = "interval '1 hour'";

const take = statement(
  "partition_take",
  `UPDATE @partitions SET epoch = epoch + 1, owned = true, node_id = NULL
   WHERE part = $1 RETURNING epoch`,
);
const claimPartition = statement(
  "partition_claim",
  `UPDATE @partitions p SET epoch = p.epoch + 1, owned = true, node_id = $2::text
   WHERE p.part = $1 AND NOT (p.owned AND EXISTS (
     SELECT 1 FROM @nodes n
     WHERE n.node_id = p.node_id AND n.node_id <> $2::text AND n.lease_until >= now()))
   RETURNING p.epoch`,
);
const leave = statement(
  "partition_leave",
  "UPDATE @partitions SET owned = false, node_id = NULL WHERE part = $1 AND epoch = $2",
);
// A statement of its own, after the one that gave out the epoch: from then on earlier epochs commit nothing, and no snapshot is
// older. Whoever is no longer the owner by now is given a base below all others.
const addEpoch = statement(
  "epoch_add",
  `INSERT INTO @epochs (part, epoch, base)
   SELECT $1::integer, $2::bigint, CASE
     WHEN EXISTS (SELECT 1 FROM @partitions WHERE part = $1::integer AND epoch = $2::bigint)
     THEN (SELECT coalesce(max(position), 0) FROM @commit_log WHERE part = $1::integer) ELSE -1 END
   ON CONFLICT (part, epoch) DO NOTHING`,
);
const findBase = statement("epoch_base", "SELECT base FROM @epochs WHERE part = $1 AND epoch = $2");
// It waits for a commit at this position that is under way, as that has the key. The lock keeps a takeover waiting.
const refuse = statement(
  "commit_refuse",
  `WITH fence AS (
     SELECT part FROM @partitions WHERE part = $1::integer AND epoch = $2::bigint FOR SHARE
   )
   INSERT INTO @commit_log (part, position, epoch, refused, at)
   SELECT part, $3::bigint, $2::bigint, true, now() FROM fence
   WHERE NOT EXISTS (
     SELECT 1 FROM @commit_log l WHERE l.part = $1::integer AND l.position > $3::bigint)
   ON CONFLICT (part, position) DO NOTHING RETURNING position`,
);
const look = statement(
  "commit_look",
  `SELECT (SELECT CASE WHEN l.epoch = $2 AND NOT l.refused THEN 1 ELSE 0 END
           FROM @commit_log l WHERE l.part = $1 AND l.position = $3) AS committed,
     EXISTS (SELECT 1 FROM @commit_log l
             WHERE l.part = $1 AND l.position > $3 AND l.at < now() - ${logKept})
       AND NOT EXISTS (SELECT 1 FROM @epochs e
             WHERE e.part = $1 AND e.epoch > $2 AND e.base >= 0 AND e.base < $3) AS forgotten`,
);

/** Where an epoch is in the commit log. */
export interface Bases {
  /** The base of an epoch; a commit's position is it and its sequence. `undefined`: nobody was given the epoch. */
  of(partition: number, epoch: number): Promise<number | undefined>;
}

/** Remembers the last epoch asked for of each partition. */
export function openBases(database: Database): Bases {
  const known = new Map<number, { readonly epoch: number; readonly base: number }>();
  return {
    async of(partition, epoch) {
      const last = known.get(partition);
      if (last?.epoch === epoch) return last.base;
      const base = (await database.rows(findBase, partition, epoch))[0]?.["base"];
      if (typeof base !== "number") return undefined;
      if (last === undefined || last.epoch < epoch) known.set(partition, { epoch, base });
      return base;
    },
  };
}

/** Who may write a partition, and what became of each commit. `forget` is told of partitions that change hands. */
export function ownership(
  database: Database,
  partitions: number,
  bases: Bases,
  acknowledged: Pick<Acknowledged, "note">,
  held: HeldPartitions,
  forget: (partition: number) => void,
): Pick<Store, "acquire" | "release" | "resolve"> & Pick<ClusterStore, "claim"> {
  async function enter(partition: number, epoch: unknown): Promise<number | undefined> {
    if (typeof epoch !== "number") return undefined;
    forget(partition);
    await database.rows(addEpoch, partition, epoch);
    held.take(partition, epoch);
    return epoch;
  }

  return {
    async acquire(partition) {
      checkPartition(partition, partitions);
      const rows = await database.rows(take, partition);
      const epoch = await enter(partition, rows[0]?.["epoch"]);
      if (epoch === undefined) throw new Error(`partition ${partition} is not in the store`);
      return epoch;
    },
    async claim(partition, nodeId) {
      checkPartition(partition, partitions);
      const rows = await database.rows(claimPartition, partition, nodeId);
      return enter(partition, rows[0]?.["epoch"]);
    },
    async release(partition, epoch) {
      checkPartition(partition, partitions);
      held.giveBack(partition, epoch);
      await database.rows(leave, partition, epoch);
    },
    async resolve(partition, epoch, sequence) {
      checkPartition(partition, partitions);
      const base = await bases.of(partition, epoch);
      if (base === undefined) throw new RangeError(`epoch ${epoch} was never given to anybody`);
      if (sequence < 1) return "not committed";
      const position = base + sequence;
      await database.rows(refuse, partition, epoch, position);
      // Whatever was under way has ended, and if nothing is there, nothing of this epoch can be there any more.
      const [found] = await database.rows(look, partition, epoch, position);
      // Refused ones are kept for ever: what was there for so long, and is not any more, had committed.
      const committed =
        found?.["committed"] === null ? found["forgotten"] : found?.["committed"] === 1;
      if (committed !== true) return "not committed";
      acknowledged.note(partition, epoch, position);
      return "committed";
    },
  };
}
