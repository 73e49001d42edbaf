export type RunStatus =
  "RUNNING" | "SUCCEEDED" | "FAILED" | "TIMED_OUT" | "ABORTED" | "PENDING_REDRIVE";

/** A row of the list of executions. */
export interface ExecutionRow {
  readonly executionArn: string;
  readonly name: string;
  readonly stateMachineArn: string;
  readonly stateMachineName: string;
  readonly type: "STANDARD" | "EXPRESS";
  readonly status: RunStatus;
  readonly startDate: number;
  readonly stopDate?: number;
  readonly version?: string;
  readonly alias?: string;
  readonly error?: string;
  readonly failedState?: string;
  readonly redriveCount: number;
  /** It waits for somebody's answer. */
  readonly waitingFor?: string;
  /** The execution whose task started it, and waits for its end. */
  readonly parentArn?: string;
}

export interface ExecutionPage {
  readonly rows: readonly ExecutionRow[];
  /** How many match, of those that are remembered. */
  readonly total: number;
  readonly next?: string;
  readonly histogram: readonly HistogramBar[];
  readonly errors: readonly ErrorGroup[];
  readonly facets: FacetsView;
  /** Members of inputs and outputs that are asked for and that no workflow indexes: the search goes on without them. */
  readonly unindexed: readonly string[];
}

/** How many executions a further term would leave, the most first; what is asked of the same field does not count. */
export interface FacetsView {
  readonly status: readonly FacetCount[];
  readonly workflow: readonly FacetCount[];
  readonly error: readonly FacetCount[];
}

export interface FacetCount {
  readonly value: string;
  readonly count: number;
}

/** Executions that started within a time, by how they are. */
export interface HistogramBar {
  readonly from: number;
  readonly to: number;
  readonly running: number;
  readonly succeeded: number;
  readonly failed: number;
}

/** Failures of one kind: the same error in the same state of the same workflow. */
export interface ErrorGroup {
  readonly error: string;
  readonly stateMachineName: string;
  readonly stateMachineArn: string;
  readonly failedState?: string;
  readonly count: number;
  readonly firstAt: number;
  readonly lastAt: number;
  /** The newest one. */
  readonly sample: string;
  readonly cause?: string;
}
