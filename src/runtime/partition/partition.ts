import type { Payload } from "../../expression/payload.ts";
import type { ExecutionSnapshot } from "../../machine/snapshot.ts";
import { branchWaitingFor } from "../../machine/task-activation.ts";
import type { Clock } from "../../ports/clock.ts";
import type { CustomerKeys } from "../../ports/customer-keys.ts";
import type { ExecutionMetrics } from "../../ports/execution-metrics.ts";
import type { Ids } from "../../ports/ids.ts";
import type { Logger } from "../../ports/logger.ts";
import { PartitionLost } from "../../ports/partition-lost.ts";
import type { Authorizer } from "../../ports/authorizer.ts";
import type { MapRunIo } from "../../ports/map-run-io.ts";
import { type ExecutionRecord, type Message, type Store, StoreFailure } from "../../ports/store.ts";
import type { TaskMocks } from "../../ports/task-mocks.ts";
import type { DescribedExecution, StartResult } from "../engine.ts";
import { ClosedExecutions } from "../executions/closed-executions.ts";
import type { ExpressHistories } from "../express/express-histories.ts";
import type { EventFeed } from "../feed/event-feed.ts";
import type { EngineFigures } from "../figures/engine-figures.ts";
import type { MachineFactory } from "../machines/machine-factory.ts";
import type { MapRunParents } from "../map-run/map-run-parents.ts";
import { MapRuns } from "../map-run/map-runs.ts";
import { deliverToOwner } from "../routing/ask-owner.ts";
import type { ExecutionStart, PartitionOwner } from "../routing/partition-owner.ts";
import type { Router } from "../routing/router.ts";
import { ActivityTasks } from "../tasks/activity-tasks.ts";
import { CommandPerformer } from "../tasks/command-performer.ts";
import type { TaskHandlers } from "../tasks/dispatcher.ts";
import type { TaskTokens } from "../tasks/task-token.ts";
import { Activator } from "./activator.ts";
import { Committer } from "./committer.ts";
import type { Delivered, Event } from "./event.ts";
import { forEachExecution } from "./for-each-execution.ts";
import { Inbox } from "./inbox.ts";
import { KeyWatch } from "./key-watch.ts";
import { Parking } from "./parking.ts";
import type { Resident } from "./resident.ts";
import { Residents } from "./residents.ts";
import { Starts } from "./starts.ts";
import { TimerQueue } from "./timer-queue.ts";
import { UnreadExecution, UnreadExecutions } from "./unread-executions.ts";

/** What all partitions of an engine share. */
export interface PartitionOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly logger: Logger;
  readonly customerKeys: CustomerKeys;
  readonly handlers: TaskHandlers;
  /** Answer the tasks of executions that run as test cases. */
  readonly mocks: TaskMocks | undefined;
  readonly tokens: TaskTokens;
  readonly machines: MachineFactory;
  readonly authorizer: Authorizer;
  readonly mapRunIo: MapRunIo;
  readonly mapRunParents: MapRunParents;
  readonly router: Router;
  /** Whether this process may act for its partitions at this moment; absent: always. Asked before each call of a task. */
  readonly mayAct?: (() => boolean) | undefined;
  /** Where durable events go out. */
  readonly feed: EventFeed;
  readonly figures: EngineFigures;
  /** Counts what executions come to; absent: nobody does. */
  readonly metrics?: ExecutionMetrics | undefined;
  readonly expressHistories: ExpressHistories;
  /** The partition can not go on here: what was in its memory is worth nothing any more. */
  readonly onFailure: (partition: Partition, reason: Error) => void;
}

/**
 * The executions of one partition while it is here: those in memory, the way of the others into it, and the group
 * commit that all share. The path of an event is `deliver` → {@link Activator} → {@link Committer} → effects.
 */
