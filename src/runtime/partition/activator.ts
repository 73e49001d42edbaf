import type { Payload } from "../../expression/payload.ts";
import type { Activation } from "../../machine/activation.ts";
import { nextDeadline } from "../../machine/deadline.ts";
import { decide, type Decision } from "../../machine/decide.ts";
import { type EpochMs, rootBranch } from "../../machine/ids.ts";
import type { JournalEvent } from "../../machine/journal/journal-event.ts";
import type { Clock } from "../../ports/clock.ts";
import type { ExecutionMetrics } from "../../ports/execution-metrics.ts";
import type { Ids } from "../../ports/ids.ts";
import type { Logger } from "../../ports/logger.ts";
import type { ClosedExecutions } from "../executions/closed-executions.ts";
import type { ExpressHistories } from "../express/express-histories.ts";
import type { EventFeed } from "../feed/event-feed.ts";
import type { EngineFigures } from "../figures/engine-figures.ts";
import { endedChild } from "../map-run/ended-child.ts";
import type { MapRuns } from "../map-run/map-runs.ts";
import type { Router } from "../routing/router.ts";
import { noteActivityTasks } from "../tasks/activity-task-changes.ts";
import type { CommandPerformer } from "../tasks/command-performer.ts";
import type { Committer } from "./committer.ts";
import type { Event } from "./event.ts";
import { logMistake } from "./for-each-execution.ts";
import type { Resident } from "./resident.ts";
import { sendEnd } from "./send-end.ts";
import type { TimerQueue } from "./timer-queue.ts";

/** What an activation came to that could not be decided, by our own mistake. */
const halted: Decision = { events: [], commands: [], stale: true };

export interface ActivatorOptions {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly logger: Logger;
  readonly feed: EventFeed;
  readonly figures: EngineFigures;
  /** Counts what executions come to; absent: nobody does. */
  readonly metrics?: ExecutionMetrics | undefined;
  readonly expressHistories: ExpressHistories;
  /** Those that have begun and not ended, as far as they are in memory. */
  readonly residents: Map<string, Resident>;
  readonly closed: ClosedExecutions;
  readonly committer: Committer;
  readonly timers: TimerQueue<Resident>;
  readonly commands: CommandPerformer;
  readonly router: Router;
  readonly mapRuns: Pick<MapRuns, "childEnded">;
}

/**
 * Gives executions in memory what happens to them, from their start to their end. An activation is decided at once, the
 * next commit takes along what it has led to, and what follows from that is done when it is durable.
 */
export class Activator {
  readonly #options: ActivatorOptions;
  readonly #committer: Committer;
  readonly #timers: TimerQueue<Resident>;
  readonly #commands: CommandPerformer;

  constructor(options: ActivatorOptions) {
    this.#options = options;
    this.#committer = options.committer;
    this.#timers = options.timers;
    this.#commands = options.commands;
  }

  /** Resolves when the start is durable. */
  async begin(resident: Resident, input: Payload): Promise<void> {
    const { residents, figures, expressHistories } = this.#options;
    const { record, machine, stored } = resident;
    residents.set(record.executionArn, resident);
    figures.started(machine.type);
    if (stored !== "journal") resident.trace = expressHistories.begin(record);
    if (stored === "ends") {
      const changes = this.#committer.changes(record.executionArn);
      changes.start = record;
      changes.events.push(startedEvent(resident, input));
      if (resident.key !== undefined) changes.key = resident.key;
      await this.durable(resident);
      this.activate(resident, { type: "ExecutionStarted", input });
      return;
    }
    requireDecided(this.activate(resident, { type: "ExecutionStarted", input }));
    if (stored === "nothing") return;
    // In one turn with its events: an execution that cannot be started leaves no row.
    this.#committer.changes(record.executionArn).start = record;
    await this.durable(resident);
  }

  /** Resolves when what it has led to is durable. */
  async activateDurably(resident: Resident, event: Event): Promise<Decision> {
    const decision = requireDecided(this.activate(resident, event));
    await this.durable(resident);
    return decision;
  }

