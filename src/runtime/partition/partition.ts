import type { Payload } from "../../expression/payload.ts";
import type { Activation } from "../../machine/activation.ts";
import { nextDeadline } from "../../machine/deadline.ts";
import { decide, type Decision } from "../../machine/decide.ts";
import { evolve } from "../../machine/evolve.ts";
import { type EpochMs, rootBranch } from "../../machine/ids.ts";
import { decodeEvents } from "../../machine/journal/journal-codec.ts";
import type { JournalEvent } from "../../machine/journal/journal-event.ts";
import { newSnapshot, type ExecutionSnapshot } from "../../machine/snapshot.ts";
import { branchWaitingFor } from "../../machine/task-activation.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Ids } from "../../ports/ids.ts";
import type { Logger } from "../../ports/logger.ts";
import { PartitionLost } from "../../ports/partition-lost.ts";
import type { MapRunIo } from "../../ports/map-run-io.ts";
import {
  type ExecutionRecord,
  type JournalChunk,
  type Message,
  type Store,
  StoreFailure,
} from "../../ports/store.ts";
import type { TaskMocks } from "../../ports/task-mocks.ts";
import type { DescribedExecution, StartResult } from "../engine.ts";
import { ClosedExecutions } from "../executions/closed-executions.ts";
import { describeExecution } from "../executions/describe-execution.ts";
import type { ExpressHistories } from "../express/express-histories.ts";
import type { EventFeed } from "../feed/event-feed.ts";
import type { EngineFigures } from "../figures/engine-figures.ts";
import type { LoggedMachine, MachineFactory } from "../machines/machine-factory.ts";
import { endedChild, endedChildMessage } from "../map-run/ended-child.ts";
import type { MapRunParents } from "../map-run/map-run-parents.ts";
import { MapRuns } from "../map-run/map-runs.ts";
import { deliverToOwner } from "../routing/ask-owner.ts";
import type { ExecutionStart, PartitionOwner } from "../routing/partition-owner.ts";
import type { Router } from "../routing/router.ts";
import { ActivityTasks } from "../tasks/activity-tasks.ts";
import { noteActivityTasks } from "../tasks/activity-task-changes.ts";
import { childResultMessage } from "../tasks/child-result.ts";
import { CommandPerformer } from "../tasks/command-performer.ts";
import type { TaskHandlers } from "../tasks/dispatcher.ts";
import type { TaskTokens } from "../tasks/task-token.ts";
import { type Changes, Committer } from "./committer.ts";
import type { Delivered, Event } from "./event.ts";
import { forEachExecution, logMistake } from "./for-each-execution.ts";
import { Inbox } from "./inbox.ts";
import { JournalReader } from "./journal-reader.ts";
import { Parking } from "./parking.ts";
import { newResident, type Resident } from "./resident.ts";
import { TimerQueue } from "./timer-queue.ts";

/** ARNs of executions that are read from the store in one go. */
const listedAtOnce = 500;

/** What an activation came to that could not be decided, by our own mistake. */
const halted: Decision = { events: [], commands: [], stale: true };

/** What all partitions of an engine share. */
export interface PartitionOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly logger: Logger;
  readonly handlers: TaskHandlers;
  /** Answer the tasks of executions that run as test cases. */
  readonly mocks: TaskMocks | undefined;
  readonly tokens: TaskTokens;
  readonly machines: MachineFactory;
  readonly mapRunIo: MapRunIo;
  readonly mapRunParents: MapRunParents;
  readonly router: Router;
  /** Whether this process may act for its partitions at this moment; absent: always. Asked before each call of a task. */
  readonly mayAct?: (() => boolean) | undefined;
  /** Where durable events go out. */
  readonly feed: EventFeed;
  readonly figures: EngineFigures;
  readonly expressHistories: ExpressHistories;
  /** The partition can not go on here: what was in its memory is worth nothing any more. */
  readonly onFailure: (partition: Partition, reason: Error) => void;
}

