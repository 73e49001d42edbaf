import type { ClusterStore } from "../../ports/cluster-store.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Ids } from "../../ports/ids.ts";
import type { Logger } from "../../ports/logger.ts";
import type { MapRunRecord } from "../../ports/map-run-store.ts";
import type { ActivityTaskRecord, Message } from "../../ports/store.ts";
import type { ActivityTask, StartResult } from "../../runtime/engine.ts";
import type { MapRunChanges } from "../../runtime/map-run/current-record.ts";
import type { Delivered, Event } from "../../runtime/partition/event.ts";
import type { ExecutionStart, PartitionOwner } from "../../runtime/routing/partition-owner.ts";
import { repeatedDelivery, repeatedStart } from "../../runtime/routing/repeated-answers.ts";
import type { Elsewhere } from "../../runtime/routing/router.ts";
import { type Answerer, NotTheOwner } from "./answerer.ts";
import { Asker, type FoundAnswer } from "./asker.ts";
import type { Holders } from "./holders.ts";
import { OutgoingHints } from "./outgoing-hints.ts";
import type { Answered, Asked, OwnerMethod } from "./owner-questions.ts";
import type { PeerClient } from "./peer-client.ts";
import { StoreWay } from "./store-way.ts";

export interface RemoteOwnersOptions {
  readonly holders: Holders;
  readonly client: PeerClient;
  readonly store: Pick<ClusterStore, "postCall" | "answerOf" | "execution" | "journal">;
  /** The one that answers the questions of the others. */
  readonly answerer: Answerer;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly logger: Logger;
  /** How long an owner is looked for; absent: 20 seconds. */
  readonly waitMs?: number;
  /** A node that could not be reached for so long is asked through the store; absent: 1 second. */
  readonly unreachableAfterMs?: number;
}

/** Our choice: twice what it takes to notice that a node is gone, and less than clients wait. */
const usualWaitMs = 20_000;
/** Our choice: a node that is started again, or a switch that is, should not load the store that all share. */
const usuallyUnreachableAfterMs = 1_000;
/** Our choice: a long poll is asked for in pieces, so that an owner that is gone without a word is noticed. */
const pieceMs = 15_000;
/** A timer may fire that much early. */
const timerMs = 5;

/** The owners of the partitions that are elsewhere, for the engine's router. */
export class RemoteOwners {
  readonly #options: RemoteOwnersOptions;
  readonly #asker: Asker;
  readonly #hints: OutgoingHints;
  readonly #owners = new Map<number, PartitionOwner>();

  constructor(options: RemoteOwnersOptions) {
    this.#options = options;
    this.#asker = new Asker({
      ...options,
      storeWay: new StoreWay(options.store),
      waitMs: options.waitMs ?? usualWaitMs,
      unreachableAfterMs: options.unreachableAfterMs ?? usuallyUnreachableAfterMs,
    });
    this.#hints = new OutgoingHints(options);
  }

  /** The same object for the same partition: whoever compares owners finds that it is still elsewhere. */
  readonly elsewhere: Elsewhere = (partition) => {
    let owner = this.#owners.get(partition);
    if (owner === undefined) {
      owner = new RemoteOwner(partition, this.#options, this.#asker, this.#hints);
      this.#owners.set(partition, owner);
    }
    return owner;
  };

  /** Hints on their way that nobody has taken yet. */
  get waitingHints(): number {
    return this.#hints.waiting;
  }

  /** Sends no hints any more. */
  close(): void {
    this.#hints.close();
  }
}

/** Whoever has one partition that was elsewhere when it was looked for. */
class RemoteOwner implements PartitionOwner {
  readonly #partition: number;
  readonly #options: RemoteOwnersOptions;
  readonly #asker: Asker;
  readonly #hints: OutgoingHints;

  constructor(partition: number, options: RemoteOwnersOptions, asker: Asker, hints: OutgoingHints) {
    this.#partition = partition;
    this.#options = options;
    this.#asker = asker;
    this.#hints = hints;
  }

