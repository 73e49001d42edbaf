import type { EpochMs, EventId, TaskId } from "../machine/ids.ts";
import type { StartedBy } from "../machine/started-by.ts";
import type { CustomerKeyUnavailable, KeyInUse, UnreadJournal } from "./customer-keys.ts";
import type { DocumentStore } from "./document-store.ts";
import type { MapRunChild, MapRunStore } from "./map-run-store.ts";

export type StateMachineType = "STANDARD" | "EXPRESS";

export type ExecutionStatus = "RUNNING" | "SUCCEEDED" | "FAILED" | "TIMED_OUT" | "ABORTED";

/** A state machine as it is now. Its definitions are {@link RevisionRecord}s, of which `revisionId` is the current. */
export interface StateMachineRecord {
  readonly stateMachineArn: string;
  readonly name: string;
  readonly type: StateMachineType;
  readonly status: "ACTIVE" | "DELETING";
  readonly createdAt: EpochMs;
  readonly revisionId: string;
  /** The highest version number that was ever given out, so that none is given twice. Absent: none was. */
  readonly lastVersion?: number;
  /** What its create published the first revision as, if it did: a repeated create must ask for the same. */
  readonly published?: { readonly description?: string };
  readonly tags: { readonly [key: string]: string };
}

/** What one create or update gave a state machine; never changed. Executions run on the one they started with. */
export interface RevisionRecord {
  readonly stateMachineArn: string;
  readonly revisionId: string;
  /** Whether it came with CreateStateMachine: the API shows no revision id for it. */
  readonly initial: boolean;
  readonly createdAt: EpochMs;
  readonly definition: string;
  readonly roleArn: string;
  /** JSON texts of the configuration objects as the API took them; absent where none was given. */
  readonly loggingConfiguration?: string;
  readonly tracingConfiguration?: string;
  readonly encryptionConfiguration?: string;
  /** As it is read: why the definition cannot be, which is empty then. */
  readonly unreadable?: CustomerKeyUnavailable;
}

/** A revision that was published under a number; never changed. */
export interface VersionRecord {
  readonly stateMachineArn: string;
  readonly version: number;
  readonly revisionId: string;
  readonly createdAt: EpochMs;
  readonly description?: string;
}

/** A name for one version of a state machine, or for two that share the executions by weight. */
export interface AliasRecord {
  readonly stateMachineArn: string;
  readonly name: string;
  readonly description?: string;
  readonly routes: readonly AliasRoute[];
  readonly createdAt: EpochMs;
  readonly updatedAt: EpochMs;
}

export interface AliasRoute {
  readonly version: number;
  /** Per cent. */
  readonly weight: number;
}

/** A document that is kept beside a state machine and goes with it. The store knows nothing of what is in it. */
export interface NoteRecord {
  readonly stateMachineArn: string;
  /** Which of its documents it is: each has one of a kind. */
  readonly kind: string;
  /** From 1, one more with each change. */
  readonly version: number;
  readonly body: string;
}

export interface ActivityRecord {
  readonly activityArn: string;
  readonly name: string;
  readonly createdAt: EpochMs;
  readonly encryptionConfiguration?: string;
  readonly tags: { readonly [key: string]: string };
}

/** The row of an execution. Input, output, error and cause are in its journal's first and last events. */
export interface ExecutionRecord {
  readonly executionArn: string;
  readonly stateMachineArn: string;
  readonly revisionId: string;
  readonly name: string;
  readonly status: ExecutionStatus;
  readonly startDate: EpochMs;
  readonly stopDate?: EpochMs;
  readonly stateMachineVersionArn?: string;
  readonly stateMachineAliasArn?: string;
  readonly traceHeader?: string;
  /** The task of another execution that waits for this one's end (`startExecution.sync`). */
  readonly parent?: ParentTask;
  /** Present for the child of a Map Run. */
  readonly mapRun?: MapRunChild;
  /** The test case of a mock configuration that answers its tasks. */
  readonly testCase?: string;
  /** Absent: nobody is known to have, as for the child of a Map Run, which its run started. */
  readonly startedBy?: StartedBy;
  /** Absent: 0. */
  readonly redriveCount?: number;
  readonly redriveDate?: EpochMs;
}

export interface ParentTask {
  readonly executionArn: string;
  readonly taskId: TaskId;
  /** How the result is handed over: input and output as text (`sync`) or as values (`sync:2`). */
  readonly pattern: "sync" | "sync:2";
}

/** Events of one execution that one commit appended, packed by the journal codec. */
export interface JournalChunk {
  /** Public ids of the events in it: first and last; both 0 if it holds only private events. */
  readonly firstEventId: EventId;
  readonly lastEventId: EventId;
  readonly data: string;
}

