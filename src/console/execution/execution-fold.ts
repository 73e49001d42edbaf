import { evolve } from "../../machine/evolve.ts";
import { type BranchId, rootBranch } from "../../machine/ids.ts";
import type { JournalEvent, JournalEventOf } from "../../machine/journal/journal-event.ts";
import type { StartedBy } from "../../machine/started-by.ts";
import {
  newSnapshot,
  type ExecutionSnapshot,
  type WaitingForTask,
} from "../../machine/snapshot.ts";
import { leadsOn } from "../lines-of-control.ts";
import type { NodeView, PayloadPeak, TakenEdge, VisitStatus, VisitView } from "../view-types.ts";
import {
  attemptScheduled,
  attemptStarted,
  attemptSubmitted,
  attemptSucceeded,
  endAttempt,
  retryScheduled,
  type Scheduled,
} from "./attempt.ts";
import { Lines } from "./lines.ts";
import { branchScope, nodeKey } from "./node-key.ts";
import { PeakOfPayloads } from "./payload-peak.ts";
import { noItems, RunSums } from "./run-sums.ts";
import { RunVisits } from "./run-visits.ts";
import { fail, recover, shownVisit, type Visit } from "./visit.ts";

/**
 * What an execution's journal comes to for whoever looks at it: which states were entered when, what became of each, and
 * which ways were gone. It is folded event by event, beside the snapshot that `evolve` makes of the same events.
 */
export class ExecutionFold {
  readonly snapshot: ExecutionSnapshot = newSnapshot();
  readonly #lines = new Lines(this.snapshot);
  readonly #sums = new RunSums();
  readonly #visits = new RunVisits(this.#sums);
  readonly #payloads = new PeakOfPayloads();
  #transitions = 0;
  #failedVisit: number | undefined;
  #redrivenBy: StartedBy | undefined;

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

  /** Who redrove it last; absent: nobody is known to have. */
  get redrivenBy(): StartedBy | undefined {
    return this.#redrivenBy;
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
    return this.#visits.endOfTask(taskId);
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
    return this.#visits.page(wanted, offset, limit);
  }

  /** States and ways that have changed after that event; 0: all of them. */
  nodesSince(eventId: number): readonly NodeView[] {
    return this.#sums.nodesSince(eventId);
  }

  edgesSince(eventId: number): readonly TakenEdge[] {
    return this.#sums.edgesSince(eventId);
  }

  visitsSince(eventId: number): readonly VisitView[] {
    return this.#visits.since(eventId);
  }

