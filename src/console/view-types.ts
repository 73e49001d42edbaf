/**
 * What the server tells the console, and nothing else: the one place that both sides are typed by. Times are
 * milliseconds since the epoch; members that are absent are not known or do not apply.
 */

export type RunStatus =
  "RUNNING" | "SUCCEEDED" | "FAILED" | "TIMED_OUT" | "ABORTED" | "PENDING_REDRIVE";

/** Where the console is: what it shows beside every page. */
export interface SessionView {
  readonly version: string;
  readonly region: string;
  readonly accountId: string;
  /** Regions that anything is in. */
  readonly regions: readonly string[];
  /** The address that clients of the API use. */
  readonly endpoint: string;
  /** The server's clock. */
  readonly now: number;
}

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
  readonly status: RunStatus;
  readonly startDate: number;
  readonly stopDate?: number;
  readonly error?: string;
  readonly cause?: string;
  readonly redriveCount: number;
  readonly redriveDate?: number;
  /** Why it cannot be redriven; absent: it can. */
  readonly notRedrivable?: string;
  readonly roleArn: string;
  readonly parentArn?: string;
  readonly mapRunArn?: string;
  /** Events that it has; the id of the newest. */
  readonly lastEventId: number;
  readonly transitions: number;
  /** The definition that it runs by, which may not be today's. */
  readonly definition: string;
  readonly nodes: readonly NodeView[];
  readonly edges: readonly TakenEdge[];
  readonly visitCount: number;
  /** The newest state that failed: what stopped it. */
  readonly failedVisit?: number;
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
  readonly notRedrivable?: string;
  readonly transitions: number;
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

export type JobAction = "stop" | "redrive";

/** Why an action does nothing for an execution. */
export type Unfit =
  "ended" | "running" | "succeeded" | "express" | "pending" | "expired" | "missing";

/** What a job would do. */
export interface JobPlanView {
  readonly action: JobAction;
  /** Executions that are meant. */
  readonly matched: number;
  /** Those of them for which the action can be asked. */
  readonly fit: number;
  readonly unfit: readonly { readonly reason: Unfit; readonly count: number }[];
}

export type JobState = "running" | "paused" | "done" | "cancelled";

/** An action on many executions, which the server performs one after another. */
export interface JobView extends Omit<JobPlanView, "fit"> {
  readonly id: string;
  readonly state: JobState;
  /** What picked them; absent: they were named. */
  readonly filter?: string;
  readonly created: number;
  readonly ended?: number;
  /** The caller's ARN, as refusals name it. */
  readonly by: string;
  readonly total: number;
  readonly done: number;
  readonly succeeded: number;
  readonly failed: number;
  /** What refused, by the name of its error, the most frequent first. */
  readonly refusals: readonly { readonly code: string; readonly count: number }[];
}

/** An execution that the action was refused for. */
export interface JobRefusal {
  readonly executionArn: string;
  readonly code: string;
  readonly message: string;
}

export interface JobDetail extends JobView {
  /** The first of them: there may be more. */
  readonly refused: readonly JobRefusal[];
}

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

/** Something that waits for an answer: a task that is ended by its token. */
export interface ApprovalView {
  readonly executionArn: string;
  readonly taskId: number;
  readonly stateMachineName: string;
  readonly stateMachineArn: string;
  readonly executionName: string;
  readonly stateName: string;
  readonly key: string;
  readonly since: number;
  /** When it times out. */
  readonly due?: number;
  /** What it was sent through, as `lambda:invoke.waitForTaskToken`, or the ARN of the activity. */
  readonly resource?: string;
  /** Of an activity: a worker has taken it. */
  readonly isTaken?: boolean;
  readonly title: string;
  readonly text?: string;
  /** The scalar members of what was sent, by their paths. */
  readonly facts: readonly { readonly name: string; readonly value: string }[];
  /** What was sent to whoever answers, as JSON text. */
  readonly parameters: string;
  /** A JSON Schema that the answer has to keep to. */
  readonly schema?: unknown;
}

/** An activity, and how many wait for it on both sides. */
export interface ActivityRow {
  readonly activityArn: string;
  readonly name: string;
  readonly creationDate: number;
  /** Tasks that no worker has taken. */
  readonly queued: number;
  /** There are more of them than were counted. */
  readonly isMore: boolean;
  /** When the oldest of them was scheduled. */
  readonly oldest?: number;
  /** Workers that wait for a task on this server now. */
  readonly pollers: number;
}

export interface HomeView {
  readonly failing: readonly ErrorGroup[];
  readonly waiting: readonly ApprovalView[];
  readonly stuck: readonly ExecutionRow[];
  readonly workflows: readonly WorkflowRow[];
  readonly recent: readonly ExecutionRow[];
  readonly histogram: readonly HistogramBar[];
  readonly counts: {
    readonly running: number;
    readonly succeeded: number;
    readonly failed: number;
  };
}

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

export type MetricUnit = "perSecond" | "count" | "milliseconds" | "bytes" | "share";

/** A line of a chart: a value for each time; `null` where nothing was measured. */
export interface SeriesView {
  readonly unit: MetricUnit;
  readonly values: readonly (number | null)[];
}

/** Calls of an operation, or of the tasks of a service; times are milliseconds. */
export interface CallsView {
  readonly name: string;
  readonly count: number;
  readonly errors: number;
  readonly p50?: number;
  readonly p99?: number;
  /** It waits for something to happen: how long it takes says nothing of the server. */
  readonly isWaiting?: boolean;
}

/** What this process has counted in the last minutes. */
export interface MetricsView {
  /** When it began to. */
  readonly since: number;
  readonly now: number;
  readonly everyMs: number;
  readonly times: readonly number[];
  readonly series: { readonly [name: string]: SeriesView };
  readonly calls: readonly CallsView[];
  readonly tasks: readonly CallsView[];
}

/** How this server was started. */
export interface ServerView {
  readonly version: string;
  readonly node: string;
  readonly endpoint: string;
  readonly accountId: string;
  readonly region: string;
  readonly regions: readonly string[];
  readonly startedAt: number;
  readonly now: number;
  readonly dataDir?: string;
  readonly retentionDays?: number;
  readonly waitTimeScale?: number;
  /** By the names of `Limits`. */
  readonly limits?: { readonly [name: string]: number };
  readonly awsLimits: { readonly [name: string]: number };
}

/** Who answers the calls of a service here. */
export interface CallTarget {
  readonly name: string;
  readonly service: string;
  readonly usedFor: "task" | "map data" | "logs";
  readonly to: "AWS" | "standIn" | "nowhere" | "notInstalled";
  /** Why; of `notInstalled` the package that is missing. */
  readonly because: string;
  /** What answers where neither AWS nor a stand-in does. */
  readonly otherwise: "local functions" | "local folder" | "failure" | "nothing";
}

/** A frame of the stream. */
export type StreamFrame =
  /** The first of each stream, and whenever something was lost: what is shown is to be read anew. */
  | { readonly topic: "reload" }
  | { readonly topic: "executions"; readonly rows: readonly ExecutionRow[] }
  | { readonly topic: "execution"; readonly change: ExecutionChange };
