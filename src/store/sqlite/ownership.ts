import type { DatabaseSync } from "node:sqlite";
import { inTransaction } from "./connection.ts";

/** Who may write a partition, and what became of each commit. */
export interface Ownership {
  readonly acquire: (partition: number) => number;
  readonly release: (partition: number, epoch: number) => void;
  /** Within a transaction: notes a commit if it may be made, and says whether it may. Sequences it skips are refused. */
  enter(partition: number, epoch: number, sequence: number): boolean;
  readonly resolve: (
    partition: number,
    epoch: number,
    sequence: number,
  ) => "committed" | "not committed";
}

export function openOwnership(database: DatabaseSync): Ownership {
  const takePartition = database.prepare(
    `INSERT INTO partitions (partition, epoch, owned) VALUES (?, 1, 1)
     ON CONFLICT DO UPDATE SET epoch = epoch + 1, owned = 1 RETURNING epoch`,
  );
  const addEpoch = database.prepare(
    "INSERT INTO epochs (partition, epoch, last_sequence) VALUES (?, ?, 0)",
  );
  const leave = database.prepare(
    "UPDATE partitions SET owned = 0 WHERE partition = ? AND epoch = ?",
  );
  // The usual case in one statement: the next sequence of the owner's epoch.
  const enterNext = database.prepare(
    `UPDATE epochs SET last_sequence = ?3
     WHERE partition = ?1 AND epoch = ?2 AND last_sequence = ?3 - 1
       AND EXISTS (SELECT 1 FROM partitions p WHERE p.partition = ?1 AND p.epoch = ?2 AND p.owned)`,
  );
  const owner = database.prepare("SELECT epoch FROM partitions WHERE partition = ? AND owned");
  const lastSequence = database.prepare(
    "SELECT last_sequence FROM epochs WHERE partition = ? AND epoch = ?",
  );
  const setLast = database.prepare(
    "UPDATE epochs SET last_sequence = ?3 WHERE partition = ?1 AND epoch = ?2",
  );
  const refuse = database.prepare(
    "INSERT INTO refused_sequences (partition, epoch, first, last) VALUES (?, ?, ?, ?)",
  );
  const refused = database.prepare(
    `SELECT 1 FROM refused_sequences
     WHERE partition = ?1 AND epoch = ?2 AND ?3 BETWEEN first AND last`,
  );

  function lastOf(partition: number, epoch: number): number {
    const row = lastSequence.get(partition, epoch);
    if (row === undefined) throw new RangeError(`epoch ${epoch} was never given to anybody`);
    return Number(row["last_sequence"]);
  }

  return {
    acquire(partition) {
      checkPartition(partition);
      return inTransaction(database, () => {
        const epoch = Number(takePartition.get(partition)?.["epoch"]);
        addEpoch.run(partition, epoch);
        return epoch;
      });
    },
    release(partition, epoch) {
      checkPartition(partition);
      leave.run(partition, epoch);
    },
    enter(partition, epoch, sequence) {
      checkPartition(partition);
      if (enterNext.run(partition, epoch, sequence).changes === 1) return true;
      if (owner.get(partition)?.["epoch"] !== epoch) return false;
      const last = lastOf(partition, epoch);
      if (sequence <= last) return false;
      refuse.run(partition, epoch, last + 1, sequence - 1);
      setLast.run(partition, epoch, sequence);
      return true;
    },
    resolve(partition, epoch, sequence) {
      checkPartition(partition);
      return inTransaction(database, () => {
        const last = lastOf(partition, epoch);
        if (sequence > last) {
          refuse.run(partition, epoch, last + 1, sequence);
          setLast.run(partition, epoch, sequence);
          return "not committed";
        }
        return refused.get(partition, epoch, sequence) === undefined
          ? "committed"
          : "not committed";
      });
    },
  };
}

/** The embedded stores have one partition. */
export function checkPartition(partition: number): void {
  if (partition !== 0) throw new RangeError(`there is no partition ${partition}`);
}