  activate(resident: Resident, event: Event): Decision {
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
      if (resident.key !== undefined) changes.key = resident.key;
      if (resident.parked) {
        resident.parked = false;
        changes.parked = null;
      }
      const isMocked = (taskId: number): boolean => this.#commands.isMocked(resident, taskId);
      noteActivityTasks(changes, decision, event, isMocked);
      if (snapshot.status !== "RUNNING") {
        changes.closed = { status: snapshot.status, stopDate: snapshot.stoppedAt };
        sendEnd(resident, this.#options);
      }
    }
    const { commands, events } = decision;
    this.#tell(resident, events);
    this.#options.metrics?.happened(resident.execution, events, resident.trace?.characters);
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

  /** Resolves when everything that the execution has come to is durable. */
  async durable(resident: Resident): Promise<void> {
    if (resident.stored === "nothing") return;
    await new Promise<void>((perform, abandon) => this.#committer.after({ perform, abandon }));
  }

  /** Takes it out of memory as it is. */
  dismiss(resident: Resident): void {
    this.#options.residents.delete(resident.record.executionArn);
    this.#timers.remove(resident);
  }

  /** Our own mistake stops this execution, with its journal as it was; the others go on. */
  #halt(resident: Resident, thrown: unknown): void {
    const { logger, closed, expressHistories } = this.#options;
    const { record, trace } = resident;
    this.dismiss(resident);
    if (trace !== undefined) expressHistories.drop(trace);
    const { executionArn, traceHeader } = record;
    logMistake(logger, { executionArn, traceHeader }, thrown);
    closed.abandon(record.executionArn, haltedError());
  }

  /** Remembers the events of an Express execution; feeds the events once they are durable. */
  #tell(resident: Resident, events: readonly JournalEvent[]): void {
    const { feed, expressHistories } = this.#options;
    const { execution, snapshot, stored, trace } = resident;
    if (trace !== undefined) expressHistories.add(trace, events);
    if (events.length === 0 || !feed.isWanted(execution)) return;
    const { status, stoppedAt, redriveCount } = snapshot;
    if (stored === "journal") {
      // With all else that the same commit takes along: what has happened together is told together.
      const changes = this.#committer.changes(execution.record.executionArn);
      changes.told = { execution, status, stoppedAt, redriveCount };
    } else {
      queueMicrotask(() => {
        feed.publish({ execution, status, stoppedAt, redriveCount }, events);
      });
    }
  }

  /** Performs an effect once what caused it is durable: for an execution in memory only, when this turn is over. */
  #afterwards(resident: Resident, perform: () => void): void {
    if (resident.stored === "journal") this.#committer.after({ perform, abandon: ignore });
    else queueMicrotask(perform);
  }

  /** It had ended, and runs again. */
  #reopened(resident: Resident, redriveDate: EpochMs): void {
    const { residents, closed } = this.#options;
    const { executionArn } = resident.record;
    const { redriveCount } = resident.snapshot;
    resident.parked = false;
    closed.forget(executionArn);
    residents.set(executionArn, resident);
    this.#committer.changes(executionArn).redriven = { redriveCount, redriveDate };
  }

  /** Its end is durable. */
  #ended(resident: Resident): void {
    const { residents, figures, expressHistories, closed, mapRuns } = this.#options;
    const { record, machine, snapshot, stored, trace, mapRunElsewhere } = resident;
    residents.delete(record.executionArn);
    figures.ended(machine.type, snapshot.status);
    if (snapshot.status !== "RUNNING") {
      const { status, stoppedAt } = snapshot;
      if (trace !== undefined) expressHistories.end(trace, status, stoppedAt);
      if (stored === "ends") {
        this.#committer.changes(record.executionArn).closed = { status, stopDate: stoppedAt };
      }
    }
    // Whoever asks for what a customer's key seals must be able to have that key.
    closed.add(record, snapshot, resident.key === undefined);
    const child = endedChild(record, snapshot);
    if (child !== undefined && mapRunElsewhere === undefined) mapRuns.childEnded(child);
  }
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