  async start(start: ExecutionStart): Promise<StartResult> {
    this.#requireOurs(start);
    // Whether it exists is looked up if it may: a second row of one execution is a mistake that ends its partition. A
    // child of a Map Run may have been started by the run's owner before this one; others are ours until we repeat it.
    const checked: ExecutionStart = { ...start, isNamed: true };
    const found = await this.#asker.ask({
      id: this.#options.ids.uuid(),
      partition: this.#partition,
      method: "start",
      asked: start.record.mapRun === undefined ? start : checked,
      askedAgain: checked,
    });
    const { answered, mayBeSecond } = required(found);
    const mayExist = mayBeSecond || start.record.mapRun !== undefined;
    return mayExist ? repeatedStart(this.#options.store, start, answered) : answered;
  }

  async deliver(executionArn: string, event: Event): Promise<Delivered | undefined> {
    this.#requireOurs(event);
    const { store, clock } = this.#options;
    const askedAt = clock.now();
    const asked = { executionArn, event };
    const { answered: delivered, mayBeSecond } = await this.#ask("deliver", asked);
    if (delivered === undefined || !mayBeSecond) return delivered;
    return repeatedDelivery(store, executionArn, event, { delivered, askedAt });
  }

  hear(message: Message): void {
    this.#hints.hear(this.#partition, message);
  }

  async waitUntilClosed(
    executionArn: string,
    timeoutMs: number,
    signal: AbortSignal,
  ): Promise<void> {
    for (const piece of pieces(timeoutMs, signal)) {
      const asked = { executionArn, timeoutMs: piece };
      const begunAt = performance.now();
      if ((await this.#askFor("waitUntilClosed", asked, signal)) === undefined) return;
      // It does not say why it has ended: before its time there is only one reason. A last piece that is shorter than that
      // can be told is not asked again.
      if (piece <= timerMs || performance.now() - begunAt < piece - timerMs) return;
    }
  }

  readonly activities = {
    offer: (task: ActivityTaskRecord): void => this.#hints.offer(this.#partition, task),
    take: (
      activityArn: string,
      workerName: string | undefined,
      timeoutMs: number,
      signal: AbortSignal,
    ): Promise<ActivityTask | undefined> =>
      this.#takeActivityTask(activityArn, workerName, timeoutMs, signal),
  };

  readonly mapRuns = {
    describe: (mapRunArn: string): Promise<MapRunRecord | undefined> =>
      this.#answer("describeMapRun", { mapRunArn }),
    update: (mapRunArn: string, changes: MapRunChanges): Promise<boolean> =>
      this.#answer("updateMapRun", { mapRunArn, changes }),
    pendingRedrives: (mapRunArn: string): Promise<ReadonlySet<string>> =>
      this.#answer("pendingRedrives", { mapRunArn }),
  };

  /**
   * A task whose answer was lost together with the owner of the queue is started for nobody, as if its worker had died:
   * it waits for its time-out.
   */
  async #takeActivityTask(
    activityArn: string,
    workerName: string | undefined,
    timeoutMs: number,
    signal: AbortSignal,
  ): Promise<ActivityTask | undefined> {
    const worker = workerName === undefined ? {} : { workerName };
    for (const piece of pieces(timeoutMs, signal)) {
      const asked = { activityArn, ...worker, timeoutMs: piece };
      const found = await this.#askFor("takeActivityTask", asked, signal);
      if (found?.answered !== undefined) return found.answered;
    }
    return undefined;
  }

  async #answer<M extends OwnerMethod>(method: M, asked: Asked<M>): Promise<Answered<M>> {
    return (await this.#ask(method, asked)).answered;
  }

  async #ask<M extends OwnerMethod>(method: M, asked: Asked<M>): Promise<FoundAnswer<M>> {
    return required(await this.#askFor(method, asked));
  }

  /** `undefined` if `signal` is aborted. */
  async #askFor<M extends OwnerMethod>(
    method: M,
    asked: Asked<M>,
    signal?: AbortSignal,
  ): Promise<FoundAnswer<M> | undefined> {
    return this.#asker.ask({
      id: this.#options.ids.uuid(),
      partition: this.#partition,
      method,
      asked,
      ...(signal === undefined ? {} : { signal }),
    });
  }

  /** A question of another node is not passed on: it goes back, and that node asks the next owner. */
  #requireOurs(startOrEvent: object): void {
    if (!this.#options.answerer.isBeingAnswered(startOrEvent)) return;
    throw new NotTheOwner(`Partition ${this.#partition} has left this node.`);
  }
}

/** The time of a long poll in pieces. */
function* pieces(timeoutMs: number, signal: AbortSignal): Generator<number> {
  const until = performance.now() + timeoutMs;
  for (;;) {
    const left = Math.ceil(until - performance.now());
    if (left <= 0 || signal.aborted) return;
    yield Math.min(left, pieceMs);
  }
}

function required<T>(found: T | undefined): T {
  if (found === undefined) throw new Error("a question without a signal was aborted");
  return found;
}
