import type { JsonValue } from "../expression/json.ts";
import { emptyObject, type Payload } from "../expression/payload.ts";
import type { BranchId, EpochMs, EventId, TaskId } from "./ids.ts";
import { rootBranch } from "./ids.ts";
import type { MapRunSettings } from "./map-run/map-run-settings.ts";

/** How an execution is doing, as the API names it. */
export type SnapshotStatus = "RUNNING" | "SUCCEEDED" | "FAILED" | "TIMED_OUT" | "ABORTED";

/**
 * The fold of an execution's journal: everything that `decide` needs to go on.
 *
 * It belongs to one owner. `evolve` changes it in place, and so does `decide` through `evolve`: a snapshot that was
 * given to either must not be used again except as what it has become. (Copying the tree for every event would
 * cost more than everything else together; the law that matters is that folding the journal gives an equal one.)
 */
export interface ExecutionSnapshot {
  status: SnapshotStatus;
  startedAt: EpochMs;
  /** From when its time-outs count: its start, or its last redrive. */
  countedFrom: EpochMs;
  redriveCount: number;
  /** When it ended, 0 while it runs. */
  stoppedAt: EpochMs;
  input: Payload;
  output: Payload | undefined;
  error: string | undefined;
  cause: string | undefined;
  roleArn: string;
  /** Id of the newest public event. */
  lastEventId: EventId;
  /** When it was recorded. */
  lastEventAt: EpochMs;
  nextBranch: BranchId;
  /** UTF-8 bytes of the variables of all branches. */
  variablesBytes: number;
  /**
   * Lines of control that have not ended, the root among them. When the execution fails they stay as they were: what a
   * redrive begins with.
   */
  readonly branches: Map<BranchId, Branch>;
}

/** One line of control: the execution's own, a Parallel branch, or a Map iteration. */
export interface Branch {
  readonly id: BranchId;
  /** The branch whose Parallel or Map state made this one, and which of its branches or items it is. */
  readonly parent: BranchId | undefined;
  readonly index: number;
  /** The state it is in; `undefined` before its first and between two. */
  state: string | undefined;
  /** The state it goes to next; `undefined` before its first, which is `StartAt`. */
  next: string | undefined;
  /** The raw input of the state, or of the next one. */
  input: Payload;
  enteredAt: EpochMs;
  enteredEventId: EventId;
  /** What the state's own entry was chained to: failures to enter are chained to it as well. */
  beforeEnteredEventId: EventId;
  lastEventId: EventId;
  /** Variables assigned in this scope: name → value. Outer scopes are the parents' frames. */
  readonly variables: Map<string, Payload>;
  /** Retries that each Retrier of the current state has used. */
  retries: number[];
  waiting: Waiting | undefined;
}

/** What holds a branch. A branch that waits for nothing is ready to run. */
export type Waiting =
  | { readonly type: "wait"; readonly until: EpochMs }
  | { readonly type: "retry"; readonly until: EpochMs }
  | WaitingForConsequence
  | WaitingForTask
  | WaitingForParallel
  | WaitingForMap
  | WaitingForMapRun;

export interface WaitingForTask {
  readonly type: "task";
  readonly taskId: TaskId;
  readonly kind: "service" | "lambda" | "activity";
  readonly timeoutSeconds: number | undefined;
  readonly heartbeatSeconds: number | undefined;
  /** The role of its `Credentials`, in place of the machine's. */
  readonly credentialsRoleArn: string | undefined;
  readonly parameters: Payload;
  /** From when the time-out counts. */
  readonly scheduledAt: EpochMs;
  /** From when the heartbeat counts; `undefined` while it does not. */
  aliveAt: EpochMs | undefined;
  /** An activity's worker has taken it; other tasks are started as soon as they are scheduled. */
  started: boolean;
  /** It is completed by its token, not by what the call answers. */
  readonly callback: boolean;
  /** What the call answered when the job or message was submitted. */
  submission: Payload | undefined;
}

/** For what becomes of a time-out: others that timed out at once come first, and they may be many. */
export interface WaitingForConsequence {
  readonly type: "consequence";
  readonly missedHeartbeat: boolean;
}

export interface WaitingForParallel {
  readonly type: "parallel";
  /** Branches that have not ended. */
  remaining: number;
  readonly results: (Payload | undefined)[];
}

export interface WaitingForMap {
  readonly type: "map";
  readonly items: readonly JsonValue[];
  readonly keys: readonly string[] | undefined;
  readonly maxConcurrency: number;
  /** Index of the next item to start. */
  next: number;
  running: number;
  remaining: number;
  readonly results: (Payload | undefined)[];
  /** Last event inside the iteration that ended last: the next start is chained to it. */
  lastInnerEventId: EventId;
}

/** Whether an item could be in an iteration and is in none: so a turn ends only if making the inputs of the others took long. */
export function mayStartIteration(map: WaitingForMap): boolean {
  return map.running < map.maxConcurrency && map.next < map.items.length;
}

export interface WaitingForMapRun {
  readonly type: "mapRun";
  readonly mapRunArn: string;
  readonly settings: MapRunSettings;
  readonly redriven: MapRunRedrive | undefined;
}

/** The newest redrive of a Map Run: children that began before it and failed begin again. */
export interface MapRunRedrive {
  readonly count: number;
  readonly date: EpochMs;
}

/** The snapshot before the first event. */
export function newSnapshot(): ExecutionSnapshot {
  return {
    status: "RUNNING",
    startedAt: 0,
    countedFrom: 0,
    redriveCount: 0,
    stoppedAt: 0,
    input: emptyObject,
    output: undefined,
    error: undefined,
    cause: undefined,
    roleArn: "",
    lastEventId: 0,
    lastEventAt: 0,
    nextBranch: rootBranch + 1,
    variablesBytes: 0,
    branches: new Map([[rootBranch, newBranch(rootBranch, undefined, 0, emptyObject, 0)]]),
  };
}

export function newBranch(
  id: BranchId,
  parent: BranchId | undefined,
  index: number,
  input: Payload,
  lastEventId: EventId,
): Branch {
  return {
    id,
    parent,
    index,
    state: undefined,
    next: undefined,
    input,
    enteredAt: 0,
    enteredEventId: 0,
    beforeEnteredEventId: 0,
    lastEventId,
    variables: new Map(),
    retries: [],
    waiting: undefined,
  };
}

/** The branch with this id; that it exists is an invariant of the journal. */
export function branchOf(snapshot: ExecutionSnapshot, id: BranchId): Branch {
  const branch = snapshot.branches.get(id);
  if (branch === undefined) throw new Error(`the journal names branch ${id}, which is not there`);
  return branch;
}
