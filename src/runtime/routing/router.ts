import { partitionOf } from "../../ports/partition-of.ts";
import { StoreFailure } from "../../ports/store.ts";
import type { Partition } from "../partition/partition.ts";
import type { PartitionOwner } from "./partition-owner.ts";

/** Finds who has a partition that is not here. */
export type Elsewhere = (partition: number) => PartitionOwner;

/** ARNs that are made in search of one whose partition is here: enough while this process has a share worth naming. */
const arnsTried = 1_000;

/**
 * The way of everything that concerns one execution to the owner of its partition: here, or elsewhere. It is the only
 * one who knows how many partitions there are.
 */
export class Router {
  readonly #count: number;
  readonly #elsewhere: Elsewhere;
  readonly #here = new Map<number, Partition>();

  constructor(count: number, elsewhere: Elsewhere = nobodyElse) {
    this.#count = count;
    this.#elsewhere = elsewhere;
  }

  /** The owner of an execution, or of an activity's queue. */
  ownerOf(arn: string): PartitionOwner {
    const partition = partitionOf(arn, this.#count);
    return this.#here.get(partition) ?? this.#elsewhere(partition);
  }

  /** The partition of an execution if it is here. */
  partitionHere(executionArn: string): Partition | undefined {
    return this.#here.get(partitionOf(executionArn, this.#count));
  }

  /** Whether somebody else may have what is not here. */
  get hasOthers(): boolean {
    return this.#elsewhere !== nobodyElse;
  }

  /** Of the ARNs that `make` makes one whose partition is here, so that nobody else has to be asked. */
  arnHere(make: () => string): string {
    if (this.#here.size === 0) return make();
    for (let tried = 1; ; tried++) {
      const arn = make();
      if (tried === arnsTried || this.partitionHere(arn) !== undefined) return arn;
    }
  }

  /** Whether two executions are in one partition. */
  areTogether(oneArn: string, otherArn: string): boolean {
    return partitionOf(oneArn, this.#count) === partitionOf(otherArn, this.#count);
  }

  /** Those that are here. */
  get here(): ReadonlyMap<number, Partition> {
    return this.#here;
  }

  enter(partition: Partition): void {
    this.#here.set(partition.index, partition);
  }

  /** Takes a partition out, unless another than this one has its place by now. */
  leave(partition: Partition): void {
    if (this.#here.get(partition.index) === partition) this.#here.delete(partition.index);
  }
}

function nobodyElse(partition: number): never {
  throw new StoreFailure("unavailable", `Nobody serves partition ${partition} at present.`);
}
