import type { Logger } from "../../ports/logger.ts";
import { StoreFailure, type Store } from "../../ports/store.ts";
import { Partition, type PartitionOptions } from "../partition/partition.ts";
import type { PartitionOwner } from "./partition-owner.ts";

/** The partitions that this process has. The set may change while it runs. */
export interface Ownership {
  /** Those that are here, in no particular order. */
  readonly partitions: readonly number[];
  /**
   * Takes partitions over and takes up what was under way in them; who had one before is fenced from the start on. They
   * are served at once. Resolves when all of it is taken up.
   */
  takeOver(partitions: readonly number[]): Promise<void>;
  /** Lets attempts under way finish for a while, commits what there is, and gives a partition to whoever takes it over. */
  giveUp(partition: number, graceMs: number): Promise<void>;
  /** To serve others who have something for a partition that is here. */
  owner(partition: number): PartitionOwner | undefined;
}

export interface OwnedPartitionsOptions extends Omit<PartitionOptions, "onFailure"> {
  readonly store: Store;
  readonly logger: Logger;
  /** A partition is lost to another process, or its last commit was: its executions go back to what the store holds. */
  readonly onLost: ((partition: number, reason: Error) => void) | undefined;
  /** The engine can not go on: the store has failed, or nobody wants to know of a lost partition. */
  readonly onFailure: (reason: Error) => void;
}

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

  async takeOver(partitions: readonly number[]): Promise<void> {
    const { store, router } = this.#options;
    const taken: Partition[] = [];
    for (const index of partitions) {
      if (router.here.has(index)) continue;
      const partition = new Partition(index, await store.acquire(index), this.#partitionOptions);
      await partition.claim();
      // All are found before the first is taken up: what is taken up asks for executions of the others.
      taken.push(partition);
    }
    for (const partition of taken) router.enter(partition);
    for (const partition of taken) await partition.recover();
    for (const partition of taken) await partition.endAbandonedMapRuns();
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
    if (reason instanceof StoreFailure || onLost === undefined) onFailure(reason);
    else onLost(partition.index, reason);
  }
}