/**
 * The executions of one partition while it is here: those in memory, the way of the others into it, and the group
 * commit that all share. The path of an event is `deliver` → `decide` → commit → effects.
 */
export class Partition implements PartitionOwner {
  readonly index: number;
  readonly epoch: number;
  readonly mapRuns: MapRuns;
  readonly activities: ActivityTasks;
  readonly #options: PartitionOptions;
  readonly #residents = new Map<string, Resident>();
  readonly #closed = new ClosedExecutions();
  readonly #committer: Committer;
  readonly #commands: CommandPerformer;
  readonly #inbox: Inbox;
  readonly #journals: JournalReader;
  readonly #parking: Parking;
  readonly #timers: TimerQueue<Resident>;
  /** Starts whose names are being checked or made durable, so that two of one name never race. */
  readonly #starting = new Map<string, Promise<void>>();
  /** Executions that the owner before this one had in memory, until this one has. */
  readonly #left = new Set<string>();
  #isLeaving = false;
  /** Why nothing may be recorded any more. */
  #lost: Error | undefined;

  constructor(index: number, epoch: number, options: PartitionOptions) {
    const { store, clock, ids, logger, router, tokens } = options;
    this.index = index;
    this.epoch = epoch;
    this.#options = options;
    const isLost = (): boolean => this.#lost !== undefined || options.mayAct?.() === false;
    this.#timers = new TimerQueue(clock, (resident) => {
      this.#activate(resident, { type: "TimerFired" });
    });
    this.#committer = new Committer({
      store,
      partition: index,
      epoch,
      figures: options.figures,
      beforeCommit: (changes) => this.#parking.consider(changes),
      afterCommit: (changes) => this.#parking.committed(changes),
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
        } catch (thrown) {
          // It may still be written, after what is written next: another epoch keeps it out.
          if (thrown instanceof StoreFailure) this.lose(thrown);
          throw thrown;
        }
        this.lose(new PartitionLost("another process owns the partition now"));
        throw this.#lost ?? new Error("the partition is lost");
      },
      io: options.mapRunIo,
      parents: options.mapRunParents,
      ownerOf: (executionArn) => router.ownerOf(executionArn),
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
      offerActivityTask: (task) => router.ownerOf(task.activityArn).activities.offer(task),
      activate: (resident, event) => this.#activate(resident, event),
      durable: (resident) => this.#durable(resident),
      settled: (resident) => this.#inbox.submitted(resident),
      mayPark: (resident) => this.#consider(resident),
      isLost,
    });
    this.#parking = new Parking({
      store,
      partition: index,
      clock,
      resident: (executionArn) => this.#residents.get(executionArn),
      dismiss: (resident) => this.#dismiss(resident),
      hasChanges: (executionArn) => this.#committer.hasChanges(executionArn),
      isMocked: (resident, taskId) => this.#commands.isMocked(resident, taskId),
      wake: (due) => {
        options.figures.woken(due.length);
        return forEachExecution(due, (arn) => this.#wake(arn), { logger, isLost });
      },
      onFailure: (reason) => this.lose(reason),
    });
    this.#inbox = new Inbox({
      find: (executionArn) => this.#find(executionArn),
      activate: (resident, event) => this.#activate(resident, event),
      childEnded: (child) => this.mapRuns.childEnded(child),
      delivered: (messageId) => this.#committer.delivered(messageId),
    });
    this.#journals = new JournalReader(store, (record, chunks) => this.#fold(record, chunks));
  }

  async start(start: ExecutionStart): Promise<StartResult> {
    const { executionArn, mapRun } = start.record;
    let mayExist = start.isNamed;
    // A child of a Map Run may be started again, by the next one who has the run.
    if (!mayExist && mapRun === undefined) return this.#startFresh(start);
    for (
      let other = this.#starting.get(executionArn);
      other !== undefined;
      other = this.#starting.get(executionArn)
    ) {
      await other;
      mayExist = true;
    }
    const done = Promise.withResolvers<void>();
    this.#starting.set(executionArn, done.promise);
    try {
      const before = mayExist ? await this.#startedBefore(start) : undefined;
      return before ?? (await this.#startFresh(start));
    } finally {
      this.#starting.delete(executionArn);
      done.resolve();
    }
  }

  /** Runs an Express execution of which nothing is stored, and gives its end. */
  async run(
    record: ExecutionRecord,
    input: Payload,
  ): Promise<{ readonly snapshot: ExecutionSnapshot; readonly documentCharacters: number }> {
    const { executionArn } = record;
    const resident = newResident(record, await this.#machine(record), { stored: "nothing" });
    const end = this.#closed.next(executionArn);
    try {
      await this.#begin(resident, input);
    } catch (thrown) {
      this.#closed.abandon(executionArn, thrown as Error);
    }
    const snapshot = await end;
    return { snapshot, documentCharacters: resident.trace?.characters ?? 0 };
  }

  async deliver(executionArn: string, event: Event): Promise<Delivered | undefined> {
    if (event.type === "Redriven") await this.mapRuns.cancelled(executionArn);
    const resident = this.#residents.get(executionArn) ?? (await this.#journals.load(executionArn));
    if (this.#lost !== undefined) return this.#nextOwner(executionArn).deliver(executionArn, event);
    if (resident === undefined) return undefined;
    if (event.type === "Redriven" && this.#isEnding(resident)) {
      // One commit cannot say that an execution has ended and that it runs again.
      await this.#durable(resident).catch(ignore);
      return this.deliver(executionArn, event);
    }
    const { stale } = await this.#activateDurably(resident, event);
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
    return this.#residents.size;
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
    const { promise, cancel } = this.#closed.wait(executionArn, timeoutMs, signal);
    if (!this.#residents.has(executionArn)) {
      const record = await this.#options.store.execution(executionArn);
      if (record === undefined || record.status !== "RUNNING") cancel();
    }
    await promise;
  }

  /** The first step of taking over: finds out what the owner before this one had in memory. */
  async claim(): Promise<void> {
    let after: string | undefined;
    do {
      const page = await this.#options.store.resident(this.index, {
        limit: listedAtOnce,
        ...(after === undefined ? {} : { after }),
      });
      after = page.next;
      for (const executionArn of page.items) this.#left.add(executionArn);
    } while (after !== undefined);
  }

  /** The second step: takes that up, while others may already be asked and ask. */
  async recover(): Promise<void> {
    const { store, logger } = this.#options;
    const options = { logger, isLost: () => this.#lost !== undefined };
    await forEachExecution(this.#left, (arn) => this.#journals.load(arn), options);
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
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, graceMs);
    });
    await Promise.race([this.#quiet(), timeout]);
    clearTimeout(timer);
    // What is still running is left without an outcome: the next owner records it as unknown.
    this.#lost ??= new Error("the server is shutting down, or the partition is given up");
    await this.#committer.idle();
    this.#letGo(this.#lost);
  }

  /** Resolves when nothing is under way, nor about to be. */
  async #quiet(): Promise<void> {
    // A run that went on would start children after the next owner has begun to.
    await this.mapRuns.leave();
    do {
      await this.#commands.idle();
      await this.#committer.idle();
      // What has become durable may have begun the next attempt.
    } while (!this.#commands.isIdle && this.#lost === undefined);
  }

  async #startFresh(start: ExecutionStart): Promise<StartResult> {
    const { record, input } = start;
    const { executionArn, startDate } = record;
    const machine = await this.#machine(record);
    const mapRunElsewhere = await this.#mapRunElsewhere(record);
    if (this.#lost !== undefined) return this.#nextOwner(executionArn).start(start);
    const stored = storedOf(record, machine);
    const resident = newResident(record, machine, { stored, mapRunElsewhere });
    await this.#begin(resident, input);
    return { type: "started", executionArn, startDate };
  }

  /** The same start again, if the execution still runs; else the name is taken. */
  async #startedBefore({ record, input }: ExecutionStart): Promise<StartResult | undefined> {
    const { executionArn, testCase } = record;
    const found =
      this.#closed.recent(executionArn) ??
      (await describeExecution(this.#options.store, executionArn));
    if (found === undefined) return undefined;
    const { status, startDate } = found.record;
    const same =
      status === "RUNNING" && found.input.text === input.text && found.record.testCase === testCase;
    return same ? { type: "started", executionArn, startDate } : { type: "exists", executionArn };
  }

  /** Resolves when the start is durable. */
  async #begin(resident: Resident, input: Payload): Promise<void> {
    this.#requireHere();
    const { record, stored } = resident;
    this.#residents.set(record.executionArn, resident);
    this.#options.figures.started(resident.machine.type);
    if (stored !== "journal") resident.trace = this.#options.expressHistories.begin(record);
    if (stored === "nothing") {
      requireDecided(this.#activate(resident, { type: "ExecutionStarted", input }));
      return;
    }
    if (stored === "journal") {
      // In one turn with its events: an execution that cannot be started leaves no row.
      requireDecided(this.#activate(resident, { type: "ExecutionStarted", input }));
      this.#committer.changes(record.executionArn).start = record;
      await this.#durable(resident);
      return;
    }
    const changes = this.#committer.changes(record.executionArn);
    changes.start = record;
    changes.events.push(startedEvent(resident, input));
    await this.#durable(resident);
    this.#activate(resident, { type: "ExecutionStarted", input });
  }

  async #activateDurably(resident: Resident, event: Event): Promise<Decision> {
    const decision = requireDecided(this.#activate(resident, event));
    await this.#durable(resident);
    return decision;
  }

  #activate(resident: Resident, event: Event): Decision {
    const { clock, ids } = this.#options;
    const activation = { ...event, at: clock.now(), seed: ids.seed() } as Activation;
    const { machine, snapshot, record } = resident;
    let decision: Decision;
    try {
      decision = decide(machine, snapshot, activation);
    } catch (thrown) {
      this.#halt(resident, thrown);
      return halted;
    }
    if (decision.stale) return decision;
    resident.attempts?.note(decision.events);
    if (event.type === "Redriven") this.#reopened(resident, activation.at);
    if (resident.stored === "journal") {
      const changes = this.#committer.changes(record.executionArn);
      for (const journalEvent of decision.events) changes.events.push(journalEvent);
      if (resident.parked) {
        resident.parked = false;
        changes.parked = null;
      }
      const isMocked = (taskId: number): boolean => this.#commands.isMocked(resident, taskId);
      noteActivityTasks(changes, decision, event, isMocked);
      if (snapshot.status !== "RUNNING") this.#noteEnd(resident, changes);
    }
    const { commands, events } = decision;
    this.#tell(resident, events);
    if (commands.length > 0) {
      this.#afterwards(resident, () => {
        for (const command of commands) this.#commands.perform(resident, command);
      });
    }
    if (snapshot.status === "RUNNING") {
      this.#timers.set(resident, nextDeadline(machine, snapshot) as EpochMs);
    } else {
      this.#timers.remove(resident);
      this.#afterwards(resident, () => this.#ended(resident));
    }
    return decision;
  }

  /** Our own mistake stops this execution, with its journal as it was; the others go on. */
  #halt(resident: Resident, thrown: unknown): void {
    const { executionArn } = resident.record;
    this.#dismiss(resident);
    if (resident.trace !== undefined) this.#options.expressHistories.drop(resident.trace);
    logMistake(this.#options.logger, executionArn, thrown);
    this.#closed.abandon(executionArn, haltedError());
  }

  /** Remembers the events of an Express execution; feeds the events once they are durable. */
  #tell(resident: Resident, events: readonly JournalEvent[]): void {
    const { feed, expressHistories } = this.#options;
    const { execution, snapshot, trace } = resident;
    if (trace !== undefined) expressHistories.add(trace, events);
    if (events.length === 0 || !feed.isWanted(execution)) return;
    const { status, stoppedAt, redriveCount } = snapshot;
    this.#afterwards(resident, () => {
      feed.publish({ execution, events, status, stoppedAt, redriveCount });
    });
  }

  /** Performs an effect once what caused it is durable: for an execution in memory only, when this turn is over. */
  #afterwards(resident: Resident, perform: () => void): void {
    if (resident.stored === "journal") this.#committer.after({ perform, abandon: ignore });
    else queueMicrotask(perform);
  }

  async #durable(resident: Resident): Promise<void> {
    if (resident.stored === "nothing") return;
    await new Promise<void>((perform, abandon) => this.#committer.after({ perform, abandon }));
  }

  /** Its end is not durable yet. */
  #isEnding({ record, snapshot }: Resident): boolean {
    return snapshot.status !== "RUNNING" && this.#residents.has(record.executionArn);
  }

  #noteEnd(resident: Resident, changes: Changes): void {
    const { record, snapshot, mapRunElsewhere } = resident;
    if (snapshot.status === "RUNNING") return;
    changes.closed = { status: snapshot.status, stopDate: snapshot.stoppedAt };
    if (record.parent !== undefined) {
      this.#send(resident, childResultMessage(record, record.parent, snapshot));
    }
    const child = endedChild(record, snapshot);
    if (child !== undefined && mapRunElsewhere !== undefined) {
      this.#send(resident, endedChildMessage(child, snapshot, mapRunElsewhere));
    }
  }

  /** Stores a message with what the execution has come to; it is on its way when both are durable. */
  #send(resident: Resident, message: Message): void {
    const { router, logger } = this.#options;
    this.#committer.send(message);
    this.#afterwards(resident, () => {
      try {
        router.ownerOf(message.to).hear(message);
      } catch (thrown) {
        logger.warn("a message stays in the store", { reason: String(thrown) });
      }
    });
  }

  /** It had ended, and runs again. */
  #reopened(resident: Resident, redriveDate: EpochMs): void {
    const { record, snapshot } = resident;
    const { redriveCount } = snapshot;
    resident.parked = false;
    this.#closed.forget(record.executionArn);
    this.#residents.set(record.executionArn, resident);
    this.#committer.changes(record.executionArn).redriven = { redriveCount, redriveDate };
  }

  /** Its end is durable. */
  #ended(resident: Resident): void {
    const { record, machine, snapshot, stored, trace, mapRunElsewhere } = resident;
    this.#residents.delete(record.executionArn);
    this.#options.figures.ended(machine.type, snapshot.status);
    if (trace !== undefined && snapshot.status !== "RUNNING") {
      this.#options.expressHistories.end(trace, snapshot.status, snapshot.stoppedAt);
    }
    if (stored === "ends" && snapshot.status !== "RUNNING") {
      const closed = { status: snapshot.status, stopDate: snapshot.stoppedAt };
      this.#committer.changes(record.executionArn).closed = closed;
    }
    this.#closed.add(record, snapshot);
    const child = endedChild(record, snapshot);
    if (child !== undefined && mapRunElsewhere === undefined) this.mapRuns.childEnded(child);
  }

  /** One whose deadline has moved since it was parked (a heartbeat) is parked anew. */
  async #wake(executionArn: string): Promise<void> {
    const resident = await this.#find(executionArn);
    if (resident === undefined) return;
    const { stale } = await this.#activateDurably(resident, { type: "TimerFired" });
    // It may have ended since it was found to be due.
    if (!stale || resident.snapshot.status !== "RUNNING") return;
    resident.parked = false;
    this.#residents.set(executionArn, resident);
    this.#consider(resident);
    await this.#durable(resident);
  }

  /** With the next commit it is looked at whether it only waits. */
  #consider({ stored, record }: Resident): void {
    if (stored === "journal") this.#committer.changes(record.executionArn);
  }

  #dismiss(resident: Resident): void {
    this.#residents.delete(resident.record.executionArn);
    this.#timers.remove(resident);
  }

  /** The execution, in memory; one that has ended only for who asks. */
  async #find(executionArn: string): Promise<Resident | undefined> {
    const resident = this.#residents.get(executionArn);
    if (resident !== undefined) return resident;
    const loaded = await this.#journals.load(executionArn);
    this.#requireHere();
    return loaded;
  }

  async #fold(record: ExecutionRecord, chunks: readonly JournalChunk[]): Promise<Resident> {
    const { expressHistories } = this.#options;
    const { executionArn } = record;
    const snapshot = newSnapshot();
    const events = chunks.flatMap(({ data }) => decodeEvents(data));
    for (const event of events) evolve(snapshot, event);
    const machine = await this.#machine(record);
    const mapRunElsewhere = await this.#mapRunElsewhere(record);
    const already = this.#residents.get(executionArn);
    if (already !== undefined) return already;
    const stored = storedOf(record, machine);
    const resident = newResident(record, machine, {
      snapshot,
      parked: true,
      stored,
      mapRunElsewhere,
    });
    if (this.#lost !== undefined) return resident;
    resident.attempts?.note(events);
    if (snapshot.status === "RUNNING") {
      if (stored === "ends") {
        resident.trace = expressHistories.begin(record);
        expressHistories.add(resident.trace, events);
      }
      this.#residents.set(executionArn, resident);
      this.#timers.set(resident, nextDeadline(machine, snapshot) as EpochMs);
    }
    // Before anything else happens to it: what it begins from here on is not left over.
    if (this.#left.delete(executionArn)) {
      resident.parked = false;
      this.#commands.takeUp(resident);
      // A commit gives it the chance to be parked if it only waits.
      if (snapshot.status === "RUNNING") this.#committer.changes(executionArn);
    }
    return resident;
  }

  async #machine(record: ExecutionRecord): Promise<LoggedMachine> {
    return this.#options.machines.forExecution(record);
  }

  /** The execution that started the run whose child this is, if that is in another partition. */
  async #mapRunElsewhere({ executionArn, mapRun }: ExecutionRecord): Promise<string | undefined> {
    if (mapRun === undefined) return undefined;
    const { mapRunParents, router } = this.#options;
    const parentArn = await mapRunParents.of(mapRun.mapRunArn);
    if (parentArn === undefined || router.areTogether(executionArn, parentArn)) return undefined;
    return parentArn;
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
    void this.mapRuns.leave();
    this.#letGo(reason);
    this.#options.onFailure(this, reason);
  }

  /** Nothing of it is in memory any more, and nobody waits here. */
  #letGo(reason: Error): void {
    const { expressHistories } = this.#options;
    this.#commands.cancelAll();
    for (const { trace } of this.#residents.values()) {
      if (trace !== undefined) expressHistories.drop(trace);
    }
    this.#residents.clear();
    this.activities.close();
    this.#closed.close(reason);
  }
}

/** What of an execution is stored. A Map Run's children are counted by their rows, whatever their type. */
function storedOf({ mapRun }: ExecutionRecord, { type }: LoggedMachine): "journal" | "ends" {
  return type === "EXPRESS" && mapRun === undefined ? "ends" : "journal";
}

/** All that is stored of an Express execution while it runs: enough to run it again after a crash. */
function startedEvent({ record, machine }: Resident, input: Payload): JournalEvent {
  return {
    type: "ExecutionStarted",
    id: 1,
    previousEventId: 0,
    at: record.startDate,
    branch: rootBranch,
    payload: input,
    details: { roleArn: machine.identity.roleArn },
    internal: undefined,
  };
}

function requireDecided(decision: Decision): Decision {
  if (decision === halted) throw haltedError();
  return decision;
}

function haltedError(): Error {
  return new Error("the execution is stopped by a mistake of the engine");
}

function ignore(): void {}
