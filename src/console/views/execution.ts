import type { StartedBy } from "../../machine/started-by.ts";
import type { ExecutionRow, RunStatus } from "./executions.ts";

export type { StartedBy };

/** How a state is doing that was entered. `caught`: it failed, and a Catcher went on. */
export type VisitStatus =
  "running" | "waiting" | "retrying" | "succeeded" | "caught" | "failed" | "aborted";

/** One try of a task. */
export interface AttemptView {
  /** Id of the event that scheduled it. */
  readonly id: number;
  readonly scheduledAt: number;
  readonly startedAt?: number;
  /** A job or message was handed over; what follows is waiting for its end. */
  readonly submittedAt?: number;
  readonly endedAt?: number;
  readonly endEventId?: number;
  readonly status: "scheduled" | "running" | "waiting" | "succeeded" | "failed" | "aborted";
  readonly error?: string;
  readonly cause?: string;
  /** When the next attempt begins, and the Retrier (by its place in the list) that asked for it. */
  readonly retryAt?: number;
  readonly retrier?: number;
}

/** A state as it was entered once. */
export interface VisitView {
  /** Id of the event that entered it. */
  readonly id: number;
  /** The visit of the Parallel or Map that it is within; 0: none. */
  readonly parent: number;
  /** Which branch or item of the parent it belongs to. */
  readonly lane: number;
  /** The state in the definition: see `nodeKey`. */
  readonly key: string;
  readonly name: string;
  readonly type: string;
  readonly status: VisitStatus;
  readonly enteredAt: number;
  readonly exitedAt?: number;
  readonly exitEventId?: number;
  readonly resource?: string;
  readonly attempts: readonly AttemptView[];
  /** Until when a Wait state waits. */
  readonly until?: number;
  /** Variables that it assigned when it was left: the event of the exit has their values. */
  readonly assigned?: readonly string[];
  readonly error?: string;
  readonly cause?: string;
  /** Items of a Map. */
  readonly items?: ItemsView;
  readonly mapRunArn?: string;
  /** The execution that the task started. */
  readonly childArn?: string;
  /** How many states were entered within it. */
  readonly within: number;
}

export interface ItemsView {
  readonly total: number;
  readonly started: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly aborted: number;
}

/** All visits of one state of the definition together: what the graph shows. */
export interface NodeView {
  readonly key: string;
  readonly entries: number;
  /** Visits that have not ended, by what they do. */
  readonly running: number;
  readonly waiting: number;
  readonly retrying: number;
  readonly succeeded: number;
  readonly caught: number;
  readonly failed: number;
  readonly aborted: number;
  readonly attempts: number;
  readonly firstAt: number;
  readonly lastAt: number;
  /** Of those that have ended. */
  readonly totalMs: number;
  /** The newest visit, to look at first. */
  readonly lastVisit: number;
  readonly error?: string;
  readonly items?: ItemsView;
}

/** A way that was gone from one state to another. */
export interface TakenEdge {
  readonly from: string;
  readonly to: string;
  readonly kind: "next" | "catch";
  readonly count: number;
}

/** An execution as far as its newest event: all of it but its visits, events and payloads, which are asked for. */
export interface ExecutionView {
  readonly executionArn: string;
  readonly name: string;
  readonly stateMachineArn: string;
  readonly stateMachineName: string;
  readonly stateMachineVersionArn?: string;
  readonly stateMachineAliasArn?: string;
  readonly type: "STANDARD" | "EXPRESS";
  /** Events are missing, because an Express execution had more of them than are kept of one. */
  readonly isTruncated?: boolean;
  readonly status: RunStatus;
  readonly startDate: number;
  readonly stopDate?: number;
  readonly error?: string;
  readonly cause?: string;
  readonly redriveCount: number;
  readonly redriveDate?: number;
  /** Who redrove it last. */
  readonly redrivenBy?: StartedBy;
  /** Why it cannot be redriven; absent: it can. */
  readonly notRedrivable?: string;
  readonly roleArn: string;
  /** Absent: nobody has found out who it was. */
  readonly startedBy?: StartedBy;
  readonly parentArn?: string;
  readonly mapRunArn?: string;
  /** Events that it has; the id of the newest. */
  readonly lastEventId: number;
  readonly transitions: number;
  readonly largestPayload?: PayloadPeak;
  /** The definition that it runs by, which may not be today's. */
  readonly definition: string;
  readonly nodes: readonly NodeView[];
  readonly edges: readonly TakenEdge[];
  readonly visitCount: number;
  /** The newest state that failed: what stopped it. */
  readonly failedVisit?: number;
}

/** The largest document that a state, or the execution itself, was given or gave. */
export interface PayloadPeak {
  readonly bytes: number;
  readonly eventId: number;
}

/** Executions of the same workflow beside one, by when they started; those that are not there are absent. */
export interface NeighboursView {
  readonly older?: ExecutionRow;
  readonly newer?: ExecutionRow;
  /** The newest other one that succeeded. */
  readonly lastSucceeded?: ExecutionRow;
}

/** An execution or a Map Run that another execution started. */
export interface ChildRow {
  /** The visit that did. */
  readonly visit: number;
  readonly stateName: string;
  readonly name: string;
  readonly executionArn?: string;
  readonly mapRunArn?: string;
  /** Absent, as its dates are: it is no longer there, or the caller may not know. */
  readonly status?: RunStatus;
  readonly startDate?: number;
  readonly stopDate?: number;
}

export interface ChildPage {
  readonly rows: readonly ChildRow[];
  readonly total: number;
}

/** Inputs and outputs by the ids of the events that have them: those with the same digest are the same. */
export interface EventDigests {
  readonly digests: { readonly [eventId: string]: string };
}

/** What has changed in an execution: everything that has another value than before. */
export interface ExecutionChange {
  readonly executionArn: string;
  readonly lastEventId: number;
  readonly status: RunStatus;
  readonly stopDate?: number;
  readonly error?: string;
  readonly cause?: string;
  readonly redriveCount: number;
  readonly redriveDate?: number;
  readonly redrivenBy?: StartedBy;
  readonly notRedrivable?: string;
  readonly transitions: number;
  readonly largestPayload?: PayloadPeak;
  readonly visitCount: number;
  readonly failedVisit?: number;
  readonly nodes: readonly NodeView[];
  readonly edges: readonly TakenEdge[];
  readonly visits: readonly VisitView[];
}

/** A page of visits, in the order in which they were entered. */
export interface VisitPage {
  readonly visits: readonly VisitView[];
  /** Of those that were asked for. */
  readonly total: number;
}
