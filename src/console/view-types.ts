/**
 * What the server tells the console, and nothing else: the one place that both sides are typed by. Times are
 * milliseconds since the epoch; members that are absent are not known or do not apply.
 */

export type RunStatus =
  "RUNNING" | "SUCCEEDED" | "FAILED" | "TIMED_OUT" | "ABORTED" | "PENDING_REDRIVE";

/** Where the console is: what it shows beside every page. */
export interface SessionView {
  readonly version: string;
  /** Names what is served: a page that was loaded from another one is to be loaded again. */
  readonly build: string;
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
  /** Why it cannot be redriven; absent: it can. */
  readonly notRedrivable?: string;
  readonly roleArn: string;
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
  /** Who has said that they take care of it, by the name that they gave, and since when. */
  readonly claim?: { readonly name: string; readonly at: number };
}

export type AuditAction = "view" | "claim" | "release" | "link" | "answer";

/** Something that a person did with a question: who, what, and when. */
export interface AuditEntry {
  /** ISO 8601. */
  readonly at: string;
  readonly action: AuditAction;
  /** The way that it came: from the console, or by a link. */
  readonly by: "console" | "link";
  /** The caller's ARN, as refusals name it. */
  readonly caller: string;
  /** What the person calls themselves: nobody has checked it. */
  readonly name?: string;
  readonly executionArn: string;
  readonly taskId: number;
  /** The state that asks, and what it asks; absent where the question was over. */
  readonly stateMachineArn?: string;
  readonly key?: string;
  readonly title?: string;
  /** What was sent: an output as JSON text, or an error and its cause. */
  readonly answer?:
    { readonly output: string } | { readonly error?: string; readonly cause?: string };
}

export interface AuditPage {
  /** The newest first. */
  readonly entries: readonly AuditEntry[];
  /** Of those that were asked for, as far as they are kept. */
  readonly total: number;
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
  /** Those that asked for a task since it began, by the names that they give, the last one first. */
  readonly workers: readonly ActivityWorkerView[];
}

export interface ActivityWorkerView {
  /** Absent: it gives none. */
  readonly name?: string;
  /** Calls that wait now. */
  readonly waiting: number;
  /** When it asked last, or was answered. */
  readonly lastSeen: number;
}

/** From the one to just before the other, in milliseconds. */
export interface TimeWindow {
  readonly from: number;
  readonly to: number;
}

/** What needs somebody now, and how the last 24 hours went; where a window was asked for, how that went. */
export interface HomeView {
  readonly failing: readonly ErrorGroup[];
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

/** The same with what is not counted by the process alone. */
export interface ServerMetricsView extends MetricsView {
  /** Values of some of the series that they should stay below. */
  readonly thresholds: { readonly [name: string]: number };
  /** The workflows that had an execution end within the time that is shown. */
  readonly workflows: readonly WorkflowDurations[];
}

/** How long executions of a workflow took that ended within a time, in milliseconds. */
export interface WorkflowDurations {
  readonly stateMachineArn: string;
  readonly name: string;
  readonly type: "STANDARD" | "EXPRESS";
  readonly ended: number;
  readonly failed: number;
  readonly p50: number;
  readonly p90: number;
  readonly p95: number;
  readonly p99: number;
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

/** Where what is durable is, how much of it there is, and how much there will be. */
export interface StorageView {
  /** Absent: it is in memory only, and ends with the process. */
  readonly dataDir?: string;
  /** Bytes of each part of the data directory. */
  readonly parts: readonly { readonly part: StoragePart; readonly bytes: number }[];
  readonly disk?: HealthCheck;
  readonly commit?: HealthCheck;
  readonly retention?: RetentionEstimate;
}

export type StoragePart = "database" | "writeAheadLog" | "logs" | "objects" | "other";

/** What keeping closed executions for so long comes to, if it goes on as it did. */
export interface RetentionEstimate {
  readonly days: number;
  /** Executions that are known, and when the oldest of them started. */
  readonly kept: number;
  readonly since?: number;
  /** There are older ones that are not known here: what follows is too little. */
  readonly isPartial: boolean;
  /** Absent: too little is known to say. */
  readonly perDay?: number;
  readonly bytesPerDay?: number;
  readonly bytesInTheEnd?: number;
}

/** What helps whoever looks for the cause of trouble, without names of workflows, payloads, paths or addresses. */
export interface DiagnosticsView {
  readonly generatedAt: string;
  readonly server: {
    readonly version: string;
    readonly node: string;
    readonly platform: string;
    readonly cpus: number;
    readonly memoryBytes: number;
    readonly uptimeSeconds: number;
    readonly retentionDays?: number;
    readonly waitTimeScale?: number;
    readonly limits?: { readonly [name: string]: number };
  };
  readonly health: HealthView;
  readonly storage: Omit<StorageView, "dataDir">;
  readonly executions: { readonly [status: string]: number };
  readonly workflows: { readonly [type: string]: number };
  readonly nearLimits: readonly Pick<NearLimit, "limit" | "used" | "most">[];
  readonly callTargets: readonly Omit<CallTarget, "because">[];
  readonly metrics: MetricsView;
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

/** A line that a function printed. */
export interface LogLineView {
  /** When the server read it, shortly after it was printed. */
  readonly at: number;
  readonly text: string;
  /** It was printed to the standard error. */
  readonly isError?: boolean;
}

/** What the function of an attempt printed, as far as the server keeps it. */
export interface FunctionLogView {
  readonly functionName: string;
  /** Where its code is now: here, behind a URL, or in AWS or its stand-in. Only what runs here prints here. */
  readonly place: "local" | "url" | "elsewhere";
  readonly lines: readonly LogLineView[];
  /** What is asked for next comes after this. */
  readonly last: number;
  /** It printed more than is kept of one call: the first lines are gone. */
  readonly isCut: boolean;
  /** What was printed before this time may be gone. */
  readonly keptSince: number;
}

/** How a stream begins: an event of its own (`start`), before all frames. */
export interface StreamStart {
  readonly build: string;
  /** Where rows are told from; absent: from where the stream before had come to, as was asked for. */
  readonly at?: string;
}

/** A frame of the stream. */
export type StreamFrame =
  /** The first of each stream that goes on from no other, and whenever something was lost: what is shown is to be read anew. */
  | { readonly topic: "reload" }
  /** `at`: a stream that goes on from here loses nothing. */
  | {
      readonly topic: "executions";
      readonly rows: readonly ExecutionRow[];
      readonly at?: string;
    }
  | { readonly topic: "execution"; readonly change: ExecutionChange };
