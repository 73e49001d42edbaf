import type { Command } from "../../machine/command.ts";
import type { TaskId } from "../../machine/ids.ts";
import type { Payload } from "../../expression/payload.ts";
import type { OpenTask } from "../../machine/recover.ts";
import type { Logger } from "../../ports/logger.ts";
import { PartitionLost } from "../../ports/partition-lost.ts";
import {
  ServerLeaves,
  type TaskControl,
  type TaskHandler,
  type TaskOutcome,
  type TaskRequest,
} from "../../ports/task-handler.ts";
import type { TaskTokens } from "./task-token.ts";
import type { EngineFigures } from "../figures/engine-figures.ts";
import type { Resident } from "../partition/resident.ts";

/** Finds the integration that serves a resource. */
export interface TaskHandlers {
  find(resource: TaskRequest["resource"]): TaskHandler | undefined;
}

/** What the dispatcher tells of an attempt. */
export interface DispatcherEvents {
  /** The job or message is submitted; resolves when that is durable. */
  submitted(resident: Resident, taskId: TaskId, output: Payload): Promise<void>;
  finished(resident: Resident, taskId: TaskId, outcome: TaskOutcome): void;
}

export interface DispatcherOptions {
  readonly handlers: TaskHandlers;
  readonly tokens: TaskTokens;
  readonly logger: Logger;
  readonly figures: Pick<EngineFigures, "task">;
}

type Invocation = Extract<Command, { type: "InvokeTask" }>;

/** Performs task attempts: hands each to its integration, and its outcome back. Time-outs and stops abort it. */
export class Dispatcher {
  readonly #options: DispatcherOptions;
  readonly #events: DispatcherEvents;
  readonly #attempts = new Map<string, AbortController>();
  /** When each attempt began that a process which leaves would cut off, the oldest first. */
  readonly #begun = new Map<string, number>();
  /** Attempts whose job or message is recorded as submitted: this process may leave them to the next. */
  readonly #submitted = new Set<string>();
  #idle: (() => void)[] = [];

  constructor(options: DispatcherOptions, events: DispatcherEvents) {
    this.#options = options;
    this.#events = events;
  }

  invoke(resident: Resident, command: Invocation): void {
    const { taskId } = command;
    const request = new Request(resident, command, this.#options.tokens);
    this.#perform(
      resident,
      taskId,
      (handler, control) => handler.run(request, control),
      command.resource,
    );
  }

