import type { TaskResource } from "../../asl/resources/resource.ts";
import type { Command } from "../../machine/command.ts";
import type { TaskId } from "../../machine/ids.ts";
import { openTasks, type OpenTask } from "../../machine/recover.ts";
import { branchWaitingFor } from "../../machine/task-activation.ts";
import type { Logger } from "../../ports/logger.ts";
import type { ActivityTaskRecord } from "../../ports/store.ts";
import type { TaskOutcome } from "../../ports/task-handler.ts";
import type { MockAnswer, TaskMocks } from "../../ports/task-mocks.ts";
import type { EngineFigures } from "../figures/engine-figures.ts";
import type { MapRuns } from "../map-run/map-runs.ts";
import type { Event } from "../partition/event.ts";
import type { Resident } from "../partition/resident.ts";
import { Dispatcher, type TaskHandlers } from "./dispatcher.ts";
import { mockedEvents, mockOf } from "./mocked-task.ts";
import type { TaskTokens } from "./task-token.ts";

export interface CommandPerformerOptions {
  readonly handlers: TaskHandlers;
  /** Answer the tasks of executions that run as test cases. */
  readonly mocks: TaskMocks | undefined;
  readonly tokens: TaskTokens;
  readonly logger: Logger;
  readonly figures: Pick<EngineFigures, "task">;
  readonly mapRuns: Pick<MapRuns, "start" | "redrive" | "resume" | "cancel">;
  readonly offerActivityTask: (task: ActivityTaskRecord) => void;
  readonly activate: (resident: Resident, event: Event) => void;
  /** Resolves when everything that the execution has come to is durable. */
  readonly durable: (resident: Resident) => Promise<void>;
  /** A task's call has come back, or its job is submitted. */
  readonly settled: (resident: Resident) => void;
  /** Nothing in this process works for the execution any more: it may leave memory. */
  readonly mayPark: (resident: Resident) => void;
  /** Whether nothing may be recorded any more. */
  readonly isLost: () => boolean;
}

/** Does outside what executions ask for, and hands them what comes of it. */
export class CommandPerformer {
  readonly #options: CommandPerformerOptions;
  readonly #dispatcher: Dispatcher;

  constructor(options: CommandPerformerOptions) {
    this.#options = options;
    this.#dispatcher = new Dispatcher(options, {
      submitted: async (resident, taskId, output) => {
        options.activate(resident, { type: "TaskSubmitted", taskId, output });
        options.settled(resident);
        await options.durable(resident);
      },
      finished: (resident, taskId, outcome) => this.#finished(resident, taskId, outcome),
    });
  }

  perform(resident: Resident, command: Command): void {
    const { mapRuns, offerActivityTask, isLost } = this.#options;
    // The next owner finds that it was to be done, and whether it may be done again.
    if (isLost()) return;
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
        mapRuns.start(resident, command);
        break;
      case "RedriveMapRun":
        mapRuns.redrive(resident, command);
        break;
      case "CancelMapRun":
        mapRuns.cancel(command.mapRunArn);
        break;
      case "ScheduleActivity": {
        const { activityArn, taskId } = command;
        const { executionArn } = resident.record;
        const mock = this.#mockOf(resident, taskId);
        if (mock === undefined) offerActivityTask({ activityArn, executionArn, taskId });
        else this.#answer(resident, taskId, { kind: "activity", arn: activityArn }, mock);
        break;
      }
    }
  }

  isMocked(resident: Resident, taskId: TaskId): boolean {
    return this.#mockOf(resident, taskId) !== undefined;
  }

  /**
   * Goes on with what the process before this one had under way: attempts whose outcome nobody knows fail, those that
   * can be found again are found.
   */
  takeUp(resident: Resident): void {
    const { mapRuns, activate } = this.#options;
    // Before a task fails here: a run that this begins has a command of its own.
    for (const { id, waiting } of resident.snapshot.branches.values()) {
      if (waiting?.type === "mapRun") mapRuns.resume(resident, id, waiting);
    }
    for (const task of openTasks(resident.machine, resident.snapshot)) {
      const { taskId, state, submission } = task;
      const mock = this.#mockOf(resident, taskId);
      if (mock !== undefined) {
        // Nothing outside can have heard of it: it is answered as it would have been.
        this.#answer(resident, taskId, state.Resource, mock);
        continue;
      }
      if (state.Resource.kind === "activity") continue;
      const goesOn =
        submission !== undefined &&
        (waitsForToken(resident, taskId) || this.#dispatcher.resume(resident, task));
      if (!goesOn) activate(resident, { type: "TaskFailed", taskId, ...unknownOutcome(task) });
    }
  }

  get isIdle(): boolean {
    return this.#dispatcher.isIdle;
  }

  /** See {@link Dispatcher.longestMs}. */
  get longestMs(): number {
    return this.#dispatcher.longestMs;
  }

  /** Resolves when no attempt is under way that a process which leaves would cut off. */
  idle(): Promise<void> {
    return this.#dispatcher.idle();
  }

  /** The server leaves, or the partition is lost. */
  cancelAll(): void {
    this.#dispatcher.cancelAll();
  }

  #mockOf(resident: Resident, taskId: TaskId): MockAnswer | undefined {
    return mockOf(this.#options.mocks, resident, taskId);
  }

  /** A mocked task is over at once; in a turn of its own, so that a loop of them does not keep the thread. */
  #answer(resident: Resident, taskId: TaskId, resource: TaskResource, mock: MockAnswer): void {
    resident.running++;
    setImmediate(() => {
      resident.running--;
      if (this.#options.isLost()) return;
      for (const event of mockedEvents(resource, taskId, mock)) {
        this.#options.activate(resident, event);
      }
    });
  }

  #finished(resident: Resident, taskId: TaskId, outcome: TaskOutcome): void {
    const { isLost, activate, mayPark, settled } = this.#options;
    if (isLost()) return;
    switch (outcome.type) {
      case "succeeded":
        activate(resident, {
          type: waitsForToken(resident, taskId) ? "TaskSubmitted" : "TaskSucceeded",
          taskId,
          output: outcome.output,
        });
        break;
      case "failed": {
        const { error, cause } = outcome;
        const shown = cause === undefined ? {} : { cause };
        activate(resident, { type: "TaskFailed", taskId, error, ...shown });
        break;
      }
      case "rejected":
        activate(resident, { type: "TaskFailed", taskId, rejected: true, cause: outcome.cause });
        break;
      case "pending":
        mayPark(resident);
        break;
    }
    settled(resident);
  }
}

/** Our choice: the names are those that generated `Retry` lists and authors already know. */
function unknownOutcome({ state }: OpenTask): { error: string; cause: string } {
  const cause =
    "The server stopped while the task was running, so that its outcome is unknown. It was not repeated, except where Retry says so.";
  const { Resource: resource } = state;
  const isFunction =
    resource.kind === "lambda" ||
    (resource.kind === "service" && resource.resourceType === "lambda");
  return { error: isFunction ? "Lambda.Unknown" : "States.TaskFailed", cause };
}

function waitsForToken({ snapshot }: Resident, taskId: TaskId): boolean {
  const waiting = branchWaitingFor(snapshot, taskId)?.waiting;
  return waiting?.type === "task" && waiting.callback;
}
