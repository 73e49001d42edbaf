import { rootBranch, type BranchId, type EventId } from "../../machine/ids.ts";
import type { JournalEvent } from "../../machine/journal/journal-event.ts";
import { leadsOn, linesWithin } from "../lines-of-control.ts";
import type { StateNode, StateScope } from "./state-node.ts";

interface Line {
  readonly scope: StateScope;
  state: StateNode | undefined;
  enteredAt: number;
  hasFailed: boolean;
  lastEventId: EventId;
}

interface InnerLine extends Line {
  readonly parent: BranchId;
}

/** Follows one execution event by event, and counts in its states what happens: far less than a fold, for all of them. */
export class StateTracker {
  /** The execution's own, which is the only one of most. */
  readonly #root: Line;
  #inner: Map<BranchId, InnerLine> | undefined;
  lastEventId: EventId = 0;

  constructor(scope: StateScope) {
    this.#root = lineIn(scope);
  }

  apply(event: JournalEvent): void {
    const { id, branch } = event;
    if (id !== 0) this.lastEventId = id;
    const line = branch === rootBranch ? this.#root : this.#inner?.get(branch);
    if (line === undefined) return;
    this.#count(line, event);
    if (id !== 0) line.lastEventId = id;
  }

  #count(line: Line, event: JournalEvent): void {
    const { state } = line;
    switch (event.type) {
      case "PassStateEntered":
      case "TaskStateEntered":
      case "ChoiceStateEntered":
      case "WaitStateEntered":
      case "SucceedStateEntered":
      case "FailStateEntered":
      case "ParallelStateEntered":
      case "MapStateEntered":
        line.state = line.scope.state(event.details.name);
        line.enteredAt = event.at;
        line.hasFailed = event.type === "FailStateEntered";
        line.state.entered(event.at);
        return;
      case "ParallelStateExited":
      case "MapStateExited":
        this.#endWithin(event.branch, event.at);
        return this.#exit(line, event);
      case "PassStateExited":
      case "TaskStateExited":
      case "ChoiceStateExited":
      case "WaitStateExited":
      case "SucceedStateExited":
        return this.#exit(line, event);

      case "TaskScheduled":
      case "LambdaFunctionScheduled":
      case "ActivityScheduled":
        line.hasFailed = false;
        return;
      case "TaskFailed":
      case "TaskTimedOut":
      case "LambdaFunctionFailed":
      case "LambdaFunctionTimedOut":
      case "ActivityFailed":
      case "ActivityTimedOut":
      case "EvaluationFailed":
      case "MapRunFailed":
      case "ParallelStateFailed":
      case "MapStateFailed":
        line.hasFailed = true;
        return;
      case "RetryScheduled":
        line.hasFailed = false;
        state?.retried(event.at);
        this.#endWithin(event.branch, event.at);
        return;

      case "ParallelStateStarted": {
        const { firstBranch, count } = event.internal;
        for (let lane = 0; lane < count && state !== undefined; lane++) {
          this.#begin(firstBranch + lane, state.branch(lane), event.branch);
        }
        return;
      }
      case "MapIterationStarted":
        if (state !== undefined) {
          this.#begin(event.internal.child, state.inner(), event.branch);
        }
        return;

      case "ExecutionFailed":
        this.#lineThatFailed(event.previousEventId);
        return this.#close(event.at);
      case "ExecutionAborted":
      case "ExecutionTimedOut":
        return this.#close(event.at);
      default:
        return;
    }
  }

  #begin(branch: BranchId, scope: StateScope, parent: BranchId): void {
    (this.#inner ??= new Map<BranchId, InnerLine>()).set(branch, { ...lineIn(scope), parent });
  }

  *#all(): Generator<Line> {
    yield this.#root;
    if (this.#inner !== undefined) yield* this.#inner.values();
  }

  #exit(line: Line, event: Extract<JournalEvent, { type: `${string}StateExited` }>): void {
    line.state?.ended(line.enteredAt, event.at, line.hasFailed ? "caught" : "succeeded");
    line.state = undefined;
    line.hasFailed = false;
    if (!leadsOn(event)) this.#inner?.delete(event.branch);
  }

  /** A state may fail without an event of its own, as a Choice does that no rule fits. */
  #lineThatFailed(chainedTo: EventId): void {
    for (const line of this.#all()) {
      if (line.lastEventId === chainedTo && line.state !== undefined) line.hasFailed = true;
    }
  }

  /** It ended otherwise than well. A redrive goes on with the lines that are left: what failed is entered again. */
  #close(at: number): void {
    for (const line of this.#all()) {
      if (line.hasFailed) line.state?.ended(line.enteredAt, at, "failed");
      line.hasFailed = false;
      line.enteredAt = at;
    }
  }

  #endWithin(holder: BranchId, at: number): void {
    if (this.#inner === undefined) return;
    for (const [branch, line] of linesWithin(this.#inner, holder)) {
      if (line.hasFailed) line.state?.ended(line.enteredAt, at, "failed");
      this.#inner.delete(branch);
    }
  }
}

function lineIn(scope: StateScope): Line {
  return { scope, state: undefined, enteredAt: 0, hasFailed: false, lastEventId: 0 };
}
