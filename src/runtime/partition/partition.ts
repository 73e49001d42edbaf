import type { TaskResource } from "../../asl/resources/resource.ts";
import type { Payload } from "../../expression/payload.ts";
import type { Activation } from "../../machine/activation.ts";
import type { Command } from "../../machine/command.ts";
import { nextDeadline } from "../../machine/deadline.ts";
import { decide, type Decision } from "../../machine/decide.ts";
import { evolve } from "../../machine/evolve.ts";
import { type EpochMs, rootBranch, type TaskId } from "../../machine/ids.ts";
import type { JournalEvent } from "../../machine/journal/journal-event.ts";
import { decodeEvents } from "../../machine/journal/journal-codec.ts";
import { branchWaitingFor } from "../../machine/task-activation.ts";
import { openTasks, type OpenTask } from "../../machine/recover.ts";
import { newSnapshot, type ExecutionSnapshot } from "../../machine/snapshot.ts";
import type { Clock } from "../../ports/clock.ts";
import type { ExecutionLog } from "../../ports/execution-log.ts";
import type { Ids } from "../../ports/ids.ts";
import type { Logger } from "../../ports/logger.ts";
import {
  type ExecutionRecord,
  type JournalChunk,
  type Message,
  type Store,
  StoreFailure,
} from "../../ports/store.ts";
import type { MockAnswer, TaskMocks } from "../../ports/task-mocks.ts";
import type { TaskOutcome } from "../../ports/task-handler.ts";
import type { ActivityQueues } from "../tasks/activity-queues.ts";
import { childResultMessage, outcomeOf } from "../tasks/child-result.ts";
import { type Changes, Committer } from "./committer.ts";
import { Dispatcher, type TaskHandlers } from "../tasks/dispatcher.ts";
import type { ExpressHistories } from "../express/express-histories.ts";
import { logEntries } from "../logs/log-entries.ts";
import type { MapRuns } from "../map-run/map-runs.ts";
import type { MachineFactory } from "../machines/machine-factory.ts";
import { mockedEvents, mockOf } from "../tasks/mocked-task.ts";
import { newResident, type Resident } from "./resident.ts";
import type { TaskTokens } from "../tasks/task-token.ts";
import { TimerQueue } from "./timer-queue.ts";

/** An execution that will not be woken within this time leaves memory. Our choice: loading one costs well under a millisecond. */
const parkAfterMs = 2_000;
/** Executions that are read from the store in one go. */
const loadedAtOnce = 500;

/** How long an execution that could not be woken is left alone, so that it does not keep the others. Our choice. */
const wakeAgainAfterMs = 60_000;

/** What an activation came to that could not be decided, by our own mistake. */
const halted: Decision = { events: [], commands: [], stale: true };

/** An activation without its time and seed. */
export type Event = Activation extends infer A
  ? A extends Activation
    ? Omit<A, "at" | "seed">
    : never
  : never;

/** What became of an activation, once it is durable. */
export interface Delivered {
  readonly resident: Resident;
  readonly decision: Decision;
}

export interface PartitionOptions {
  readonly index: number;
  readonly epoch: number;
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly logger: Logger;
  readonly handlers: TaskHandlers;
  /** Answer the tasks of executions that run as test cases. */
  readonly mocks: TaskMocks | undefined;
  readonly tokens: TaskTokens;
  readonly activities: ActivityQueues;
  readonly machines: MachineFactory;
  /** The runs of distributed Maps; they use the partitions, so that they are made after them. */
  readonly mapRuns: () => MapRuns;
  /** Events of an execution are durable. */
  readonly onEvents:
    ((record: ExecutionRecord, events: readonly JournalEvent[]) => void) | undefined;
  /** Where the events go that a logging configuration asks for. */
  readonly executionLog: ExecutionLog | undefined;
  readonly expressHistories: ExpressHistories;
  /** The end of an execution is durable. */
  readonly onClosed: (record: ExecutionRecord, snapshot: ExecutionSnapshot) => void;
  /** Delivers a message to whichever partition its execution is in. */
  readonly route: (message: Message) => void;
  readonly onFailure: (reason: Error) => void;
}

/**
 * The executions of one partition: those in memory, the way of the others into it, and the group commit that all
 * share. The path of an activation is `deliver` → `decide` → commit → effects.
 */
