/** Who may write a partition, and which of the sequences of each epoch are settled. */
export interface Ownership {
  epoch: number;
  owned: boolean;
  /** Who claimed it. Absent: nobody, or who took it gave no name. */
  nodeId?: string;
  /** By epoch. */
  readonly settled: Map<number, Settled>;
}

interface Settled {
  /** The highest sequence whose fate is known; lower ones have committed unless they are in `refused`. */
  last: number;
  readonly refused: Set<number>;
}

export function createOwnership(): Ownership {
  return { epoch: 0, owned: false, settled: new Map() };
}

/** Gives a new epoch, to a node of a cluster where one is named. */
export function acquire(ownership: Ownership, nodeId?: string): number {
  ownership.epoch += 1;
  ownership.owned = true;
  if (nodeId === undefined) delete ownership.nodeId;
  else ownership.nodeId = nodeId;
  ownership.settled.set(ownership.epoch, { last: 0, refused: new Set() });
  return ownership.epoch;
}

export function release(ownership: Ownership, epoch: number): void {
  if (ownership.epoch === epoch) ownership.owned = false;
}

/** Whether the epoch's owner has the partition still. */
export function isOwner(ownership: Ownership, epoch: number): boolean {
  return ownership.owned && ownership.epoch === epoch;
}

/** Whether a commit with this epoch and sequence may write. */
export function mayCommit(ownership: Ownership, epoch: number, sequence: number): boolean {
  return isOwner(ownership, epoch) && sequence > (ownership.settled.get(epoch)?.last ?? Infinity);
}

/** Notes a commit. Sequences it skipped can never commit any more. */
export function noteCommit(ownership: Ownership, epoch: number, sequence: number): void {
  const settled = settledOf(ownership, epoch);
  refuseUpTo(settled, sequence - 1);
  settled.last = sequence;
}

/** What became of a commit; one that has not happened is refused from here on. */
export function resolve(
  ownership: Ownership,
  epoch: number,
  sequence: number,
): "committed" | "not committed" {
  const settled = settledOf(ownership, epoch);
  refuseUpTo(settled, sequence);
  return settled.refused.has(sequence) ? "not committed" : "committed";
}

function refuseUpTo(settled: Settled, sequence: number): void {
  while (settled.last < sequence) {
    settled.last += 1;
    settled.refused.add(settled.last);
  }
}

function settledOf(ownership: Ownership, epoch: number): Settled {
  const settled = ownership.settled.get(epoch);
  if (settled === undefined) throw new RangeError(`epoch ${epoch} was never given to anybody`);
  return settled;
}
