import { rootBranch, type BranchId, type EventId, type TaskId } from "../../machine/ids.ts";
import type { JournalEvent } from "../../machine/journal/journal-event.ts";
import { leadsOn, linesWithin } from "../lines-of-control.ts";
import type { StateNode, StateScope } from "../statistics/state-node.ts";

/** A line of control, and the state that it is in. */
interface Line {
  /** Where its states are counted; absent: they are not. */
  scope: StateScope | undefined;
  name: string | undefined;
  state: StateNode | undefined;
  enteredAt: number;
  hasFailed: boolean;
  lastEventId: EventId;
}

interface InnerLine extends Line {
  readonly parent: BranchId;
}

/** Why an execution ended otherwise than well, as far as events say it. */
export interface Explanation {
  /** The state that failed; absent: none did. */
  readonly failedState?: string;
}

/**
 * The lines of control of one execution, followed event by event: what they wait for, which state failed, and, where
 * all events are known from the first, what is counted in the states. Far less than a fold, for all executions.
 */
export class Lines {
  /** The execution's own, which is the only one of most. */
  readonly #root: Line;
  #inner: Map<BranchId, InnerLine> | undefined;
  #lastEventId: EventId = 0;
  /** A failure that the execution's may be chained to, by the events that pass it on. */
  #failing: { readonly name: string; readonly events: EventId[] } | undefined;
  /** Tasks that somebody has to answer, by the line of control that waits for them. */
  #waits: Map<BranchId, TaskId> | undefined;
  /** Absent: it has not ended, or its events do not say why. */
  explanation: Explanation | undefined;

  /** `scope`: where states are counted; absent: events before the first that it is told are missing, and none is. */
  constructor(scope: StateScope | undefined) {
    this.#root = lineIn(scope);
  }

  /** The newest event that it was told, by its public id. */
  get lastEventId(): EventId {
    return this.#lastEventId;
  }

  /** How many tasks wait for somebody's answer. */
  get asked(): number {
    return this.#waits?.size ?? 0;
  }