export class Partition implements PartitionOwner {
  readonly index: number;
  readonly epoch: number;
  readonly mapRuns: MapRuns;
  readonly activities: ActivityTasks;
  readonly #options: PartitionOptions;
  readonly #residents: Residents;
  readonly #unread: UnreadExecutions;
  readonly #closed = new ClosedExecutions();
  readonly #starts: Starts;
  readonly #activator: Activator;
  readonly #committer: Committer;
  readonly #commands: CommandPerformer;
  readonly #inbox: Inbox;
  readonly #parking: Parking;
  readonly #timers: TimerQueue<Resident>;
  #isLeaving = false;
  /** Why nothing may be recorded any more. */
  #lost: Error | undefined;

  constructor(index: number, epoch: number, options: PartitionOptions) {
    const { store, clock, ids, logger, router, tokens } = options;
    this.index = index;
    this.epoch = epoch;
    this.#options = options;
    const isLost = (): boolean => this.#lost !== undefined || options.mayAct?.() === false;
    const ownerOf = (arn: string): PartitionOwner => router.ownerOf(arn);
    this.#timers = new TimerQueue(clock, (resident) => {
      this.#activator.activate(resident, { type: "TimerFired" });
    });
    this.#committer = new Committer({
      store,
      partition: index,
      epoch,
      figures: options.figures,
      beforeCommit: (changes) => this.#parking.consider(changes),
      afterCommit: (changes) => {
        if (changes.told !== undefined) options.feed.publish(changes.told, changes.events);
        this.#parking.committed(changes);
      },
      onFailure: (reason) => this.lose(reason),
    });
    this.activities = new ActivityTasks({
      store,
      clock,
      tokens,
      deliver: (executionArn, event) => deliverToOwner(options, executionArn, event),
    });
    this.mapRuns = new MapRuns({
      store,
      clock,
      ids,
      putRecord: async (record) => {
        try {
          if (await store.putMapRun(record, epoch)) return;
          throw new PartitionLost("another process owns the partition now");
        } catch (thrown) {
          // After a failure it may still be written, after what is written next: another epoch keeps it out.
          if (thrown instanceof StoreFailure || thrown instanceof PartitionLost) this.lose(thrown);
          throw thrown;
        }
      },
      authorizer: options.authorizer,
      io: options.mapRunIo,
      parents: options.mapRunParents,
      ownerOf,
      finished: async ({ record: { executionArn } }, mapRunArn, outcome) => {
        if (outcome === undefined) return;
        // The next owner has taken the run up, and tells its end itself.
        this.#requireHere();
        await this.deliver(executionArn, { type: "MapRunFinished", mapRunArn, outcome });
      },
      logger,
      onFailure: (reason) => this.lose(reason),
      isStopping: () => this.#isLeaving || isLost(),
    });
    this.#commands = new CommandPerformer({
      ...options,
      mapRuns: this.mapRuns,
      offerActivityTask: (task) => ownerOf(task.activityArn).activities.offer(task),
      activate: (resident, event) => this.#activator.activate(resident, event),
      durable: (resident) => this.#activator.durable(resident),
      settled: (resident) => this.#inbox.submitted(resident),
      mayPark: (resident) => this.#parking.reconsider(resident),
      isLost,
    });
    this.#residents = new Residents({
      ...options,
      committer: this.#committer,
      timers: this.#timers,
      commands: this.#commands,
      keyUser: new KeyWatch({
        ...options,
        residents: () => this.#residents.byArn,
        activate: (...activated) => this.#activator.activate(...activated),
        isLost: () => this.#lost !== undefined,
      }),
      endUnread: (unread) => this.#unread.fail(unread),
      lost: () => this.#lost,
    });
    this.#unread = new UnreadExecutions({
      ...options,
      committer: this.#committer,
      closed: this.#closed,
      mapRuns: this.mapRuns,
      parentElsewhere: (record) => this.#residents.parentElsewhere(record),
    });
    this.#activator = new Activator({
      ...options,
      residents: this.#residents.byArn,
      closed: this.#closed,
      committer: this.#committer,
      timers: this.#timers,
      commands: this.#commands,
      mapRuns: this.mapRuns,
    });
    this.#starts = new Starts({
      store,
      residents: this.#residents,
      activator: this.#activator,
      closed: this.#closed,
      nextOwner: (arn) => (this.#lost === undefined ? undefined : this.#nextOwner(arn)),
    });
    this.#parking = new Parking({
      ...options,
      partition: index,
      residents: this.#residents,
      activator: this.#activator,
      committer: this.#committer,
      commands: this.#commands,
      isLost,
      onFailure: (reason) => this.lose(reason),
    });
    this.#inbox = new Inbox({
      ...options,
      residents: this.#residents,
      activator: this.#activator,
      committer: this.#committer,
      mapRuns: this.mapRuns,
    });
  }

  start(start: ExecutionStart): Promise<StartResult> {
    return this.#starts.start(start);
  }

  /** Runs an Express execution of which nothing is stored, and gives its end. */
  async run(
    record: ExecutionRecord,
    input: Payload,
  ): Promise<{ readonly snapshot: ExecutionSnapshot; readonly documentCharacters: number }> {
    const { executionArn } = record;
    const resident = await this.#residents.create(record, "nothing");
    this.#requireHere();
    const end = this.#closed.next(executionArn);
    try {
      await this.#activator.begin(resident, input);
    } catch (thrown) {
      this.#closed.abandon(executionArn, thrown as Error);
    }
    const snapshot = await end;
    return { snapshot, documentCharacters: resident.trace?.characters ?? 0 };
  }

  async deliver(executionArn: string, event: Event): Promise<Delivered | undefined> {
    if (event.type === "Redriven") await this.mapRuns.cancelled(executionArn);
    const resident =
      this.#residents.byArn.get(executionArn) ??
      (await this.#residents.load(executionArn).catch((thrown: unknown) => {
        if (!(thrown instanceof UnreadExecution) || !isBareStop(event)) throw thrown;
        return thrown;
      }));
    if (this.#lost !== undefined) return this.#nextOwner(executionArn).deliver(executionArn, event);
    if (resident === undefined) return undefined;
    if (resident instanceof UnreadExecution) return this.#abortUnread(resident);
    if (event.type === "Redriven" && this.#isEnding(resident)) {
      // One commit cannot say that an execution has ended and that it runs again.
      await this.#activator.durable(resident).catch(() => {});
      return this.deliver(executionArn, event);
    }
    const { stale } = await this.#activator.activateDurably(resident, event);
    if (stale) this.#parking.leaveAgain(resident);
    const { snapshot } = resident;
    const { stoppedAt, countedFrom } = snapshot;
    if (event.type !== "ActivityStarted" || stale) return { stale, stoppedAt, countedFrom };
    const waiting = branchWaitingFor(snapshot, event.taskId)?.waiting;
    return waiting?.type === "task"
      ? { stale, stoppedAt, countedFrom, taskInput: waiting.parameters }
      : { stale, stoppedAt, countedFrom };
  }

  hear(message: Message): void {
    this.#inbox.hear(message).catch((thrown: unknown) => {
      this.#options.logger.warn("a message stays in the store", { reason: String(thrown) });
    });
  }

  /** For how long the oldest attempt has been under way that giving the partition up would cut off, in milliseconds. */
  get longestAttemptMs(): number {
    return this.#commands.longestMs;
  }

  /** Executions in memory. */
  get residents(): number {
    return this.#residents.byArn.size;
  }

  /** The end of an execution that is not long ago. */
  recentlyClosed(executionArn: string): DescribedExecution | undefined {
    return this.#closed.recent(executionArn);
  }

  async waitUntilClosed(
    executionArn: string,
    timeoutMs: number,
    signal: AbortSignal,
  ): Promise<void> {
    // Quick ones have ended before somebody asks: no timer, no question to the store.
    if (this.#closed.recent(executionArn) !== undefined) return;
    // All who waited have been woken: nobody would wake one who comes after them.
    if (this.#lost !== undefined) return;
    const { promise, cancel } = this.#closed.wait(executionArn, timeoutMs, signal);
    if (!this.#residents.byArn.has(executionArn)) {
      const record = await this.#options.store.execution(executionArn);
      if (record === undefined || record.status !== "RUNNING") cancel();
    }
    await promise;
  }

  /** The first step of taking over: finds out what the owner before this one had in memory. */
  async claim(): Promise<void> {
    await this.#residents.claim(this.index);
  }

  /** The second step: takes that up, while others may already be asked and ask. */
  async recover(): Promise<void> {
    const { store, logger } = this.#options;
    const options = { logger, isLost: () => this.#lost !== undefined };
    await this.#residents.recover();
    for (const message of await store.messages(this.index, Number.MAX_SAFE_INTEGER)) {
      await forEachExecution([message.to], () => this.#inbox.hear(message), options);
    }
    await this.#parking.begin();
  }

  /** The third: ends the Map Runs whose executions have ended, which nobody took up. */
  async endAbandonedMapRuns(): Promise<void> {
    await this.mapRuns.endAbandoned(this.index);
  }

  /** Lets attempts under way finish for a while, commits what there is, and records nothing more. */
  async leave(graceMs: number): Promise<void> {
    this.#isLeaving = true;
    this.#timers.stop();
    this.#parking.stop();
    this.#residents.stop();
    this.#inbox.stop();
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, graceMs);
    });
    const left = new PartitionLost("the server is shutting down, or the partition is given up");
    await Promise.race([this.#closeWhenQuiet(left), timeout]);
    clearTimeout(timer);
    // What is still running is left without an outcome: the next owner records it as unknown.
    this.#lost ??= left;
    await this.#committer.idle();
    this.#letGo(this.#lost);
  }

  /** Records nothing more from the very moment on in which nothing is under way, nor about to be. */
  async #closeWhenQuiet(left: PartitionLost): Promise<void> {
    // A run that went on would start children after the next owner has begun to.
    await this.mapRuns.leave();
    // What has become durable may have begun the next attempt, whose intent would be committed, and the call not made.
    while (this.#lost === undefined && !(this.#commands.isIdle && this.#committer.isIdle)) {
      await this.#commands.idle();
      await this.#committer.idle();
    }
    this.#lost ??= left;
  }

  async #abortUnread(unread: UnreadExecution): Promise<Delivered> {
    const { status, startDate, redriveDate } = unread.record;
    const stoppedAt = await this.#unread.abort(unread);
    return { stale: status !== "RUNNING", stoppedAt, countedFrom: redriveDate ?? startDate };
  }

  /** Its end is not durable yet. */
  #isEnding({ record, snapshot }: Resident): boolean {
    return snapshot.status !== "RUNNING" && this.#residents.byArn.has(record.executionArn);
  }

  /** What has come too late, and nothing of which was done, goes on to whoever has the partition now. */
  #nextOwner(executionArn: string): PartitionOwner {
    const owner = this.#options.router.ownerOf(executionArn);
    if (owner === this) throw this.#lost ?? new Error("the partition is here");
    return owner;
  }

  #requireHere(): void {
    if (this.#lost !== undefined) throw this.#lost;
  }

  /** Drops it with all that is in memory: the store has what is true, and the next owner goes on from there. */
  lose(reason: Error): void {
    if (this.#lost !== undefined) return;
    this.#lost = reason;
    this.#timers.stop();
    this.#parking.stop();
    this.#residents.stop();
    this.#inbox.stop();
    void this.mapRuns.leave();
    this.#letGo(reason);
    this.#options.onFailure(this, reason);
  }

  /** Nothing of it is in memory any more, and nobody waits here. */
  #letGo(reason: Error): void {
    const { expressHistories } = this.#options;
    this.#commands.cancelAll();
    for (const { trace } of this.#residents.byArn.values()) {
      if (trace !== undefined) expressHistories.drop(trace);
    }
    this.#residents.byArn.clear();
    this.activities.close();
    this.#closed.close(reason);
  }
}

/** A stop that says nothing, for which nothing needs to be sealed. */
function isBareStop(event: Event): boolean {
  return event.type === "StopRequested" && event.error === undefined && event.cause === undefined;
}
