import type { EpochMs } from "../machine/ids.ts";
import type { ExecutionRecord, ExecutionStatus, Page, PageRequest } from "./store.ts";

export type MapRunStatus = "RUNNING" | "SUCCEEDED" | "FAILED" | "ABORTED";

/** How many children, or items in them, are how far. Named as DescribeMapRun names them. */
export interface MapRunCounts {
  readonly pending: number;
  readonly running: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly timedOut: number;
  readonly aborted: number;
  readonly total: number;
  readonly resultsWritten: number;
  readonly failuresNotRedrivable: number;
  readonly pendingRedrive: number;
}

/** A Map Run. Its settings are in the journal of the execution that started it, its children are executions. */
export interface MapRunRecord {
  readonly mapRunArn: string;
  /** The execution that started it. */
  readonly executionArn: string;
  readonly status: MapRunStatus;
  readonly startDate: EpochMs;
  readonly stopDate?: EpochMs;
  readonly maxConcurrency: number;
  readonly toleratedFailureCount: number;
  readonly toleratedFailurePercentage: number;
  readonly itemCounts: MapRunCounts;
  readonly executionCounts: MapRunCounts;
  readonly redriveCount: number;
  readonly redriveDate?: EpochMs;
}

/** The place of an execution among the children of a Map Run. */
export interface MapRunChild {
  readonly mapRunArn: string;
  /** From 0, in the order of the data set. */
  readonly index: number;
  /** How many items it works on: more than one in a batch. */
  readonly itemCount: number;
}

export interface MapRunChildFilter {
  readonly mapRunArn: string;
  readonly status?: ExecutionStatus;
}

/** The part of the store that knows of Map Runs. Children are written by `commit` like any other execution. */
export interface MapRunStore {
  /**
   * Inserts or replaces. False, and nothing is written: another owner than that of `epoch` has the partition of its
   * execution. Without an epoch it is written in any case.
   */
  putMapRun(record: MapRunRecord, epoch?: number): Promise<boolean>;
  mapRun(mapRunArn: string): Promise<MapRunRecord | undefined>;
  /** Those that an execution started, newest first. */
  mapRuns(executionArn: string, page: PageRequest): Promise<Page<MapRunRecord>>;
  /** Those that have not ended, of the executions of a partition. */
  runningMapRuns(partition: number): Promise<readonly MapRunRecord[]>;
  /** Children in the order of their index. */
  mapRunChildren(filter: MapRunChildFilter, page: PageRequest): Promise<Page<ExecutionRecord>>;
}
