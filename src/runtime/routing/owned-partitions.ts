import type { Logger } from "../../ports/logger.ts";
import { StoreFailure, type Store } from "../../ports/store.ts";
import { asError } from "../partition/for-each-execution.ts";
import { Partition, type PartitionOptions } from "../partition/partition.ts";
import type { PartitionOwner } from "./partition-owner.ts";

/** The partitions that this process has. The set may change while it runs. */
export interface Ownership {
  /** Those that are here, in no particular order. */
  readonly partitions: readonly number[];
  /**
   * Takes partitions over and takes up what was under way in them; who had one before is fenced from the start on. They
   * are served at once. Resolves when all of it is taken up, with those that could be had. One that fails is lost again.
   */
  takeOver(partitions: readonly number[]): Promise<readonly number[]>;
  /** Lets attempts under way finish for a while, commits what there is, and gives a partition to whoever takes it over. */
  giveUp(partition: number, graceMs: number): Promise<void>;
  /** Drops a partition at once: this process may not act for it any more. */
  lose(partition: number, reason: Error): void;
  /** The epoch in which it is here; `undefined`: it is not. */
  epochOf(partition: number): number | undefined;
  /** For how long the oldest attempt has been under way that giving it up would cut off, in milliseconds. */
  longestAttemptMs(partition: number): number;
  /** To serve others who have something for a partition that is here. */
  owner(partition: number): PartitionOwner | undefined;
}

export interface OwnedPartitionsOptions extends Omit<PartitionOptions, "onFailure"> {
  readonly store: Store;
  readonly logger: Logger;
  /** Takes a partition in the store and gives its epoch; `undefined`: it cannot be had. Absent: it is taken from whoever has it. */
  readonly acquire?: ((partition: number) => Promise<number | undefined>) | undefined;
  /** A partition is lost to another process, or its last commit was: its executions go back to what the store holds. */
  readonly onLost: ((partition: number, reason: Error) => void) | undefined;
  /** The engine can not go on: the store has failed, or nobody wants to know of a lost partition. */
  readonly onFailure: (reason: Error) => void;
}

/** Our choice: partitions that are taken over at a time. A store that waits for its disk lets several wait together. */
const atOnce = 8;

/** Enters partitions into the router when they come, and takes them out when they go. */
export class OwnedPartitions implements Ownership {
  readonly #options: OwnedPartitionsOptions;
  readonly #partitionOptions: PartitionOptions;

  constructor(options: OwnedPartitionsOptions) {
    this.#options = options;
    this.#partitionOptions = {
      ...options,
      onFailure: (partition, reason) => this.#failed(partition, reason),
    };
  }

  get partitions(): readonly number[] {
    return [...this.#options.router.here.keys()];
  }

  owner(partition: number): PartitionOwner | undefined {
    return this.#options.router.here.get(partition);
  }

  async takeOver(partitions: readonly number[]): Promise<readonly number[]> {
    const { store, router } = this.#options;
    const acquire = this.#options.acquire ?? ((index: number) => store.acquire(index));
    const taken: Partition[] = [];
    try {
      await sideBySide(partitions, async (index) => {
        if (router.here.has(index)) return;
        const epoch = await acquire(index);
        if (epoch === undefined) return;
        const partition = new Partition(index, epoch, this.#partitionOptions);
        // All are found before the first is taken up: what is taken up asks for executions of the others.
        taken.push(partition);
        await partition.claim();
      });
      for (const partition of taken) router.enter(partition);
      await sideBySide(taken, (partition) => partition.recover());
      await sideBySide(taken, (partition) => partition.endAbandonedMapRuns());
    } catch (thrown) {
      for (const partition of taken) partition.lose(asError(thrown));
      throw thrown;
    }
    return taken.map(({ index }) => index);
  }

  lose(index: number, reason: Error): void {
    this.#options.router.here.get(index)?.lose(reason);
  }

  epochOf(index: number): number | undefined {
    return this.#options.router.here.get(index)?.epoch;
  }

  longestAttemptMs(index: number): number {
    return this.#options.router.here.get(index)?.longestAttemptMs ?? 0;
  }

  async giveUp(index: number, graceMs: number): Promise<void> {
    const { store, router } = this.#options;
    const partition = router.here.get(index);
    if (partition === undefined) return;
    router.leave(partition);
    await partition.leave(graceMs);
    await store.release(index, partition.epoch);
  }

  /** The process ends. While attempts finish, what they still ask for is served. */
  async shutdown(graceMs: number): Promise<void> {
    const partitions = [...this.#options.router.here.values()];
    await Promise.all(partitions.map((partition) => partition.leave(graceMs)));
  }

  #failed(partition: Partition, reason: Error): void {
    const { router, onLost, onFailure } = this.#options;
    router.leave(partition);
    // Where others may take it over, a store that cannot be reached for a while is no reason to end.
    const isPassing = reason instanceof StoreFailure && reason.kind === "unavailable";
    const isFatal = reason instanceof StoreFailure && !isPassing;
    if (isFatal || onLost === undefined) onFailure(reason);
    else onLost(partition.index, reason);
  }
}

/** Does something with each item, several at a time. Once that fails, no more is begun; what has begun ends first. */
async function sideBySide<T>(items: readonly T[], act: (item: T) => Promise<void>): Promise<void> {
  const left = items.values();
  let hasFailed = false;
  const workers = Array.from({ length: Math.min(atOnce, items.length) }, async () => {
    for (const item of left) {
      if (hasFailed) return;
      try {
        await act(item);
      } catch (thrown) {
        hasFailed = true;
        throw thrown;
      }
    }
  });
  for (const outcome of await Promise.allSettled(workers)) {
    if (outcome.status === "rejected") throw outcome.reason;
  }
}
