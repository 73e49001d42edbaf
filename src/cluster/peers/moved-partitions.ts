import type { Holders } from "./holders.ts";

/** Our choice: an answer that its owner gave just before it let go of the partition is still on its way. */
const graceMs = 500;

interface Watch {
  readonly partition: number;
  readonly nodeId: string;
  readonly moved: () => void;
}

/** Tells who waits for the answer of a node that another has the partition now: the answer may never come. */
export class MovedPartitions {
  readonly #holders: Holders;
  readonly #watches = new Set<Watch>();
  #looking: AbortController | undefined;

  constructor(holders: Holders) {
    this.#holders = holders;
  }

  /** Calls `moved` once when the node has the partition no longer, until the result is called. */
  watch(partition: number, nodeId: string, moved: () => void): () => void {
    const watch = { partition, nodeId, moved };
    this.#watches.add(watch);
    if (this.#looking === undefined) void this.#look();
    return () => {
      this.#watches.delete(watch);
      if (this.#watches.size === 0) this.#looking?.abort();
    };
  }

  async #look(): Promise<void> {
    const looking = new AbortController();
    this.#looking = looking;
    while (!looking.signal.aborted) {
      await this.#holders.changed(looking.signal);
      for (const watch of this.#watches) {
        const { partition, nodeId } = watch;
        if (this.#holders.holderOf(partition)?.nodeId === nodeId) continue;
        setTimeout(() => {
          if (this.#watches.delete(watch)) watch.moved();
        }, graceMs);
      }
    }
    this.#looking = undefined;
    if (this.#watches.size > 0) void this.#look();
  }
}
