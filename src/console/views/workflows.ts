/** What the last 24 hours were for the states of a workflow. */
export interface StateStatisticsView {
  /** Executions that began before are counted as far as their journals were read. */
  readonly since: number;
  /** Journals of older executions are being read: the figures will grow. */
  readonly isFilling: boolean;
  readonly states: readonly StateFigures[];
}

/** A state of a definition in numbers. Times are milliseconds, of visits that have ended. */
export interface StateFigures {
  /** See `nodeKey`. */
  readonly key: string;
  readonly entries: number;
  /** Visits that failed, whether or not a Catcher went on. */
  readonly failures: number;
  readonly caught: number;
  readonly retries: number;
  readonly p50?: number;
  readonly p95?: number;
}

/** A workflow in the list, with what happened in the last 24 hours. */
export interface WorkflowRow {
  readonly stateMachineArn: string;
  readonly name: string;
  readonly type: "STANDARD" | "EXPRESS";
  readonly creationDate: number;
  readonly running: number;
  readonly succeeded: number;
  readonly failed: number;
  /** Starts, an hour each, the newest last. */
  readonly started: readonly number[];
  readonly p50?: number;
  readonly p95?: number;
  readonly lastStart?: number;
}

/** What the list shows of a workflow beside its figures. */
export interface WorkflowFactsView {
  readonly stateMachineArn: string;
  /** When it was last given a definition or a setting. */
  readonly updatedAt: number;
  readonly tags: { readonly [key: string]: string };
  readonly aliases: readonly {
    readonly name: string;
    /** Weights are per cent. */
    readonly routes: readonly { readonly version: string; readonly weight: number }[];
  }[];
  /** The number that was given out last; absent: nothing was published. */
  readonly lastVersion?: string;
}

/** How executions of one version went. */
export interface OutcomeView {
  /** Absent: those of the definition as it was, unpublished. */
  readonly version?: string;
  readonly executions: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly p95?: number;
}

/** How each version of a workflow did, among all executions and among those that came by an alias. */
export interface VersionOutcomesView {
  readonly windowMs: number;
  readonly versions: readonly OutcomeView[];
  readonly aliases: readonly {
    readonly alias: string;
    readonly versions: readonly OutcomeView[];
  }[];
}

/** A workflow's executions over time: a value of each line for each time. */
export interface WorkflowSeriesView {
  readonly now: number;
  readonly everyMs: number;
  readonly times: readonly number[];
  readonly started: readonly number[];
  readonly succeeded: readonly number[];
  readonly failed: readonly number[];
  readonly running: readonly number[];
  /** Milliseconds; `null` where nothing ended. */
  readonly p50: readonly (number | null)[];
  readonly p95: readonly (number | null)[];
  readonly p99: readonly (number | null)[];
  /** `metrics`: all that was counted. `newest`: the newest executions of the server, where nothing is counted. */
  readonly of: "metrics" | "newest";
}