  /** The states that it is in. */
  *states(): Generator<string> {
    for (const { name } of this.#all()) if (name !== undefined) yield name;
  }

  /** What is known already is left out. What follows on events that are missing is counted no more. */
  apply(event: JournalEvent): void {
    const { id, branch } = event;
    if (id !== 0) {
      if (id <= this.#lastEventId) return;
      if (id !== this.#lastEventId + 1 && this.#root.scope !== undefined) this.#countNoMore();
      this.#lastEventId = id;
    }
    const line = branch === rootBranch ? this.#root : this.#inner?.get(branch);
    if (this.#waits !== undefined) this.#noteAnswer(this.#waits, event);
    this.#follow(line, event);
    if (id !== 0 && line !== undefined) line.lastEventId = id;
  }

  #follow(line: Line | undefined, event: JournalEvent): void {
    switch (event.type) {
      case "PassStateEntered":
      case "TaskStateEntered":
      case "ChoiceStateEntered":
      case "WaitStateEntered":
      case "SucceedStateEntered":
      case "ParallelStateEntered":
      case "MapStateEntered":
        if (line !== undefined) enter(line, event.details.name, event.at);
        return;
      case "FailStateEntered":
        if (line !== undefined) {
          enter(line, event.details.name, event.at);
          line.hasFailed = true;
        }
        this.#failing = { name: event.details.name, events: [event.id] };
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
        if (event.details.resource.endsWith(".waitForTaskToken")) this.#await(event);
        if (line !== undefined) line.hasFailed = false;
        return;
      case "ActivityScheduled":
        this.#await(event);
        if (line !== undefined) line.hasFailed = false;
        return;
      case "LambdaFunctionScheduled":
        if (line !== undefined) line.hasFailed = false;
        return;
      case "TaskFailed":
      case "TaskTimedOut":
      case "LambdaFunctionFailed":
      case "LambdaFunctionTimedOut":
      case "ActivityFailed":
      case "ActivityTimedOut":
      case "EvaluationFailed":
      case "MapRunFailed":
        if (line !== undefined) line.hasFailed = true;
        this.#failing = line?.name === undefined ? undefined : failureIn(line.name, event.id);
        return;
      case "MapIterationFailed":
        return this.#passOn(event);
      case "ParallelStateFailed":
      case "MapStateFailed":
        if (line !== undefined) line.hasFailed = true;
        return this.#passOn(event);
      case "RetryScheduled":
        if (line !== undefined) line.hasFailed = false;
        line?.state?.retried(event.at);
        return this.#endWithin(event.branch, event.at);

      case "ParallelStateStarted": {
        const { firstBranch, count } = event.internal;
        for (let lane = 0; lane < count; lane++) {
          this.#begin(firstBranch + lane, line?.state?.branch(lane), event.branch);
        }
        return;
      }
      case "MapIterationStarted":
        return this.#begin(event.internal.child, line?.state?.inner(), event.branch);

      case "ExecutionFailed": {
        const failing = this.#failing;
        if (failing?.events.includes(event.previousEventId)) {
          this.explanation = { failedState: failing.name };
        }
        this.#lineThatFailed(event.previousEventId);
        return this.#close(event.at);
      }
      case "ExecutionAborted":
      case "ExecutionTimedOut":
        this.explanation = {};
        return this.#close(event.at);
      case "ExecutionRedriven":
        this.#failing = undefined;
        this.explanation = undefined;
        return;
      default:
        return;
    }
  }

  #await({ branch, id }: JournalEvent): void {
    (this.#waits ??= new Map<BranchId, TaskId>()).set(branch, id);
  }

  /** Nothing else happens to a line of control that waits for an answer until that has come. */
  #noteAnswer(waits: Map<BranchId, TaskId>, { type, branch }: JournalEvent): void {
    switch (type) {
      case "TaskStarted":
      case "TaskSubmitted":
      case "TaskHeartbeat":
      case "ActivityStarted":
        return;
      case "ExecutionFailed":
      case "ExecutionAborted":
      case "ExecutionTimedOut":
        return waits.clear();
      default:
        waits.delete(branch);
    }
  }

  #passOn({ previousEventId, id }: JournalEvent): void {
    const failing = this.#failing;
    if (failing?.events.includes(previousEventId)) failing.events.push(id);
  }

  #begin(branch: BranchId, scope: StateScope | undefined, parent: BranchId): void {
    (this.#inner ??= new Map<BranchId, InnerLine>()).set(branch, { ...lineIn(scope), parent });
  }

  *#all(): Generator<Line> {
    yield this.#root;
    if (this.#inner !== undefined) yield* this.#inner.values();
  }

  #exit(
    line: Line | undefined,
    event: Extract<JournalEvent, { type: `${string}StateExited` }>,
  ): void {
    if (line !== undefined) {
      line.state?.ended(line.enteredAt, event.at, line.hasFailed ? "caught" : "succeeded");
      line.state = undefined;
      line.name = undefined;
      line.hasFailed = false;
    }
    if (this.#inner !== undefined && !leadsOn(event)) this.#inner.delete(event.branch);
  }

  /** A state may fail without an event of its own, as a Choice does that no rule fits. */
  #lineThatFailed(chainedTo: EventId): void {
    for (const line of this.#all()) {
      if (line.lastEventId === chainedTo && line.name !== undefined) line.hasFailed = true;
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

  /** What a state had under way is no more. */
  #endWithin(holder: BranchId, at: number): void {
    if (this.#inner === undefined) return;
    for (const [branch, line] of linesWithin(this.#inner, holder)) {
      if (line.hasFailed) line.state?.ended(line.enteredAt, at, "failed");
      this.#inner.delete(branch);
    }
  }

  #countNoMore(): void {
    for (const line of this.#all()) {
      line.scope = undefined;
      line.state = undefined;
    }
  }
}

function enter(line: Line, name: string, at: number): void {
  line.name = name;
  line.enteredAt = at;
  line.hasFailed = false;
  if (line.scope === undefined) return;
  line.state = line.scope.state(name);
  line.state.entered(at);
}

function failureIn(
  name: string,
  id: EventId,
): { readonly name: string; readonly events: EventId[] } {
  return { name, events: [id] };
}

function lineIn(scope: StateScope | undefined): Line {
  return {
    scope,
    name: undefined,
    state: undefined,
    enteredAt: 0,
    hasFailed: false,
    lastEventId: 0,
  };
}
