import type { Clock } from "../../ports/clock.ts";
import { PartitionLost } from "../../ports/partition-lost.ts";
import { type Store, StoreFailure } from "../../ports/store.ts";
import type { StartResult } from "../engine.ts";
import type { Delivered, Event } from "../partition/event.ts";
import type { ExecutionStart } from "./partition-owner.ts";
import { repeatedDelivery, repeatedStart } from "./repeated-answers.ts";
import type { Router } from "./router.ts";

/**
 * Asks the owner of an execution, and the next one if that loses its partition meanwhile: `isAgain` says that it may have
 * done it, or not. An owner elsewhere does the same by itself, for a time that is bounded; what it fails with is final.
 */
export async function askOwner<Owner, T>(
  ownerNow: () => Owner,
  ask: (owner: Owner, isAgain: boolean) => Promise<T>,
  mayAskAgain: () => boolean,
): Promise<T> {
  for (let isAgain = false; ; isAgain = true) {
    const owner = ownerNow();
    try {
      return await ask(owner, isAgain);
    } catch (thrown) {
      if (!mayAskAgain()) throw thrown;
      // A store that cannot be reached for a while costs a partition its owner here as well. Where it cost nothing, because
      // it failed while something was read, nothing was done.
      const isLost = thrown instanceof PartitionLost || (isPassing(thrown) && ownerNow() !== owner);
      if (!isLost) throw thrown;
    }
  }
}

function isPassing(thrown: unknown): boolean {
  return thrown instanceof StoreFailure && thrown.kind === "unavailable";
}

/** Starts an execution at the owner of its partition, once, whoever that is in the end. */
export async function startAtOwner(
  {
    router,
    store,
  }: {
    readonly router: Pick<Router, "ownerOf" | "hasOthers">;
    readonly store: Pick<Store, "execution">;
  },
  start: ExecutionStart,
): Promise<StartResult> {
  return askOwner(
    () => router.ownerOf(start.record.executionArn),
    async (owner, isAgain) =>
      isAgain
        ? // Whether it exists is looked up: a second row of one execution is a mistake that ends its partition.
          repeatedStart(store, start, await owner.start({ ...start, isNamed: true }))
        : owner.start(start),
    () => router.hasOthers,
  );
}

/** Gives an execution an event at the owner of its partition, whoever that is in the end. */
export async function deliverToOwner(
  {
    router,
    store,
    clock,
  }: {
    readonly router: Pick<Router, "ownerOf" | "hasOthers">;
    readonly store: Pick<Store, "execution" | "journal">;
    readonly clock: Clock;
  },
  executionArn: string,
  event: Event,
): Promise<Delivered | undefined> {
  const askedAt = clock.now();
  return askOwner(
    () => router.ownerOf(executionArn),
    async (owner, isAgain) => {
      const delivered = await owner.deliver(executionArn, event);
      if (delivered === undefined || !isAgain) return delivered;
      return repeatedDelivery(store, executionArn, event, { delivered, askedAt });
    },
    () => router.hasOthers,
  );
}

/**
 * Waits for the end of an execution at the owner of its partition. One that lets go of it wakes all who wait there without
 * a word: the next is asked for what is left of the time.
 */
export async function waitAtOwner(
  {
    router,
    clock,
  }: {
    readonly router: Pick<Router, "ownerOf" | "hasOthers">;
    readonly clock: Pick<Clock, "now">;
  },
  executionArn: string,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<void> {
  const until = clock.now() + timeoutMs;
  for (let left = timeoutMs; left > 0 && !signal.aborted; left = until - clock.now()) {
    const owner = router.ownerOf(executionArn);
    await owner.waitUntilClosed(executionArn, left, signal);
    if (!router.hasOthers || router.ownerOf(executionArn) === owner) return;
  }
}
