import type { RunStatus } from "./executions.ts";

/** How the items of a Map are doing, four bits for each, packed as base64; the order is that of the input. */
export interface ItemStatusView {
  readonly total: number;
  readonly packed: string;
}

/** What a half-byte of {@link ItemStatusView} says. */
export const itemStatuses = [
  "pending",
  "running",
  "succeeded",
  "failed",
  "aborted",
  "pendingRedrive",
] as const;

export type ItemStatus = (typeof itemStatuses)[number];

/** A Map Run in the list. */
export interface MapRunRow {
  readonly mapRunArn: string;
  readonly label: string;
  readonly executionArn: string;
  readonly executionName: string;
  readonly stateMachineArn: string;
  readonly stateMachineName: string;
  readonly status: "RUNNING" | "SUCCEEDED" | "FAILED" | "ABORTED";
  readonly startDate: number;
  readonly stopDate?: number;
  readonly itemCounts: MapRunCountsView;
  readonly redriveCount: number;
}

/** How many items, or children, are how far: named as DescribeMapRun names them. */
export interface MapRunCountsView {
  readonly pending: number;
  readonly running: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly timedOut: number;
  readonly aborted: number;
  readonly pendingRedrive: number;
  readonly total: number;
  readonly resultsWritten: number;
}

export interface MapRunView extends MapRunRow {
  readonly executionCounts: MapRunCountsView;
  /** 0: no limit. */
  readonly maxConcurrency: number;
  readonly toleratedFailureCount: number;
  readonly toleratedFailurePercentage: number;
  readonly redriveDate?: number;
  /** How the execution is that started it, and why it cannot be redriven; absent: it can. */
  readonly parentStatus: RunStatus;
  readonly notRedrivable?: string;
  /** Children that end each second: of the last seconds while it runs, else of all of it. */
  readonly rate: number;
  /** A child works on several items. */
  readonly isBatched: boolean;
  /** There are more children than are shown one by one. */
  readonly isTruncated: boolean;
  /** Children in the order of their input. */
  readonly items: ItemStatusView;
  readonly errors: readonly MapRunErrorGroup[];
}

/** Children of a Map Run that failed of the same error. */
export interface MapRunErrorGroup {
  readonly error: string;
  readonly count: number;
  /** The execution of the first one, and what it said. */
  readonly sample: string;
  readonly cause?: string;
  /** Their indexes as runs: where one begins, how long it is, where the next begins… */
  readonly ranges: readonly number[];
}

/** How long the children of a Map Run took, and how many began and ended when. Durations are milliseconds. */
export interface MapRunTimesView {
  readonly p50?: number;
  readonly p95?: number;
  /** What took so long or longer is far from the rest; absent: nothing is. */
  readonly outliersFrom?: number;
  /** Children that ended by themselves, by how long they took; the last bar, without an end, is that of the outliers. */
  readonly durations: readonly {
    readonly from: number;
    readonly to?: number;
    readonly count: number;
    /** Of them. */
    readonly failed: number;
  }[];
  /** Those that took longest, or have been running for longest. */
  readonly slowest: readonly {
    readonly index: number;
    readonly took: number;
    readonly status: ItemStatus;
  }[];
  /** Children that began and that ended within equal times since the start. */
  readonly throughput: readonly {
    readonly from: number;
    readonly to: number;
    readonly started: number;
    readonly ended: number;
  }[];
}

/** The iterations of an inline Map, by the index of their items. */
export interface InlineItemsView {
  readonly items: ItemStatusView;
  readonly errors: readonly Omit<MapRunErrorGroup, "sample">[];
}

export interface MapRunChildRow {
  readonly index: number;
  readonly executionArn: string;
  readonly status: ItemStatus;
  readonly startDate: number;
  readonly stopDate?: number;
  readonly error?: string;
  readonly cause?: string;
}

export interface MapRunChildPage {
  readonly rows: readonly MapRunChildRow[];
  /** Of those that were asked for. */
  readonly total: number;
}