export class Partition {
  readonly #options: PartitionOptions;
  readonly #residents = new Map<string, Resident>();
  readonly #committer: Committer;
  readonly #dispatcher: Dispatcher;
  readonly #timers: TimerQueue<Resident>;
  #loading = new Map<string, Promise<Resident | undefined>>();
  #loadQueue: {
    executionArn: string;
    resolve: (r: Resident | undefined) => void;
    reject: (e: Error) => void;
  }[] = [];
  #readingJournals = false;
  /** Executions that the process before this one had in memory, until this one has. */
  readonly #left = new Set<string>();
  /** Messages for tasks whose submission is still under way. */
  readonly #deferred = new Map<Resident, readonly Message[]>();
  #parkedWake: EpochMs = Number.POSITIVE_INFINITY;
  #cancelParkedWake: (() => void) | undefined;
  #failure: Error | undefined;

  constructor(options: PartitionOptions) {
    this.#options = options;
    this.#timers = new TimerQueue(options.clock, (resident) => {
      this.#activate(resident, { type: "TimerFired" });
    });
    this.#committer = new Committer({
      store: options.store,
      partition: options.index,
      epoch: options.epoch,
      beforeCommit: (changes) => this.#considerParking(changes),
      afterCommit: (changes) => this.#committed(changes),
      onFailure: (reason) => this.#fail(reason),
    });
    this.#dispatcher = new Dispatcher(options.handlers, options.tokens, options.logger, {
      submitted: async (resident, taskId, output) => {
        this.#activate(resident, { type: "TaskSubmitted", taskId, output });
        this.#deliverDeferred(resident);
        await this.#durable(resident);
      },
      finished: (resident, taskId, outcome) => this.#taskFinished(resident, taskId, outcome),
    });
  }

  resident(executionArn: string): Resident | undefined {
    return this.#residents.get(executionArn);
  }

  /** Starts an execution that is known not to exist. Resolves when its start is durable. */
  async start(resident: Resident, input: Payload): Promise<void> {
    this.#requireAlive();
    const { record, stored } = resident;
    this.#residents.set(record.executionArn, resident);
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

  /** Gives an execution an activation. Resolves when what it led to is durable; `undefined`: no such execution. */
  async deliver(executionArn: string, event: Event): Promise<Delivered | undefined> {
    this.#requireAlive();
    const resident = this.#residents.get(executionArn) ?? (await this.#load(executionArn));
    if (resident === undefined) return undefined;
    const decision = requireDecided(this.#activate(resident, event));
    await this.#durable(resident);
    if (decision.stale) this.#leaveAgain(resident);
    return { resident, decision };
  }

  /** Tells a waiting task how the other execution ended; the message is gone with the commit of that. */
  async deliverMessage(message: Message): Promise<void> {
    const resident = this.#residents.get(message.to) ?? (await this.#load(message.to));
    if (resident === undefined) this.#committer.delivered(message.id);
    else this.#hear(resident, message);
  }

  /** A child may end before it is recorded that it was started: its message waits for that. */
  #hear(resident: Resident, message: Message): void {
    const outcome = outcomeOf(message);
    const waiting = branchWaitingFor(resident.snapshot, outcome.taskId)?.waiting;
    if (waiting?.type === "task" && waiting.submission === undefined && resident.running > 0) {
      const deferred = this.#deferred.get(resident) ?? [];
      this.#deferred.set(resident, [...deferred, message]);
      return;
    }
    this.#activate(resident, outcome);
    this.#committer.delivered(message.id);
  }

  #deliverDeferred(resident: Resident): void {
    const deferred = this.#deferred.get(resident);
    if (deferred === undefined) return;
    this.#deferred.delete(resident);
    for (const message of deferred) this.#hear(resident, message);
  }

  /** Takes up what was under way when the process before this one ended. */
  async recover(): Promise<void> {
    const { store, index } = this.#options;
    let after: string | undefined;
    do {
      const page = await store.resident(index, {
        limit: loadedAtOnce,
        ...(after === undefined ? {} : { after }),
      });
      after = page.next;
      for (const executionArn of page.items) this.#left.add(executionArn);
    } while (after !== undefined);
    await this.#forEach(this.#left, (executionArn) => this.#load(executionArn));
    const messages = await store.messages(index, Number.MAX_SAFE_INTEGER);
    for (const message of messages) {
      await this.#forEach([message.to], () => this.deliverMessage(message));
    }
    this.#armParkedWake((await store.nextWake(index)) ?? Number.POSITIVE_INFINITY);
  }

  /** Lets attempts under way finish for a while, then commits what there is. */
  async shutdown(graceMs: number): Promise<void> {
    this.#timers.stop();
    this.#cancelParkedWake?.();
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, graceMs);
    });
    await Promise.race([this.#dispatcher.idle(), timeout]);
    clearTimeout(timer);
    // What is still running is left without an outcome: the next process records it as unknown.
    this.#failure ??= new Error("the server is shutting down");
    await this.#committer.idle();
    this.#dispatcher.cancelAll();
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
      this.#noteActivityTasks(resident, changes, decision, event);
      if (snapshot.status !== "RUNNING") this.#noteEnd(resident, changes);
    }
    const { commands, events } = decision;
    this.#tell(resident, events);
    if (commands.length > 0) {
      this.#afterwards(resident, () => {
        for (const command of commands) this.#perform(resident, command);
      });
    }
    if (snapshot.status === "RUNNING") {
      this.#timers.set(resident, nextDeadline(machine, snapshot) as EpochMs);
    } else {
      this.#timers.remove(resident);
      this.#afterwards(resident, () => this.#closed(resident));
    }
    return decision;
  }

  /** Our own mistake stops this execution, with its journal as it was; the others go on. */
  #halt(resident: Resident, thrown: unknown): void {
    const { executionArn } = resident.record;
    this.#residents.delete(executionArn);
    this.#timers.remove(resident);
    this.#logMistake(executionArn, thrown);
  }

  #logMistake(executionArn: string, thrown: unknown): void {
    const { message, stack } = asError(thrown);
    this.#options.logger.error("an execution is stopped by a mistake of the engine", {
      executionArn,
      message: stack ?? message,
    });
  }

  /**
   * Does something with each execution, side by side; one that it cannot be done with does not keep the others. False if
   * there was one. A store that fails is everybody's failure.
   */
  async #forEach(
    executionArns: Iterable<string>,
    act: (executionArn: string) => Promise<unknown>,
  ): Promise<boolean> {
    const done = await Promise.all(
      Array.from(executionArns, async (executionArn) => {
        try {
          await act(executionArn);
          return true;
        } catch (thrown) {
          if (thrown instanceof StoreFailure || this.#failure !== undefined) throw thrown;
          this.#logMistake(executionArn, thrown);
          return false;
        }
      }),
    );
    return !done.includes(false);
  }

  /** Remembers the events of an Express execution; tells the others of events once those are durable. */
  #tell(resident: Resident, events: readonly JournalEvent[]): void {
    const { onEvents, executionLog, expressHistories } = this.#options;
    const { record, machine, snapshot, trace } = resident;
    if (trace !== undefined) expressHistories.add(trace, events);
    if (onEvents !== undefined) this.#afterwards(resident, () => onEvents(record, events));
    const { logging } = machine;
    if (logging === undefined || executionLog === undefined) return;
    const { redriveCount } = snapshot;
    const { identity } = machine;
    this.#afterwards(resident, () => {
      const execution = { ...identity, redriveCount };
      executionLog.write(logEntries(events, logging, execution));
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

  #noteEnd(resident: Resident, changes: Changes): void {
    const { record, snapshot } = resident;
    if (snapshot.status === "RUNNING") return;
    changes.closed = { status: snapshot.status, stopDate: snapshot.stoppedAt };
    if (record.parent !== undefined) {
      const message = childResultMessage(record, record.parent, snapshot);
      this.#committer.send(message);
      this.#afterwards(resident, () => this.#options.route(message));
    }
  }

  /** It had ended, and runs again. */
  #reopened(resident: Resident, redriveDate: EpochMs): void {
    const { record, snapshot } = resident;
    const { redriveCount } = snapshot;
    resident.parked = false;
    this.#residents.set(record.executionArn, resident);
    this.#committer.changes(record.executionArn).redriven = { redriveCount, redriveDate };
  }

  #closed(resident: Resident): void {
    const { record, snapshot, stored, trace } = resident;
    this.#residents.delete(record.executionArn);
    if (trace !== undefined && snapshot.status !== "RUNNING") {
      this.#options.expressHistories.end(trace, snapshot.status, snapshot.stoppedAt);
    }
    if (stored === "ends" && snapshot.status !== "RUNNING") {
      const closed = { status: snapshot.status, stopDate: snapshot.stoppedAt };
      this.#committer.changes(record.executionArn).closed = closed;
    }
    this.#options.onClosed(record, snapshot);
  }

  /** The store's queues of activity tasks change with the events that change them. */
  #noteActivityTasks(resident: Resident, changes: Changes, decision: Decision, event: Event): void {
    for (const command of decision.commands) {
      if (command.type === "ScheduleActivity") {
        if (this.#mockOf(resident, command.taskId) !== undefined) continue;
        changes.activityTasksAdded ??= [];
        changes.activityTasksAdded.push({
          activityArn: command.activityArn,
          executionArn: changes.executionArn,
          taskId: command.taskId,
        });
      } else if (command.type === "CancelTask" && command.resource.kind === "activity") {
        changes.activityTasksRemoved ??= [];
        changes.activityTasksRemoved.push(command.taskId);
      }
    }
    if ("taskId" in event && event.type !== "TaskHeartbeat" && event.type !== "TaskSubmitted") {
      const about = decision.events.some(({ type }) => type.startsWith("Activity"));
      if (about) {
        changes.activityTasksRemoved ??= [];
        changes.activityTasksRemoved.push(event.taskId);
      }
    }
  }

  #perform(resident: Resident, command: Command): void {
    switch (command.type) {
      case "InvokeTask": {
        const mock = this.#mockOf(resident, command.taskId);
        if (mock === undefined) this.#dispatcher.invoke(resident, command);
        else this.#answer(resident, command.taskId, command.resource, mock);
        break;
      }
      case "CancelTask":
        this.#dispatcher.cancel(resident, command.taskId);
        break;
      case "StartMapRun":
        this.#options.mapRuns().start(resident, command);
        break;
      case "RedriveMapRun":
        this.#options.mapRuns().redrive(resident, command);
        break;
      case "CancelMapRun":
        this.#options.mapRuns().cancel(command.mapRunArn);
        break;
      case "ScheduleActivity": {
        const { activityArn, taskId } = command;
        const { executionArn } = resident.record;
        const mock = this.#mockOf(resident, taskId);
        if (mock === undefined) {
          this.#options.activities.offer({ activityArn, executionArn, taskId });
        } else this.#answer(resident, taskId, { kind: "activity", arn: activityArn }, mock);
        break;
      }
    }
  }

  #mockOf(resident: Resident, taskId: TaskId): MockAnswer | undefined {
    return mockOf(this.#options.mocks, resident, taskId);
  }

  /** A mocked task is over at once; in a turn of its own, so that a loop of them does not keep the thread. */
  #answer(resident: Resident, taskId: TaskId, resource: TaskResource, mock: MockAnswer): void {
    resident.running++;
    setImmediate(() => {
      resident.running--;
      if (this.#failure !== undefined) return;
      for (const event of mockedEvents(resource, taskId, mock)) this.#activate(resident, event);
    });
  }

  #taskFinished(resident: Resident, taskId: TaskId, outcome: TaskOutcome): void {
    if (this.#failure !== undefined) return;
    switch (outcome.type) {
      case "succeeded":
        this.#activate(resident, {
          type: waitsForToken(resident, taskId) ? "TaskSubmitted" : "TaskSucceeded",
          taskId,
          output: outcome.output,
        });
        break;
      case "failed":
        this.#activate(resident, {
          type: "TaskFailed",
          taskId,
          error: outcome.error,
          ...(outcome.cause === undefined ? {} : { cause: outcome.cause }),
        });
        break;
      case "rejected":
        this.#activate(resident, {
          type: "TaskFailed",
          taskId,
          rejected: true,
          cause: outcome.cause,
        });
        break;
      case "pending":
        // It may leave memory now that nothing in this process works for it.
        if (resident.stored === "journal") this.#committer.changes(resident.record.executionArn);
        break;
    }
    this.#deliverDeferred(resident);
  }

  /** An execution that only waits for what comes from outside, or for long, leaves memory with this commit. */
  #considerParking(changes: Changes): void {
    const resident = this.#residents.get(changes.executionArn);
    if (resident?.stored !== "journal" || resident.running > 0) return;
    const { snapshot } = resident;
    if (
      snapshot.status !== "RUNNING" ||
      resident.deadline < this.#options.clock.now() + parkAfterMs
    )
      return;
    for (const { waiting } of snapshot.branches.values()) {
      if (waiting?.type === "mapRun") return;
      if (waiting?.type !== "task") continue;
      if (this.#mockOf(resident, waiting.taskId) !== undefined) return;
      if (waiting.kind === "activity") continue;
      if (waiting.submission === undefined) return;
    }
    const wakeAt = resident.deadline;
    resident.parked = true;
    changes.parked = { wakeAt };
  }

  #committed(changes: Changes): void {
    const resident = this.#residents.get(changes.executionArn);
    if (
      resident === undefined ||
      !resident.parked ||
      this.#committer.hasChanges(changes.executionArn)
    )
      return;
    if (resident.running > 0) return;
    this.#residents.delete(changes.executionArn);
    this.#timers.remove(resident);
    if (changes.parked?.wakeAt !== undefined) this.#armParkedWake(changes.parked.wakeAt);
  }

  /** One timer for all that is parked: the store knows the order. */
  #armParkedWake(at: EpochMs): void {
    if (at >= this.#parkedWake || this.#failure !== undefined) return;
    this.#cancelParkedWake?.();
    this.#parkedWake = at;
    this.#cancelParkedWake = this.#options.clock.schedule(at, () => {
      this.#parkedWake = Number.POSITIVE_INFINITY;
      this.#wakeParked().catch((thrown: unknown) => this.#fail(asError(thrown)));
    });
  }

  async #wakeParked(): Promise<void> {
    const { store, index, clock } = this.#options;
    let notBefore = 0;
    for (;;) {
      const due = await store.due(index, clock.now(), loadedAtOnce);
      const allWoken = await this.#forEach(due, (executionArn) => this.#wake(executionArn));
      if (!allWoken) notBefore = clock.now() + wakeAgainAfterMs;
      if (due.length < loadedAtOnce || !allWoken) break;
    }
    const next = (await store.nextWake(index)) ?? Number.POSITIVE_INFINITY;
    this.#armParkedWake(Math.max(next, notBefore));
  }

  /** One whose deadline has moved since it was parked (a heartbeat) is parked anew. */
  async #wake(executionArn: string): Promise<void> {
    const delivered = await this.deliver(executionArn, { type: "TimerFired" });
    if (delivered === undefined || !delivered.decision.stale) return;
    const { resident } = delivered;
    resident.parked = false;
    this.#residents.set(executionArn, resident);
    this.#committer.changes(executionArn);
    await this.#durable(resident);
  }

  /** It was brought into memory for nothing. */
  #leaveAgain(resident: Resident): void {
    const { executionArn } = resident.record;
    if (!resident.parked || resident.running > 0 || this.#committer.hasChanges(executionArn))
      return;
    this.#residents.delete(executionArn);
    this.#timers.remove(resident);
  }

  /** Brings a parked execution into memory; many at once are read together. */
  #load(executionArn: string): Promise<Resident | undefined> {
    const known = this.#loading.get(executionArn);
    if (known !== undefined) return known;
    const loading = new Promise<Resident | undefined>((resolve, reject) => {
      this.#loadQueue.push({ executionArn, resolve, reject });
    });
    this.#loading.set(executionArn, loading);
    if (!this.#readingJournals) {
      this.#readingJournals = true;
      setImmediate(() => void this.#readJournals());
    }
    return loading;
  }

  async #readJournals(): Promise<void> {
    while (this.#loadQueue.length > 0) {
      const wanted = this.#loadQueue.splice(0, loadedAtOnce);
      try {
        const found = await this.#options.store.journals(
          wanted.map(({ executionArn }) => executionArn),
        );
        const byArn = new Map(found.map((entry) => [entry.record.executionArn, entry]));
        for (const { executionArn, resolve, reject } of wanted) {
          const entry = byArn.get(executionArn);
          try {
            resolve(entry === undefined ? undefined : await this.#fold(entry.record, entry.chunks));
          } catch (thrown) {
            // A journal that cannot be folded is this execution's misfortune only.
            reject(asError(thrown));
          }
          this.#loading.delete(executionArn);
        }
      } catch (thrown) {
        for (const { executionArn, reject } of wanted) {
          this.#loading.delete(executionArn);
          reject(asError(thrown));
        }
      }
    }
    this.#readingJournals = false;
  }

  async #fold(record: ExecutionRecord, chunks: readonly JournalChunk[]): Promise<Resident> {
    const snapshot = newSnapshot();
    const events = chunks.flatMap(({ data }) => decodeEvents(data));
    for (const event of events) evolve(snapshot, event);
    const machine = await this.#options.machines.forExecution(record);
    const already = this.#residents.get(record.executionArn);
    if (already !== undefined) return already;
    const isChild = record.mapRun !== undefined;
    const stored = machine.type === "EXPRESS" && !isChild ? "ends" : "journal";
    const resident = newResident(record, machine, snapshot, { parked: true, stored });
    resident.attempts?.note(events);
    if (snapshot.status === "RUNNING") {
      if (stored === "ends") {
        resident.trace = this.#options.expressHistories.begin(record);
        this.#options.expressHistories.add(resident.trace, events);
      }
      this.#residents.set(record.executionArn, resident);
      this.#timers.set(resident, nextDeadline(machine, snapshot) as EpochMs);
    }
    // Before anything else happens to it: what it begins from here on is not left over.
    if (this.#left.delete(record.executionArn)) this.#takeUp(resident);
    return resident;
  }

  /** After a crash: attempts whose outcome nobody knows fail, those that can be found again are found. */
  #takeUp(resident: Resident): void {
    resident.parked = false;
    for (const task of openTasks(resident.machine, resident.snapshot)) {
      const mock = this.#mockOf(resident, task.taskId);
      if (mock !== undefined) {
        // Nothing outside can have heard of it: it is answered as it would have been.
        this.#answer(resident, task.taskId, task.state.Resource, mock);
        continue;
      }
      if (task.state.Resource.kind === "activity") continue;
      if (
        task.submission !== undefined &&
        (waitsForToken(resident, task.taskId) || this.#dispatcher.resume(resident, task))
      ) {
        continue;
      }
      this.#activate(resident, {
        type: "TaskFailed",
        taskId: task.taskId,
        ...unknownOutcome(task),
      });
    }
    for (const { id, waiting } of resident.snapshot.branches.values()) {
      if (waiting?.type !== "mapRun") continue;
      this.#options.mapRuns().resume(resident, id, waiting);
    }
    // A commit gives it the chance to be parked if it only waits.
    if (resident.snapshot.status === "RUNNING")
      this.#committer.changes(resident.record.executionArn);
  }

  #requireAlive(): void {
    if (this.#failure !== undefined) throw this.#failure;
  }

  #fail(reason: Error): void {
    if (this.#failure !== undefined) return;
    this.#failure = reason;
    this.#timers.stop();
    this.#cancelParkedWake?.();
    this.#dispatcher.cancelAll();
    this.#residents.clear();
    this.#options.onFailure(reason);
  }
}

/** Our choice: the names are those that generated `Retry` lists and authors already know. */
function unknownOutcome(task: OpenTask): { error: string; cause: string } {
  const cause =
    "The server stopped while the task was running, so that its outcome is unknown. It was not repeated, except where Retry says so.";
  const { Resource: resource } = task.state;
  const isFunction =
    resource.kind === "lambda" ||
    (resource.kind === "service" && resource.resourceType === "lambda");
  return { error: isFunction ? "Lambda.Unknown" : "States.TaskFailed", cause };
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

function waitsForToken(resident: Resident, taskId: TaskId): boolean {
  for (const { waiting } of resident.snapshot.branches.values()) {
    if (waiting?.type === "task" && waiting.taskId === taskId) return waiting.callback;
  }
  return false;
}

function requireDecided(decision: Decision): Decision {
  if (decision === halted) throw new Error("the execution is stopped by a mistake of the engine");
  return decision;
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}

function ignore(): void {}
