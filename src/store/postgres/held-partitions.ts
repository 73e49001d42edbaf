/** The partitions that this process took and has not given back, by their epochs; others may have taken them since. */
export interface HeldPartitions {
  take(partition: number, epoch: number): void;
  giveBack(partition: number, epoch: number): void;
  entries(): readonly (readonly [partition: number, epoch: number])[];
}

export function createHeldPartitions(): HeldPartitions {
  const epochs = new Map<number, number>();
  return {
    take: (partition, epoch) => void epochs.set(partition, epoch),
    giveBack(partition, epoch) {
      if (epochs.get(partition) === epoch) epochs.delete(partition);
    },
    entries: () => [...epochs],
  };
}
