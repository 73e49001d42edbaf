import type { StateMachineDefinition } from "../asl/definition.ts";
import type { Payload } from "../expression/payload.ts";
import type { EpochMs } from "../machine/ids.ts";
import type { JournalEvent } from "../machine/journal-event.ts";
import type {
  ExecutionRecord,
  ExecutionStatus,
  ParentTask,
  RevisionRecord,
  StateMachineRecord,
} from "../ports/store.ts";

/** A state machine with the revision it runs now, compiled. */
export interface LoadedStateMachine {
  readonly record: StateMachineRecord;
  readonly revision: RevisionRecord;
  readonly definition: StateMachineDefinition;
}

/** The state machines, read through a cache that this process keeps exact for its own changes. */
export interface StateMachineDirectory {
  get(stateMachineArn: string): Promise<LoadedStateMachine | undefined>;
  /** Inserts or replaces; `revision` is new if given. */
  put(record: StateMachineRecord, revision?: RevisionRecord): Promise<void>;
  delete(stateMachineArn: string): Promise<void>;
}

export interface StartRequest {
  readonly stateMachine: LoadedStateMachine;
  /** Absent: a UUID. */
  readonly name?: string;
  readonly input: Payload;
  readonly traceHeader?: string;
  readonly stateMachineVersionArn?: string;
  readonly stateMachineAliasArn?: string;
  readonly parent?: ParentTask;
}

export type StartResult =
  | { readonly type: "started"; readonly executionArn: string; readonly startDate: EpochMs }
  /** The name is taken by an execution that is closed or has other input. */
  | { readonly type: "exists"; readonly executionArn: string };

/** What a synchronous Express execution came to. */
export interface SyncResult {
  readonly executionArn: string;
  readonly name: string;
  readonly startDate: EpochMs;
  readonly stopDate: EpochMs;
  readonly status: Exclude<ExecutionStatus, "RUNNING" | "ABORTED">;
  readonly input: Payload;
  readonly output?: Payload;
  readonly error?: string;
  readonly cause?: string;
  readonly billedDurationMs: number;
  readonly billedMemoryMB: number;
}

/** What DescribeExecution needs beside the row. */
export interface DescribedExecution {
  readonly record: ExecutionRecord;
  readonly input: Payload;
  readonly output?: Payload;
  readonly error?: string;
  readonly cause?: string;
}

export type TaskResult =
  | { readonly type: "success"; readonly output: Payload }
  | { readonly type: "failure"; readonly error?: string; readonly cause?: string }
  | { readonly type: "heartbeat" };

/** `invalid`: not a token of this server. `timedOut`: the task is closed already. `unknown`: its execution is gone. */
export type TaskResultAnswer = "accepted" | "invalid" | "timedOut" | "unknown";

export interface ActivityTask {
  readonly taskToken: string;
  readonly input: Payload;
}

/** Executions, as the service sees them. Each promise resolves only when what it tells is durable. */
export interface Engine {
  readonly directory: StateMachineDirectory;
  startExecution(request: StartRequest): Promise<StartResult>;
  startSyncExecution(request: StartRequest): Promise<SyncResult>;
  /** Answers the stop date; `undefined` if there is no such execution. A closed one keeps its own. */
  stopExecution(
    executionArn: string,
    reason: { readonly error?: string; readonly cause?: string },
  ): Promise<EpochMs | undefined>;
  describeExecution(executionArn: string): Promise<DescribedExecution | undefined>;
  /** Resolves when the execution is closed, unknown, or `timeoutMs` have passed, or `signal` is aborted. */
  waitUntilClosed(executionArn: string, timeoutMs: number, signal: AbortSignal): Promise<void>;
  /**
   * Public events with id >= `from` (or <= `from` in reverse), at most `limit`; `undefined` if there is no such
   * execution. `more` tells whether others follow.
   */
  history(
    executionArn: string,
    range: { readonly from?: number; readonly limit: number; readonly reverse: boolean },
  ): Promise<{ readonly events: readonly JournalEvent[]; readonly more: boolean } | undefined>;
  /** Whether this server made the token; says nothing of the task. */
  isTaskToken(taskToken: string): boolean;
  completeTask(taskToken: string, result: TaskResult): Promise<TaskResultAnswer>;
  /** Waits up to `timeoutMs` for a scheduled task of the activity; `undefined` if none came. */
  takeActivityTask(
    activityArn: string,
    workerName: string | undefined,
    timeoutMs: number,
    signal: AbortSignal,
  ): Promise<ActivityTask | undefined>;
  /** Tells the engine of an activity that was made or deleted, so that tasks see it at once. */
  activityChanged(activityArn: string, exists: boolean): void;
  /** Ends the machine's running executions at their next transition (DeleteStateMachine). */
  abortExecutionsOf(stateMachineArn: string): Promise<void>;
  /** Stops accepting, lets running tasks finish for `graceMs`, commits, and lets go of the store. */
  shutdown(graceMs: number): Promise<void>;
}
