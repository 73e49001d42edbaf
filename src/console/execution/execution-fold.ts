import { evolve } from "../../machine/evolve.ts";
import type { BranchId, EventId } from "../../machine/ids.ts";
import { rootBranch } from "../../machine/ids.ts";
import type { JournalEvent, JournalEventOf } from "../../machine/journal/journal-event.ts";
import {
  newSnapshot,
  type ExecutionSnapshot,
  type WaitingForTask,
} from "../../machine/snapshot.ts";
import { leadsOn } from "../lines-of-control.ts";
import type {
  ItemsView,
  NodeView,
  PayloadPeak,
  TakenEdge,
  VisitStatus,
  VisitView,
} from "../view-types.ts";
import { branchScope, nodeKey, rootScope } from "./node-key.ts";
import { PeakOfPayloads } from "./payload-peak.ts";
import { noItems, RunSums } from "./run-sums.ts";
import { shownVisit, type Attempt, type Visit } from "./visit.ts";

/** A line of control that has not ended, as the visits need it: there is one for each branch of the snapshot. */
interface Line {
  /** Where its states are in the definition. */
  readonly scope: string;
  /** The visit that made it; 0: the execution. */
  readonly parent: number;
  readonly lane: number;
  /** The state that it is in, or was in last. */
  visit: Visit | undefined;
  /** What the failure of its Parallel or Map is chained to: the newest event of the branch that failed. */
  failedFrom?: EventId;
}

/**
 * What an execution's journal comes to for whoever looks at it: which states were entered when, what became of each, and
 * which ways were gone. It is folded event by event, beside the snapshot that `evolve` makes of the same events.
 */
