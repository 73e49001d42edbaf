import type { StateMachineDefinition } from "../asl/definition.ts";
import type { Payload } from "../expression/payload.ts";
import type { EpochMs, TaskId } from "../machine/ids.ts";
import type { JournalEvent } from "../machine/journal/journal-event.ts";
import type { StartedBy } from "../machine/started-by.ts";
import type {
  AliasRecord,
  ExecutionRecord,
  ExecutionStatus,
  ParentTask,
  RevisionRecord,
  StateMachineRecord,
  VersionRecord,
} from "../ports/store.ts";
import type { Feed } from "../ports/feed.ts";
import type { MapRunRecord } from "../ports/map-run-store.ts";
import type { MapRunChanges } from "./map-run/current-record.ts";
import type { Billing } from "./express/billing.ts";
import type { ExpressHistories } from "./express/express-histories.ts";
import type { HistoryRange } from "./executions/read-history.ts";
import type { Ownership } from "./routing/owned-partitions.ts";
import type { TaskAddress } from "./tasks/task-token.ts";

/** A revision of a state machine, compiled. */
export interface LoadedRevision {
  readonly revision: RevisionRecord;
  readonly definition: StateMachineDefinition;
}

/** A state machine with one of its revisions: the one it runs now, or that of a version. */
export interface LoadedStateMachine extends LoadedRevision {
  readonly record: StateMachineRecord;
}

/** What the ARN of a state machine, of a version or of an alias stands for. */
export interface StateMachineTarget {
  /** That of the first route. */
  readonly stateMachine: LoadedStateMachine;
  /** What a start runs: one of these, chosen by weight. There is one, but for an alias of two versions. */
  readonly routes: readonly StateMachineRoute[];
  readonly alias?: AliasRecord;
}

export interface StateMachineRoute {
  readonly stateMachine: LoadedStateMachine;
  readonly version?: VersionRecord;
  /** Per cent. */
  readonly weight: number;
}

/** The state machines, read through a cache that this process keeps exact for its own changes. */
export interface StateMachineDirectory {
  /** The state machine of this ARN as it is now; a version or an alias is not one. */
  get(stateMachineArn: string): Promise<LoadedStateMachine | undefined>;
  /** The state machine, version or alias of this ARN. */
  find(arn: string): Promise<StateMachineTarget | undefined>;
  /** What an execution has started with, however long ago. */
  revision(stateMachineArn: string, revisionId: string): Promise<LoadedRevision>;
  /** Inserts or replaces; `revision` and `version` are new if given, `definition` is the revision's if whoever checked it has it. */
  put(
    record: StateMachineRecord,
    revision?: RevisionRecord,
    version?: VersionRecord,
    definition?: StateMachineDefinition,
  ): Promise<void>;
  /** Deletes it with its versions and aliases. */
  delete(stateMachineArn: string): Promise<void>;
  deleteVersion(stateMachineArn: string, version: number): Promise<void>;
  /** Inserts or replaces. */
  putAlias(record: AliasRecord): Promise<void>;
  deleteAlias(stateMachineArn: string, name: string): Promise<void>;
  /** Another process may have changed state machines: those that are remembered are read anew. */
  forget(): void;
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
  readonly startedBy?: StartedBy;
  /** The test case that answers its tasks. */
  readonly testCase?: string;
}

export interface Redrive {
  /** The same again is the same redrive. */
  readonly clientToken?: string | undefined;
  readonly by?: StartedBy | undefined;
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
  readonly billed: Billing;
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
  /** Which executions are here. */
  readonly ownership: Ownership;
  /** Everything that happens to executions that are here, once it is durable. */
  readonly feed: Feed;
  /** The newest Express executions with their events, which are kept in memory only. */
  readonly expressHistories: Pick<ExpressHistories, "find" | "list">;
  startExecution(request: StartRequest): Promise<StartResult>;
  startSyncExecution(request: StartRequest): Promise<SyncResult>;
  /** Runs a failed execution again from where it failed; answers the date, `undefined` if it is not one that failed. */
  redriveExecution(executionArn: string, redrive?: Redrive): Promise<EpochMs | undefined>;
  /** The children of a Map Run that failed before it was redriven, and have not begun again. */
  pendingRedrives(mapRunArn: string): Promise<ReadonlySet<string>>;
  /** A Map Run with its counts of this moment. */
  mapRun(mapRunArn: string): Promise<MapRunRecord | undefined>;
  /** False if the run has ended. */
  updateMapRun(mapRunArn: string, changes: MapRunChanges): Promise<boolean>;
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
    range: HistoryRange,
  ): Promise<{ readonly events: readonly JournalEvent[]; readonly more: boolean } | undefined>;
  /** The token that ends this task; says nothing of how it is doing. */
  taskToken(executionArn: string, taskId: TaskId): string;
  /** What a token of this server stands for; says nothing of how the task is doing. */
  taskOf(taskToken: string): TaskAddress | undefined;
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
  /** Another process has changed state machines or activities: what is remembered of them is read anew. */
  refresh(): Promise<void>;
  /** Ends the machine's running executions at their next transition (DeleteStateMachine). */
  abortExecutionsOf(stateMachineArn: string): Promise<void>;
  /** Stops accepting, lets running tasks finish for `graceMs`, commits, and lets go of the store. */
  shutdown(graceMs: number): Promise<void>;
}