  apply(event: JournalEvent): void {
    // Private events change what they change with the public one before them.
    if (event.id !== 0) this.#sums.clock = event.id;
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
        return this.#change(event.branch, "running", (visit) => attemptStarted(visit, event));
      case "TaskSubmitted":
        return this.#change(event.branch, "waiting", (visit) => attemptSubmitted(visit, event));
      case "TaskSucceeded":
      case "LambdaFunctionSucceeded":
      case "ActivitySucceeded":
        return this.#change(event.branch, "running", (visit) => attemptSucceeded(visit, event));
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
          delete this.#lines.of(event.branch).failedFrom;
          retryScheduled(visit, event);
        });

      case "ParallelStateStarted":
        return this.#change(event.branch, "running", (visit) => {
          this.#beginWithin(visit, event);
          const { firstBranch, count } = event.internal;
          for (let lane = 0; lane < count; lane++) {
            const scope = branchScope(visit.key, lane);
            this.#lines.begin(firstBranch + lane, scope, visit.id, lane);
          }
        });
      case "MapStateStarted":
        return this.#change(event.branch, "running", (visit) => {
          this.#beginWithin(visit, event);
          const { length: total } = event.details;
          // The items of a distributed Map are its Map Run's.
          this.#visits.setItems(visit, event.internal && { ...noItems, total });
        });
      case "MapIterationStarted":
        return this.#change(event.branch, "running", (visit) => {
          this.#visits.countItem(visit, "started");
          this.#lines.begin(event.internal.child, visit.key, visit.id, event.details.index);
        });
      case "MapIterationSucceeded":
        return this.#change(event.branch, undefined, (visit) =>
          this.#visits.countItem(visit, "succeeded"),
        );
      case "MapIterationFailed":
        return this.#change(event.branch, undefined, (visit) =>
          this.#visits.countItem(visit, "failed"),
        );
      case "MapIterationAborted":
        return this.#change(event.branch, undefined, (visit) =>
          this.#visits.countItem(visit, "aborted"),
        );
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
          this.#visits.endBadly(visit, event);
        });

      case "ExecutionFailed":
      case "ExecutionAborted":
      case "ExecutionTimedOut":
        return this.#close(event);
      case "ExecutionRedriven":
        this.#redrivenBy = event.internal?.by;
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

  #enter(event: Extract<JournalEvent, { type: `${string}StateEntered` }>): void {
    const line = this.#lines.of(event.branch);
    const { name } = event.details;
    this.#transitions++;
    const visit: Omit<Visit, "changedAt"> = {
      id: event.id,
      parent: line.parent,
      lane: line.lane,
      key: nodeKey(line.scope, name),
      name,
      type: event.type.slice(0, -"StateEntered".length),
      status: "running",
      enteredAt: event.at,
      attempts: [],
      within: 0,
      // A Fail state is never left: the execution, or what holds it, ends with it.
      hasFailed: event.type === "FailStateEntered",
    };
    line.visit = this.#visits.enter(visit, line.visit);
  }

  #exit(event: Extract<JournalEvent, { type: `${string}StateExited` }>): void {
    const line = this.#lines.of(event.branch);
    const { visit } = line;
    if (visit === undefined) return;
    const isCaught = visit.hasFailed;
    visit.exitEventId = event.id;
    const assigned = Object.keys(event.details.assignedVariables ?? {});
    if (assigned.length > 0) visit.assigned = assigned;
    delete line.failedFrom;
    this.#visits.end(visit, event.at, isCaught ? "caught" : "succeeded");
    this.#endWithin(visit, event, "for good");
    if (!leadsOn(event) && event.branch !== rootBranch) this.#lines.end(event.branch);
  }

  #schedule(event: Scheduled): void {
    const status = event.type === "ActivityScheduled" ? "waiting" : "running";
    this.#change(event.branch, status, (visit) => {
      if (visit.attempts.length > 0) this.#transitions++;
      recover(visit);
      attemptScheduled(visit, event);
      this.#sums.attempted(visit);
    });
  }

  /** A Parallel or Map begins what it holds; what an earlier try has left ends. */
  #beginWithin(visit: Visit, event: JournalEvent): void {
    if (visit.status === "retrying") this.#transitions++;
    delete this.#lines.of(event.branch).failedFrom;
    this.#endWithin(visit, event, "for good");
    recover(visit);
  }

  #failHolder(event: JournalEventOf<"ParallelStateFailed" | "MapStateFailed">): void {
    this.#lines.holderFailed(event.branch, event.previousEventId);
    this.#change(event.branch, "failed", (visit) => {
      visit.hasFailed = true;
    });
  }

  /** The execution ends otherwise than well: what is open ends with it. */
  #close(event: JournalEvent & { type: `Execution${"Failed" | "Aborted" | "TimedOut"}` }): void {
    const line =
      event.type === "ExecutionFailed" ? this.#lines.failed(event.previousEventId) : undefined;
    // A state that was left did not fail: there was no room in the history for what came next.
    const failed = line?.visit?.exitEventId === undefined ? line?.visit : undefined;
    if (failed !== undefined) {
      fail(failed, event.details.error, event.details.cause);
      // What holds the failed state has failed too; the state itself says why.
      for (const holder of this.#visits.holders(failed)) holder.hasFailed = true;
    }
    for (const { visit } of this.#lines.all()) {
      if (visit !== undefined) this.#visits.endBadly(visit, event);
    }
    if (failed !== undefined) this.#visits.set(failed, failed.status);
    this.#failedVisit = failed?.id;
  }

  /** The execution goes on: what had not been left is open again. */
  #reopen(): void {
    for (const line of this.#lines.all()) {
      delete line.failedFrom;
      const { visit } = line;
      if (visit === undefined || visit.status === "succeeded" || visit.status === "caught")
        continue;
      this.#visits.reopen(visit);
    }
    this.#failedVisit = undefined;
  }

  /**
   * What a state has under way ends with it: for good, where it is left or tried again; for now, where a redrive goes on
   * with it.
   */
  #endWithin(holder: Visit, event: JournalEvent, how: "for good" | "for now"): void {
    if (holder.type !== "Parallel" && holder.type !== "Map") return;
    for (const [branch, { visit }] of this.#lines.within(holder.id)) {
      if (how === "for good") this.#lines.end(branch);
      if (visit === undefined) continue;
      this.#visits.endBadly(visit, event);
      this.#endWithin(visit, event, how);
    }
  }

  /** Changes the state that the branch is in; `undefined` leaves its status. */
  #change(branch: BranchId, status: VisitStatus | undefined, change: (visit: Visit) => void): void {
    const visit = this.#lines.of(branch).visit;
    if (visit === undefined) return;
    change(visit);
    this.#visits.set(visit, status ?? visit.status);
  }
}