  /** Takes up an attempt whose submission was recorded before a restart; false if nothing can. */
  resume(resident: Resident, task: OpenTask): boolean {
    const { Resource: resource } = task.state;
    if (resource.kind === "activity" || task.submission === undefined) return false;
    const handler = this.#options.handlers.find(resource);
    if (handler?.resume === undefined) return false;
    const { submission, taskId } = task;
    const request = new Request(
      resident,
      {
        type: "InvokeTask",
        taskId,
        stateName: task.state.Name,
        resource,
        parameters: task.parameters,
        timeoutSeconds: task.timeoutSeconds,
        heartbeatSeconds: task.heartbeatSeconds,
        credentialsRoleArn: task.credentialsRoleArn,
      },
      this.#options.tokens,
    );
    this.#perform(
      resident,
      taskId,
      async (found, control) =>
        (await found.resume?.(request, submission, control)) ?? { type: "pending" },
      resource,
    );
    this.#submitted.add(key(resident, taskId));
    this.#begun.delete(key(resident, taskId));
    return true;
  }

  /** The outcome no longer matters. */
  cancel(resident: Resident, taskId: TaskId): void {
    const id = key(resident, taskId);
    // What it submitted is to be cancelled now: that is not left to the next process.
    this.#submitted.delete(id);
    this.#attempts.get(id)?.abort();
  }

  /** Whether no attempt is under way that a process which leaves would cut off. */
  get isIdle(): boolean {
    return this.#attempts.size === this.#submitted.size;
  }

  /** For how long the oldest of those attempts has been under way, in milliseconds; 0 if there is none. */
  get longestMs(): number {
    for (const begun of this.#begun.values()) return performance.now() - begun;
    return 0;
  }

  /** Resolves when that is so. */
  async idle(): Promise<void> {
    if (this.isIdle) return;
    await new Promise<void>((resolve) => this.#idle.push(resolve));
  }

  /** The server leaves. */
  cancelAll(): void {
    for (const attempt of this.#attempts.values()) attempt.abort(new ServerLeaves());
  }

  #tellIfIdle(): void {
    if (this.isIdle) for (const resolve of this.#idle.splice(0)) resolve();
  }

  #perform(
    resident: Resident,
    taskId: TaskId,
    run: (handler: TaskHandler, control: TaskControl) => Promise<TaskOutcome>,
    resource: TaskRequest["resource"],
  ): void {
    const { handlers, logger, figures } = this.#options;
    const handler = handlers.find(resource);
    if (handler === undefined) {
      this.#events.finished(resident, taskId, notServed(resource.arn));
      return;
    }
    const attempt = new AbortController();
    const id = key(resident, taskId);
    this.#attempts.set(id, attempt);
    resident.running++;
    const begun = performance.now();
    this.#begun.set(id, begun);
    const control: TaskControl = {
      signal: attempt.signal,
      submitted: async (output) => {
        await this.#events.submitted(resident, taskId, output);
        if (!this.#attempts.has(id)) return;
        this.#submitted.add(id);
        this.#begun.delete(id);
        this.#tellIfIdle();
      },
    };
    const finish = (outcome: TaskOutcome): void => {
      this.#attempts.delete(id);
      this.#begun.delete(id);
      this.#submitted.delete(id);
      resident.running--;
      figures.task(resource, outcome.type, performance.now() - begun);
      this.#events.finished(resident, taskId, outcome);
      this.#tellIfIdle();
    };
    // What a handler throws is our own mistake: the attempt fails, the server goes on.
    const mistaken = (thrown: unknown): void => {
      if (thrown instanceof PartitionLost && attempt.signal.reason instanceof ServerLeaves) {
        // What it submitted was not recorded here any more: the attempt is the next owner's.
        finish({ type: "pending" });
        return;
      }
      const message = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
      logger.error("a task handler failed", { resource: resource.arn, message });
      finish({
        type: "failed",
        error: "States.TaskFailed",
        cause: `The integration failed: ${thrown instanceof Error ? thrown.message : String(thrown)}`,
      });
    };
    run(handler, control).then(finish, mistaken);
  }
}

function key(resident: Resident, taskId: TaskId): string {
  return `${taskId} ${resident.record.executionArn}`;
}

function notServed(arn: string): TaskOutcome {
  return {
    type: "rejected",
    cause: `The resource '${arn}' is not available in this version of Stepwell.`,
  };
}

/** A request whose token is sealed only if somebody asks for it. */
class Request implements TaskRequest {
  readonly resource: TaskRequest["resource"];
  readonly parameters: Payload;
  readonly executionArn: string;
  readonly stateMachineArn: string;
  readonly stateName: string;
  readonly taskId: TaskId;
  readonly traceHeader: string | undefined;
  readonly timeoutSeconds: number | undefined;
  readonly credentialsRoleArn: string | undefined;
  readonly roleArn: string;
  readonly #tokens: TaskTokens;

  constructor(resident: Resident, command: Invocation, tokens: TaskTokens) {
    const { identity } = resident.machine;
    this.resource = command.resource;
    this.parameters = command.parameters;
    this.executionArn = identity.executionArn;
    this.stateMachineArn = identity.stateMachineArn;
    this.stateName = command.stateName;
    this.taskId = command.taskId;
    this.traceHeader = resident.record.traceHeader;
    this.timeoutSeconds = command.timeoutSeconds;
    this.credentialsRoleArn = command.credentialsRoleArn;
    this.roleArn = identity.roleArn;
    this.#tokens = tokens;
  }

  get taskToken(): string {
    return this.#tokens.seal(this.executionArn, this.taskId);
  }
}