/** What one commit writes of one execution. Members that are absent leave what is stored as it is. */
export interface ExecutionWrite {
  readonly executionArn: string;
  /** Present once, when the execution starts: the row is inserted (with `closed` applied, if it ends at once). */
  readonly start?: ExecutionRecord;
  readonly chunk?: JournalChunk;
  /** The key of its customer, which seals the chunk. */
  readonly key?: KeyInUse;
  /** Present once, when the execution ends. */
  readonly closed?: { readonly status: ExecutionStatus; readonly stopDate: EpochMs };
  /** The execution had ended and goes on. */
  readonly redriven?: { readonly redriveCount: number; readonly redriveDate: EpochMs };
  /**
   * `{ wakeAt }`: it leaves memory until `wakeAt`, or until somebody asks for it where that is undefined. `null`: it is
   * resident again. A store finds parked executions by their time and resident ones after a crash.
   */
  readonly parked?: { readonly wakeAt: EpochMs | undefined } | null;
  /** Tasks that now wait in an activity's queue, and those that no longer do. */
  readonly activityTasksAdded?: readonly ActivityTaskRecord[];
  readonly activityTasksRemoved?: readonly TaskId[];
}

/** A scheduled activity task that no worker has taken yet. */
export interface ActivityTaskRecord {
  readonly activityArn: string;
  readonly executionArn: string;
  readonly taskId: TaskId;
}

/** Something that one execution must be told because of another; kept until a commit names it as delivered. */
export interface Message {
  /** Unique; the same cause makes the same id, so that a repeated send is one message. */
  readonly id: string;
  readonly to: string;
  /** JSON text; the runtime's own format. */
  readonly body: string;
  /** As it is sent: the key of the customer whose data it has, which seals the body. */
  readonly key?: KeyInUse;
}

/** One atomic transaction over many executions of a partition. */
export interface CommitBatch {
  readonly partition: number;
  readonly epoch: number;
  /**
   * Counts the partition's commits in this epoch, from 1. One that was skipped, or that {@link Store.resolve} denied, is
   * fenced for ever; one whose commit was rejected has not been used.
   */
  readonly sequence: number;
  readonly writes: readonly ExecutionWrite[];
  readonly messagesSent: readonly Message[];
  readonly messagesDelivered: readonly string[];
}

/**
 * - `committed`: durable.
 * - `fenced`: another owner has the partition; nothing was written, and this owner must drop its memory.
 * - `unknown`: the answer was lost; ask {@link Store.resolve}.
 */
export type CommitResult = "committed" | "fenced" | "unknown";

/** A page of a listing; `next` continues it and is absent on the last page. Opaque to callers. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next?: string;
}

export interface PageRequest {
  readonly limit: number;
  readonly after?: string;
}

export interface ExecutionFilter {
  readonly stateMachineArn: string;
  /** Only those that were started through this version or alias of the machine; at most one of the two is given. */
  readonly stateMachineVersionArn?: string;
  readonly stateMachineAliasArn?: string;
  readonly status?: ExecutionStatus;
}

/** The whole journal of an execution. */
export interface StoredJournal {
  readonly record: ExecutionRecord;
  readonly chunks: readonly JournalChunk[];
  /** Why there are no chunks: they are sealed with a key that cannot be had. */
  readonly unread?: UnreadJournal;
}

export interface JournalRange {
  /** Chunks that hold any event with id >= `from` (forward) or <= `from` (reverse); absent: from the end that is first. */
  readonly from?: EventId;
  readonly reverse?: boolean;
  /** At most this many chunks. */
  readonly limit?: number;
}

/**
 * Where everything durable is. A port of a few batch operations, not of SQL: three implementations pass the one
 * contract suite in `test/contracts`. Reads see every commit that was answered before they were asked. A write that
 * resolves is on disk. Any method may reject with a {@link StoreFailure}. A write that contradicts what is stored (a
 * second start, a write of an unknown execution, a second end, parking what does not run) is the caller's mistake: it
 * rejects with another error, and nothing of its batch is written. Texts are well-formed Unicode: a lone surrogate
 * does not survive, but as JSON's escape.
 */
export interface Store extends MapRunStore, DocumentStore {
  /** The partitions that this store has; constant for its life. The embedded stores have one. */
  readonly partitions: number;

  // Ownership
  /** Takes the partition and gives a new epoch, higher than every one before; earlier owners are fenced from here on. */
  acquire(partition: number): Promise<number>;
  release(partition: number, epoch: number): Promise<void>;

