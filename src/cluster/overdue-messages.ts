import type { Clock } from "../ports/clock.ts";
import type { ClusterStore } from "../ports/cluster-store.ts";
import type { Logger } from "../ports/logger.ts";
import { partitionOf } from "../ports/partition-of.ts";
import type { PartitionOwner } from "../runtime/routing/partition-owner.ts";

export interface OverdueMessagesOptions {
  readonly store: Pick<ClusterStore, "overdueMessages" | "partitions">;
  /** Those that are here. */
  readonly partitions: () => readonly number[];
  readonly owner: (partition: number) => PartitionOwner | undefined;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Our choices: how often it is looked, how long a hint may take, and how many messages are read at a time. */
const everyMs = 1_000;
const waitedMs = 2_000;
const mostRead = 500;

/** Finds messages whose hints were lost between nodes, and gives them to the partitions that are here. */
export class OverdueMessages {
  readonly #options: OverdueMessagesOptions;
  #cancel: (() => void) | undefined;
  #isClosed = false;

  constructor(options: OverdueMessagesOptions) {
    this.#options = options;
  }

  start(): void {
    if (this.#isClosed) return;
    const { clock, logger } = this.#options;
    this.#cancel = clock.schedule(clock.now() + everyMs, () => {
      this.#look()
        .catch((thrown: unknown) => {
          if (!this.#isClosed) {
            logger.warn("messages of other nodes cannot be read", { reason: String(thrown) });
          }
        })
        .finally(() => this.start());
    });
  }

  close(): void {
    this.#isClosed = true;
    this.#cancel?.();
  }

  async #look(): Promise<void> {
    const { store, partitions, owner } = this.#options;
    const here = partitions();
    if (here.length === 0) return;
    for (const message of await store.overdueMessages(here, waitedMs, mostRead)) {
      owner(partitionOf(message.to, store.partitions))?.hear(message);
    }
  }
}