export class ExecutionFold {
  readonly snapshot: ExecutionSnapshot = newSnapshot();
  readonly #visits = new Map<number, Visit>();
  readonly #lines = new Map<BranchId, Line>([
    [rootBranch, { scope: rootScope, parent: 0, lane: 0, visit: undefined }],
  ]);
  readonly #sums = new RunSums();
  readonly #payloads = new PeakOfPayloads();
  /** The newest public event: what changes are counted by. Private ones come with the one before them. */
  #clock = 0;
  #transitions = 0;
  #failedVisit: number | undefined;

  /** State transitions, as AWS counts them: a state that is entered, and each further try of one. */
  get transitions(): number {
    return this.#transitions;
  }

  get lastEventId(): number {
    return this.snapshot.lastEventId;
  }

  get visitCount(): number {
    return this.#visits.size;
  }

  /** The largest input or output; absent: none is kept. */
  get largestPayload(): PayloadPeak | undefined {
    return this.#payloads.peak;
  }

  /** What stopped it, or would have. */
  get failedVisit(): number | undefined {
    return this.#failedVisit;
  }

  visit(id: number): VisitView | undefined {
    const visit = this.#visits.get(id);
    return visit === undefined ? undefined : shownVisit(visit);
  }

  /** The event that ended the task which this one scheduled. */
  endOfTask(taskId: number): number | undefined {
    for (const { attempts } of this.#visits.values()) {
      const attempt = attempts.find(({ id }) => id === taskId);
      if (attempt !== undefined) return attempt.endEventId;
    }
    return undefined;
  }

  /** The task that was scheduled by this event, while it is waited for. */
  waitingTask(taskId: number): WaitingForTask | undefined {
    for (const { waiting } of this.snapshot.branches.values()) {
      if (waiting?.type === "task" && waiting.taskId === taskId) return waiting;
    }
    return undefined;
  }

  /** Those that `wanted` picks, in the order in which they were entered. */
  visits(
    wanted: (visit: Visit) => boolean,
    offset: number,
    limit: number,
  ): { readonly visits: readonly VisitView[]; readonly total: number } {
    const page: VisitView[] = [];
    let total = 0;
    for (const visit of this.#visits.values()) {
      if (!wanted(visit)) continue;
      if (total >= offset && page.length < limit) page.push(shownVisit(visit));
      total++;
    }
    return { visits: page, total };
  }

  /** States and ways that have changed after that event; 0: all of them. */
  nodesSince(eventId: number): readonly NodeView[] {
    return this.#sums.nodesSince(eventId);
  }

  edgesSince(eventId: number): readonly TakenEdge[] {
    return this.#sums.edgesSince(eventId);
  }

  visitsSince(eventId: number): readonly VisitView[] {
    return [...this.#visits.values()]
      .filter(({ changedAt }) => changedAt > eventId)
      .map((visit) => shownVisit(visit));
  }

  apply(event: JournalEvent): void {
    if (event.id !== 0) this.#clock = this.#sums.clock = event.id;
    this.#fold(event);
    this.#payloads.note(event);
    evolve(this.snapshot, event);
  }

  #fold(event: JournalEvent): void {
    switch (event.type) {
      case "PassStateEntered":
      case "TaskStateEntered":
      case "ChoiceStateEntered":
      case "WaitStateEntered":
      case "SucceedStateEntered":
      case "FailStateEntered":
      case "ParallelStateEntered":
      case "MapStateEntered":
        return this.#enter(event);
      case "PassStateExited":
      case "TaskStateExited":
      case "ChoiceStateExited":
      case "WaitStateExited":
      case "SucceedStateExited":
      case "ParallelStateExited":
      case "MapStateExited":
        return this.#exit(event);

      case "WaitScheduled":
        return this.#change(event.branch, "waiting", (visit) => {
          visit.until = event.internal.resumeAt;
        });
      case "LambdaFunctionScheduled":
      case "ActivityScheduled":
      case "TaskScheduled":
        return this.#schedule(event);
      case "TaskStarted":
      case "LambdaFunctionStarted":
      case "ActivityStarted":
        return this.#change(event.branch, "running", (visit) => {
          const attempt = visit.attempts.at(-1);
          if (attempt === undefined) return;
          attempt.startedAt = event.at;
          attempt.status = "running";
        });
      case "TaskSubmitted":
        return this.#change(event.branch, "waiting", (visit) => {
          const attempt = visit.attempts.at(-1);
          if (attempt !== undefined) {
            attempt.submittedAt = event.at;
            attempt.status = "waiting";
          }
          const arn = childArnIn(event);
          if (arn !== undefined) visit.childArn = arn;
        });
      case "TaskSucceeded":
      case "LambdaFunctionSucceeded":
      case "ActivitySucceeded":
        return this.#change(event.branch, "running", (visit) => {
          endAttempt(visit, event, "succeeded");
          const arn = event.type === "TaskSucceeded" ? childArnIn(event) : undefined;
          if (arn !== undefined) visit.childArn ??= arn;
        });
      case "TaskFailed":
      case "TaskTimedOut":
      case "LambdaFunctionFailed":
      case "LambdaFunctionTimedOut":
      case "ActivityFailed":
      case "ActivityTimedOut":
      case "EvaluationFailed":
      case "MapRunFailed":
        return this.#change(event.branch, "failed", (visit) => {
          const timedOut = event.type.endsWith("TimedOut") ? "States.Timeout" : undefined;
          const error = event.details.error ?? timedOut;
          fail(visit, error, event.details.cause);
          endAttempt(visit, event, "failed");
        });
      case "RetryScheduled":
        return this.#change(event.branch, "retrying", (visit) => {
          visit.hasFailed = false;
          this.#endWithin(visit, event, "for good");
          endAttempt(visit, event, "failed");
          delete this.#line(event.branch).failedFrom;
          const attempt = visit.attempts.at(-1);
          if (attempt === undefined) return;
          attempt.retryAt = event.internal.resumeAt;
          attempt.retrier = event.internal.retrier;
        });

      case "ParallelStateStarted":
        return this.#change(event.branch, "running", (visit) => {
          this.#beginWithin(visit, event);
          const { firstBranch, count } = event.internal;
          for (let lane = 0; lane < count; lane++) {
            const scope = branchScope(visit.key, lane);
            this.#begin(firstBranch + lane, scope, visit.id, lane);
          }
        });
      case "MapStateStarted":
        return this.#change(event.branch, "running", (visit) => {
          this.#beginWithin(visit, event);
          const { length: total } = event.details;
          // The items of a distributed Map are its Map Run's.
          this.#setItems(visit, event.internal && { ...noItems, total });
        });
      case "MapIterationStarted":
        return this.#change(event.branch, "running", (visit) => {
          this.#countItem(visit, "started");
          this.#begin(event.internal.child, visit.key, visit.id, event.details.index);
        });
      case "MapIterationSucceeded":
        return this.#change(event.branch, undefined, (visit) =>
          this.#countItem(visit, "succeeded"),
        );
      case "MapIterationFailed":
        return this.#change(event.branch, undefined, (visit) => this.#countItem(visit, "failed"));
      case "MapIterationAborted":
        return this.#change(event.branch, undefined, (visit) => this.#countItem(visit, "aborted"));
      case "MapRunStarted":
      case "MapRunRedriven":
        return this.#change(event.branch, "running", (visit) => {
          visit.mapRunArn = event.details.mapRunArn;
        });
      case "ParallelStateFailed":
      case "MapStateFailed":
        return this.#failHolder(event);
      case "TaskStateAborted":
      case "WaitStateAborted":
      case "ParallelStateAborted":
      case "MapStateAborted":
        return this.#change(event.branch, undefined, (visit) => {
          this.#endWithin(visit, event, "for now");
          this.#endBadly(visit, event);
        });

      case "ExecutionFailed":
      case "ExecutionAborted":
      case "ExecutionTimedOut":
        return this.#close(event);
      case "ExecutionRedriven":
        return this.#reopen();

      case "ExecutionStarted":
      case "ExecutionSucceeded":
      case "TaskHeartbeat":
      case "ParallelStateSucceeded":
      case "MapStateSucceeded":
      case "MapRunSucceeded":
      case "MapRunAborted":
        return;
    }
  }

  #begin(branch: BranchId, scope: string, parent: number, lane: number): void {
    this.#lines.set(branch, { scope, parent, lane, visit: undefined });
  }

  #enter(event: Extract<JournalEvent, { type: `${string}StateEntered` }>): void {
    const line = this.#line(event.branch);
    const { name } = event.details;
    const key = nodeKey(line.scope, name);
    this.#transitions++;
    const visit: Visit = {
      id: event.id,
      parent: line.parent,
      lane: line.lane,
      key,
      name,
      type: event.type.slice(0, -"StateEntered".length),
      status: "running",
      enteredAt: event.at,
      attempts: [],
      within: 0,
      hasFailed: failsAtOnce(event),
      changedAt: this.#clock,
    };
    const left = line.visit;
    // A way is gone when it has been: what was left may end before the next state is entered.
    if (left?.exitEventId !== undefined)
      this.#sums.taken(left.key, key, left.status === "caught" ? "catch" : "next");
    line.visit = visit;
    this.#visits.set(visit.id, visit);
    for (let parent = this.#visits.get(line.parent); parent !== undefined;) {
      parent.within++;
      parent.changedAt = this.#clock;
      parent = this.#visits.get(parent.parent);
    }
    this.#sums.entered(visit);
  }

  #exit(event: Extract<JournalEvent, { type: `${string}StateExited` }>): void {
    const line = this.#line(event.branch);
    const { visit } = line;
    if (visit === undefined) return;
    const isCaught = visit.hasFailed;
    visit.exitEventId = event.id;
    const assigned = Object.keys(event.details.assignedVariables ?? {});
    if (assigned.length > 0) visit.assigned = assigned;
    delete line.failedFrom;
    this.#end(visit, event.at, isCaught ? "caught" : "succeeded");
    this.#endWithin(visit, event, "for good");
    if (!leadsOn(event) && event.branch !== rootBranch) this.#lines.delete(event.branch);
  }

  #schedule(
    event: Extract<
      JournalEvent,
      { type: "LambdaFunctionScheduled" | "ActivityScheduled" | "TaskScheduled" }
    >,
  ): void {
    this.#change(
      event.branch,
      event.type === "ActivityScheduled" ? "waiting" : "running",
      (visit) => {
        visit.resource =
          event.type === "TaskScheduled"
            ? `${event.details.resourceType}:${event.details.resource}`
            : event.details.resource;
        if (visit.attempts.length > 0) this.#transitions++;
        recover(visit);
        visit.attempts.push({ id: event.id, scheduledAt: event.at, status: "scheduled" });
        this.#sums.attempted(visit);
      },
    );
  }

  /** A Parallel or Map begins what it holds; what an earlier try has left ends. */
  #beginWithin(visit: Visit, event: JournalEvent): void {
    if (visit.status === "retrying") this.#transitions++;
    delete this.#line(event.branch).failedFrom;
    this.#endWithin(visit, event, "for good");
    recover(visit);
  }

  #failHolder(event: JournalEventOf<"ParallelStateFailed" | "MapStateFailed">): void {
    const line = this.#line(event.branch);
    // A state that tells it twice had found a Catcher, which failed itself.
    if (line.failedFrom === undefined) line.failedFrom = event.previousEventId;
    else line.failedFrom = none;
    this.#change(event.branch, "failed", (visit) => {
      visit.hasFailed = true;
    });
  }

  /** The execution ends otherwise than well: what is open ends with it. */
  #close(event: JournalEvent & { type: `Execution${"Failed" | "Aborted" | "TimedOut"}` }): void {
    const line =
      event.type === "ExecutionFailed" ? this.#failedLine(event.previousEventId) : undefined;
    // A state that was left did not fail: there was no room in the history for what came next.
    const failed = line?.visit?.exitEventId === undefined ? line?.visit : undefined;
    if (failed !== undefined) fail(failed, event.details.error, event.details.cause);
    // What holds the failed state has failed too; the state itself says why.
    for (let holder = failed; holder !== undefined; holder = this.#visits.get(holder.parent)) {
      holder.hasFailed = true;
    }
    for (const { visit } of this.#lines.values()) {
      if (visit !== undefined) this.#endBadly(visit, event);
    }
    if (failed !== undefined) this.#set(failed, failed.status);
    this.#failedVisit = failed?.id;
  }

  /**
   * The line of control in which the failure began that the execution's is chained to: from each Parallel or Map down to
   * the branch that it failed with.
   */
  #failedLine(chainedTo: EventId): Line | undefined {
    let line = this.#lineAt(chainedTo);
    for (let inner = line; inner !== undefined;) {
      line = inner;
      inner =
        line.failedFrom === undefined ? undefined : this.#lineAt(line.failedFrom, line.visit?.id);
    }
    return line;
  }

  /** The line whose newest event this is. What a redrive begins again hangs on one: then it is what goes wrong first. */
  #lineAt(eventId: EventId, parent?: number): Line | undefined {
    let found: Line | undefined;
    for (const { id, lastEventId } of this.snapshot.branches.values()) {
      if (lastEventId !== eventId) continue;
      const line = this.#lines.get(id);
      if (line?.visit === undefined || (parent !== undefined && line.parent !== parent)) continue;
      if (line.visit.hasFailed || line.visit.status === "running") return line;
      found ??= line;
    }
    return found;
  }

  /** The execution goes on: what had not been left is open again. */
  #reopen(): void {
    for (const line of this.#lines.values()) {
      delete line.failedFrom;
      const { visit } = line;
      if (visit === undefined || visit.status === "succeeded" || visit.status === "caught")
        continue;
      if (visit.exitedAt !== undefined) {
        this.#sums.took(visit, visit.enteredAt - visit.exitedAt);
        delete visit.exitedAt;
      }
      recover(visit);
      visit.hasFailed = visit.type === "Fail";
      this.#setItems(visit, visit.items && { ...visit.items, failed: 0, aborted: 0 });
      this.#set(visit, "running");
    }
    this.#failedVisit = undefined;
  }

  /**
   * What a state has under way ends with it: for good, where it is left or tried again; for now, where a redrive goes on
   * with it.
   */
  #endWithin(holder: Visit, event: JournalEvent, how: "for good" | "for now"): void {
    if (holder.type !== "Parallel" && holder.type !== "Map") return;
    for (const [branch, { parent, visit }] of this.#lines) {
      if (parent !== holder.id) continue;
      if (how === "for good") this.#lines.delete(branch);
      if (visit === undefined) continue;
      this.#endBadly(visit, event);
      this.#endWithin(visit, event, how);
    }
  }

  #endBadly(visit: Visit, event: JournalEvent): void {
    if (visit.exitedAt !== undefined) return;
    const status = visit.hasFailed ? "failed" : "aborted";
    endAttempt(visit, event, status);
    this.#end(visit, event.at, status);
  }

  #end(visit: Visit, at: number, status: VisitStatus): void {
    visit.exitedAt = at;
    delete visit.until;
    this.#set(visit, status);
    this.#sums.took(visit, at - visit.enteredAt);
  }

  #countItem(visit: Visit, what: keyof ItemsView): void {
    const { items } = visit;
    if (items !== undefined) this.#setItems(visit, { ...items, [what]: items[what] + 1 });
  }

  #setItems(visit: Visit, items: ItemsView | undefined): void {
    const before = visit.items;
    if (items === undefined) delete visit.items;
    else visit.items = items;
    this.#sums.itemsChanged(visit, before);
  }

  /** Changes the state that the branch is in; `undefined` leaves its status. */
  #change(branch: BranchId, status: VisitStatus | undefined, change: (visit: Visit) => void): void {
    const visit = this.#line(branch).visit;
    if (visit === undefined) return;
    change(visit);
    this.#set(visit, status ?? visit.status);
  }

  #set(visit: Visit, status: VisitStatus): void {
    const before = visit.status;
    visit.status = status;
    visit.changedAt = this.#clock;
    this.#sums.changed(visit, before);
  }

  #line(branch: BranchId): Line {
    const line = this.#lines.get(branch);
    if (line === undefined)
      throw new Error(`the journal names branch ${branch}, which is not there`);
    return line;
  }
}