  // Executions
  commit(batch: CommitBatch): Promise<CommitResult>;
  /** Whether the commit whose result was `unknown` has happened; once answered it never changes. */
  resolve(
    partition: number,
    epoch: number,
    sequence: number,
  ): Promise<"committed" | "not committed">;
  execution(executionArn: string): Promise<ExecutionRecord | undefined>;
  /** Newest first by start date. */
  executions(filter: ExecutionFilter, page: PageRequest): Promise<Page<ExecutionRecord>>;
  /** How many run of each of the state machines, in their order. */
  openExecutions(stateMachineArns: readonly string[]): Promise<readonly number[]>;
  journal(executionArn: string, range: JournalRange): Promise<readonly JournalChunk[]>;
  /** The whole journals of several executions, in one read; an execution that is unknown is left out. */
  journals(executionArns: readonly string[]): Promise<readonly StoredJournal[]>;

  // Recovery
  /** Running executions of the partition that are not parked: what a new owner loads. */
  resident(partition: number, page: PageRequest): Promise<Page<string>>;
  /** Parked executions whose time is at or before `until`, earliest first. */
  due(partition: number, until: EpochMs, limit: number): Promise<readonly string[]>;
  /** The earliest time of any parked execution. */
  nextWake(partition: number): Promise<EpochMs | undefined>;
  /** Scheduled tasks of the activity that no worker has taken, oldest first. */
  activityTasks(activityArn: string, limit: number): Promise<readonly ActivityTaskRecord[]>;
  /** Messages not delivered yet, oldest first. */
  messages(partition: number, limit: number): Promise<readonly Message[]>;

  // State machines and activities
  /**
   * Inserts or replaces the state machine; a revision and a version that are given are inserted in the same
   * transaction. One that is stored already is the caller's mistake.
   */
  putStateMachine(
    record: StateMachineRecord,
    revision?: RevisionRecord,
    version?: VersionRecord,
  ): Promise<void>;
  stateMachine(stateMachineArn: string): Promise<StateMachineRecord | undefined>;
  /** Those whose ARNs begin so, by ARN, as AWS lists them. Observed. */
  stateMachines(arnPrefix: string, page: PageRequest): Promise<Page<StateMachineRecord>>;
  /**
   * Removes the record with its versions, aliases and notes; its revisions stay while there are executions of it, then go with
   * the last of them.
   */
  deleteStateMachine(stateMachineArn: string): Promise<void>;
  revision(stateMachineArn: string, revisionId: string): Promise<RevisionRecord | undefined>;
  version(stateMachineArn: string, version: number): Promise<VersionRecord | undefined>;
  /** Newest first, which is the highest number first. */
  versions(stateMachineArn: string, page: PageRequest): Promise<Page<VersionRecord>>;
  deleteVersion(stateMachineArn: string, version: number): Promise<void>;
  /** Inserts or replaces. */
  putAlias(record: AliasRecord): Promise<void>;
  /** Every alias of a state machine by name: a state machine has a hundred at most. */
  aliases(stateMachineArn: string): Promise<readonly AliasRecord[]>;
  deleteAlias(stateMachineArn: string, name: string): Promise<void>;
  note(stateMachineArn: string, kind: string): Promise<NoteRecord | undefined>;
  /**
   * Puts it in the place of the version before, or of none where it is the first. False, and nothing is written, if another
   * one is stored, or the state machine is not. What is stored already as it is given counts as written.
   */
  putNote(record: NoteRecord): Promise<boolean>;
  putActivity(record: ActivityRecord): Promise<void>;
  activity(activityArn: string): Promise<ActivityRecord | undefined>;
  /** Those whose ARNs begin so, by ARN, as AWS lists them. Observed. */
  activities(arnPrefix: string, page: PageRequest): Promise<Page<ActivityRecord>>;
  deleteActivity(activityArn: string): Promise<void>;

  // The store itself
  /** A secret of this store, made when it was: 32 random bytes as base64. Seals task tokens and paging tokens. */
  secret(): Promise<string>;
  /** Deletes executions that closed before `before`, at most `limit`; answers how many. */
  deleteClosed(before: EpochMs, limit: number): Promise<number>;
  /**
   * Rewrites, smaller, the journals of at most `limit` executions that closed before `before` and are not packed yet;
   * answers how many it worked on. It may stop before `limit`, even within a long journal; 0: nothing is left. What is
   * read stays the same, and a packed execution can be redriven. A packed journal that is damaged makes the reads of
   * it reject with an error that names the execution. A store that several processes have open packs only in partitions
   * that this one has. Absent: the store has no use for it.
   */
  packClosed?(before: EpochMs, limit: number): Promise<number>;
  close(): Promise<void>;
}

/** What went wrong below the port. After `fatal` the process must stop: what the disk holds is no longer known. */
export class StoreFailure extends Error {
  override readonly name = "StoreFailure";
  readonly kind: "locked" | "newer" | "full" | "fatal" | "unavailable";

  constructor(kind: StoreFailure["kind"], message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.kind = kind;
  }
}
