import type { ApprovalView } from "./approvals.ts";
import type { ErrorGroup, ExecutionRow, HistogramBar } from "./executions.ts";
import type { WorkflowRow } from "./workflows.ts";

/** From the one to just before the other, in milliseconds. */
export interface TimeWindow {
  readonly from: number;
  readonly to: number;
}

/** What needs somebody now, and how the last 24 hours went; where a window was asked for, how that went. */
export interface HomeView {
  readonly failing: readonly ErrorGroup[];
  /** The same kinds of failure, of what started within the last hour: what a trend is told by. */
  readonly failingInLastHour: readonly ErrorGroup[];
  readonly waiting: readonly ApprovalView[];
  readonly stuck: readonly ExecutionRow[];
  /** What is nearest to its limit first. */
  readonly nearLimits: readonly NearLimit[];
  /** Of the 24 hours, whatever the window. */
  readonly histogram: readonly HistogramBar[];
  /** Nothing has ever run here. */
  readonly isEmpty: boolean;
  /** Without a window `running` counts all that run now, whenever they started. */
  readonly counts: {
    readonly running: number;
    readonly succeeded: number;
    readonly failed: number;
  };
  readonly workflows: readonly WorkflowRow[];
  readonly recent: readonly ExecutionRow[];
  /** Kinds of failure of what started within the window; absent: no window was asked for. */
  readonly failures?: readonly ErrorGroup[];
}

export type LimitName =
  "historyEvents" | "payloadBytes" | "duration" | "versions" | "aliases" | "pollers";

/** Something that has used up most of what this server lets it have. Durations are milliseconds. */
export interface NearLimit {
  readonly limit: LimitName;
  readonly used: number;
  readonly most: number;
  /** Of the execution, the state machine or the activity. */
  readonly arn: string;
  readonly name: string;
  /** The workflow of an execution. */
  readonly of?: string;
}

export type HealthLevel = "good" | "busy" | "critical" | "unknown";

/** One thing that a process needs to be well. */
export interface HealthCheck {
  readonly name: "loop" | "memory" | "commit" | "disk";
  readonly level: HealthLevel;
  /** Of `loop` and `commit` the p99 in milliseconds; of `memory` the bytes that are taken, of `disk` those that are free. */
  readonly value?: number;
  /** How many bytes there are. */
  readonly most?: number;
  /** Commits each second. */
  readonly rate?: number;
}

/** How the process that answers is doing. */
export interface HealthView {
  readonly version: string;
  readonly startedAt: number;
  readonly now: number;
  /** That of the worst check. */
  readonly level: HealthLevel;
  readonly checks: readonly HealthCheck[];
}