/** No event. */
const none = 0;

/** A Fail state is never left: the execution, or what holds it, ends with it. */
function failsAtOnce({ type }: JournalEvent): boolean {
  return type === "FailStateEntered";
}

/** It is tried again: what went wrong is past. */
function recover(visit: Visit): void {
  visit.hasFailed = false;
  delete visit.exitEventId;
  delete visit.error;
  delete visit.cause;
}

function fail(visit: Visit, error: string | undefined, cause: string | undefined): void {
  visit.hasFailed = true;
  if (error === undefined) delete visit.error;
  else visit.error = error;
  if (cause === undefined) delete visit.cause;
  else visit.cause = shortened(cause);
}

/** A cause may have 32,768 characters; a list of states needs its beginning. */
function shortened(cause: string): string {
  return cause.length <= longestCause ? cause : `${cause.slice(0, longestCause)}…`;
}

const longestCause = 1_000;

function endAttempt(visit: Visit, event: JournalEvent, status: Attempt["status"]): void {
  const attempt = visit.attempts.at(-1);
  if (attempt === undefined || attempt.endedAt !== undefined) return;
  attempt.endedAt = event.at;
  attempt.endEventId = event.id;
  attempt.status = status;
  if (status !== "failed") return;
  if (visit.error !== undefined) attempt.error = visit.error;
  if (visit.cause !== undefined) attempt.cause = visit.cause;
}

/** The execution that a task has started, as its answer names it. */
function childArnIn(event: JournalEventOf<"TaskSubmitted" | "TaskSucceeded">): string | undefined {
  if (event.details.resourceType !== "states") return undefined;
  // A part never holds what ends it: however long an answer is, the search goes through it once.
  return /"ExecutionArn"\s*:\s*"(arn:[^":]+:states:[^":]+:[^":]+:(?:execution|express):[^"]+)"/.exec(
    event.payload?.text ?? "",
  )?.[1];
}
