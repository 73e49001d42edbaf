import type { Payload } from "../../expression/payload.ts";
import type { EpochMs, EventId, BranchId } from "../ids.ts";
import type { StartedBy } from "../started-by.ts";

/**
 * One thing that happened, as it is stored. The execution is the sequence of these and nothing else.
 *
 * A public event carries what `GetExecutionHistory` shows: `details` has the members of the API's `…EventDetails`,
 * and the one member that is a JSON document (`input`, `output`, `parameters`) is the `payload`. What only the fold
 * needs is in `internal` and never shown. Private events (`id` 0) are dropped by the projection altogether.
 */
export type JournalEvent = {
  readonly [T in JournalEventType]: {
    readonly type: T;
    /** Position in the public history, from 1 without gaps; 0 for a private event. */
    readonly id: EventId;
    readonly previousEventId: EventId;
    readonly at: EpochMs;
    /** The branch that it happened in; 0 is the execution itself. */
    readonly branch: BranchId;
    readonly payload: Payload | undefined;
    readonly details: EventDetails[T];
    readonly internal: EventInternals[T];
  };
}[JournalEventType];

export type JournalEventType = keyof EventDetails;

/** A journal event of one type. */
export type JournalEventOf<T extends JournalEventType> = Extract<JournalEvent, { type: T }>;

/** An error that ends a task, a state or an execution; both members may be absent. */
export interface ErrorDetails {
  readonly error?: string;
  readonly cause?: string;
}

interface StateEntered {
  readonly name: string;
}

interface StateExited {
  readonly name: string;
  /** Variable name → its value as JSON text. */
  readonly assignedVariables?: { readonly [name: string]: string };
}

interface TaskReference {
  readonly resourceType: string;
  readonly resource: string;
}

interface IterationReference {
  readonly name: string;
  readonly index: number;
}

interface Empty {}

/** The public members of each event, named as the API names them. */
export interface EventDetails {
  ExecutionStarted: {
    readonly roleArn: string;
    readonly stateMachineAliasArn?: string;
    readonly stateMachineVersionArn?: string;
  };
  ExecutionSucceeded: Empty;
  ExecutionFailed: ErrorDetails;
  ExecutionAborted: ErrorDetails;
  ExecutionTimedOut: ErrorDetails;

  ExecutionRedriven: { readonly redriveCount: number };

  PassStateEntered: StateEntered;
  TaskStateEntered: StateEntered;
  ChoiceStateEntered: StateEntered;
  WaitStateEntered: StateEntered;
  SucceedStateEntered: StateEntered;
  FailStateEntered: StateEntered;
  ParallelStateEntered: StateEntered;
  MapStateEntered: StateEntered;
  PassStateExited: StateExited;
  TaskStateExited: StateExited;
  ChoiceStateExited: StateExited;
  WaitStateExited: StateExited;
  SucceedStateExited: StateExited;
  ParallelStateExited: StateExited;
  MapStateExited: StateExited;
  TaskStateAborted: Empty;
  WaitStateAborted: Empty;
  ParallelStateAborted: Empty;
  MapStateAborted: Empty;

  ParallelStateStarted: Empty;
  ParallelStateSucceeded: Empty;
  ParallelStateFailed: Empty;
  MapStateStarted: { readonly length: number };
  MapStateSucceeded: Empty;
  MapStateFailed: Empty;
  MapIterationStarted: IterationReference;
  MapIterationSucceeded: IterationReference;
  MapIterationFailed: IterationReference;
  MapIterationAborted: IterationReference;

  MapRunStarted: { readonly mapRunArn: string };
  MapRunSucceeded: Empty;
  MapRunFailed: ErrorDetails;
  MapRunAborted: Empty;
  MapRunRedriven: { readonly mapRunArn: string; readonly redriveCount: number };

  TaskScheduled: TaskReference & {
    readonly region: string;
    readonly timeoutInSeconds?: number;
    readonly heartbeatInSeconds?: number;
    readonly taskCredentials?: { readonly roleArn: string };
  };
  TaskStarted: TaskReference;
  TaskSubmitted: TaskReference;
  TaskSucceeded: TaskReference;
  TaskFailed: TaskReference & ErrorDetails;
  TaskTimedOut: TaskReference & ErrorDetails;

  LambdaFunctionScheduled: {
    readonly resource: string;
    readonly timeoutInSeconds?: number;
    readonly taskCredentials?: { readonly roleArn: string };
  };
  LambdaFunctionStarted: Empty;
  LambdaFunctionSucceeded: Empty;
  LambdaFunctionFailed: ErrorDetails;
  LambdaFunctionTimedOut: ErrorDetails;

  ActivityScheduled: {
    readonly resource: string;
    readonly timeoutInSeconds?: number;
    readonly heartbeatInSeconds?: number;
  };
  ActivityStarted: { readonly workerName?: string };
  ActivitySucceeded: Empty;
  ActivityFailed: ErrorDetails;
  ActivityTimedOut: ErrorDetails;

  EvaluationFailed: {
    readonly state: string;
    /** The field that failed; absent where it is the state's input that is wrong. */
    readonly location?: string;
    readonly error: string;
    readonly cause: string;
  };

  /** Private: a failed attempt will be repeated at `internal.resumeAt`. */
  RetryScheduled: Empty;
  /** Private: a task reported that it is alive. */
  TaskHeartbeat: Empty;
  /** Private: a Wait state waits until `internal.resumeAt`. */
  WaitScheduled: Empty;
}

/** What only the fold needs of an event. */
export type EventInternals = {
  [T in JournalEventType]: T extends keyof SpecialInternals ? SpecialInternals[T] : undefined;
};

/** Where control goes from here; absent where the state ends its branch. */
interface Exit {
  readonly next: string;
}

/** Whether its heartbeat was missed, or its time was over; absent in older journals, and in what is made of a history. */
interface TimedOut {
  readonly missedHeartbeat: boolean;
}

interface SpecialInternals {
  PassStateExited: Exit | undefined;
  TaskStateExited: Exit | undefined;
  ChoiceStateExited: Exit | undefined;
  WaitStateExited: Exit | undefined;
  ParallelStateExited: Exit | undefined;
  MapStateExited: Exit | undefined;
  /** Branches made: their ids are `firstBranch` … `firstBranch + count - 1`. */
  ParallelStateStarted: { readonly firstBranch: BranchId; readonly count: number };
  /** The payload is the array that is iterated; `keys` are the names if it was an object. */
  MapStateStarted:
    | { readonly maxConcurrency: number; readonly keys: readonly string[] | undefined }
    /** A distributed Map, whose items are its Map Run's. */
    | undefined;
  MapIterationStarted: { readonly child: BranchId };
  /** The same token again is the same redrive. `by`: who asked for it, where that is known. */
  ExecutionRedriven: { readonly clientToken?: string; readonly by?: StartedBy } | undefined;
  TaskTimedOut: TimedOut | undefined;
  LambdaFunctionTimedOut: TimedOut | undefined;
  ActivityTimedOut: TimedOut | undefined;
  WaitScheduled: { readonly resumeAt: EpochMs };
  /** Which Retrier of the state asked for it. */
  RetryScheduled: { readonly retrier: number; readonly resumeAt: EpochMs };
}
