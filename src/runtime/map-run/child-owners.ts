import type { ExecutionStatus, Store } from "../../ports/store.ts";
import type { Event } from "../partition/event.ts";
import { askOwner } from "../routing/ask-owner.ts";
import type { ExecutionStart, PartitionOwner } from "../routing/partition-owner.ts";

type ChildOwner = Pick<PartitionOwner, "start" | "deliver">;

export interface ChildOwnersOptions {
  readonly store: Pick<Store, "execution">;
  readonly ownerOf: (executionArn: string) => ChildOwner;
  readonly isStopping: () => boolean;
  /** A child that was to be started is there already, and has ended. */
  readonly endedBefore: (executionArn: string, status: ExecutionStatus) => void;
}

/**
 * What a Map Run asks of the owners of its children. If one has lost its partition the next is asked: it may have been
 * done, or not. Each promise resolves when what was asked is durable.
 */
export class ChildOwners {
  readonly #options: ChildOwnersOptions;

  constructor(options: ChildOwnersOptions) {
    this.#options = options;
  }

  /** `mayExist`: the run before this one may have been about to start it; then it may have ended unheard. */
  start(child: Pick<ExecutionStart, "record" | "input">, mayExist: boolean): Promise<void> {
    const { store, endedBefore } = this.#options;
    return this.#ask(child.record.executionArn, async (owner, isAgain) => {
      const isNamed = mayExist || isAgain;
      const { type, executionArn } = await owner.start({ ...child, isNamed });
      if (!isNamed || type === "started") return;
      const found = await store.execution(executionArn);
      if (found === undefined || found.status === "RUNNING") return;
      endedBefore(executionArn, found.status);
    });
  }

  deliver(executionArn: string, event: Event): Promise<unknown> {
    return this.#ask(executionArn, (owner) => owner.deliver(executionArn, event));
  }

  #ask<T>(
    executionArn: string,
    ask: (owner: ChildOwner, isAgain: boolean) => Promise<T>,
  ): Promise<T> {
    const { ownerOf, isStopping } = this.#options;
    return askOwner(
      () => ownerOf(executionArn),
      ask,
      () => !isStopping(),
    );
  }
}
