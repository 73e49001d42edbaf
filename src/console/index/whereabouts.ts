import { rootBranch, type BranchId, type EventId } from "../../machine/ids.ts";
import type { JournalEvent } from "../../machine/journal/journal-event.ts";
import { leadsOn, linesWithin } from "../lines-of-control.ts";

/** Where an execution is, and what went wrong in it last: what its events say without a fold. */
export interface Whereabouts {
  /** The state of its own line of control, which is the only one of most executions. */
  state?: string | undefined;
  /** The states of the other lines. */
  at?: Map<BranchId, Place>;
  /** A failure that the execution's may be chained to, by the events that pass it on. */
  failing?: { readonly name: string; readonly events: EventId[] };
  failedState?: string;
  /** It is known which state failed, or that none did. */
  isExplained?: boolean;
}

interface Place {
  name: string;
  /** The line that made it. */
  readonly parent: BranchId;
}

/** Our choice: lines of control of one execution that are followed; a Map may have thousands. */
const mostLines = 100;

export function noteWhereabouts(execution: Whereabouts, event: JournalEvent): void {
  switch (event.type) {
    case "PassStateEntered":
    case "TaskStateEntered":
    case "ChoiceStateEntered":
    case "WaitStateEntered":
    case "SucceedStateEntered":
    case "ParallelStateEntered":
    case "MapStateEntered":
      return enter(execution, event.branch, event.details.name);
    case "FailStateEntered":
      enter(execution, event.branch, event.details.name);
      execution.failing = { name: event.details.name, events: [event.id] };
      return;
    case "ParallelStateStarted": {
      const { firstBranch, count } = event.internal;
      for (let lane = 0; lane < count; lane++) begin(execution, firstBranch + lane, event.branch);
      return;
    }
    case "MapIterationStarted":
      return begin(execution, event.internal.child, event.branch);
    case "RetryScheduled":
      return endWithin(execution, event.branch);
    case "ParallelStateExited":
    case "MapStateExited":
      endWithin(execution, event.branch);
      return leave(execution, event);
    case "PassStateExited":
    case "TaskStateExited":
    case "ChoiceStateExited":
    case "WaitStateExited":
    case "SucceedStateExited":
      return leave(execution, event);

    case "TaskFailed":
    case "TaskTimedOut":
    case "LambdaFunctionFailed":
    case "LambdaFunctionTimedOut":
    case "ActivityFailed":
    case "ActivityTimedOut":
    case "EvaluationFailed":
    case "MapRunFailed": {
      const name = stateOf(execution, event.branch);
      if (name === undefined) delete execution.failing;
      else execution.failing = { name, events: [event.id] };
      return;
    }
    case "MapIterationFailed":
    case "MapStateFailed":
    case "ParallelStateFailed": {
      const { failing } = execution;
      if (failing?.events.includes(event.previousEventId)) failing.events.push(event.id);
      return;
    }
    case "ExecutionFailed": {
      const { failing } = execution;
      if (!failing?.events.includes(event.previousEventId)) return;
      execution.failedState = failing.name;
      execution.isExplained = true;
      return;
    }
    case "ExecutionAborted":
    case "ExecutionTimedOut":
      // No state did it.
      execution.isExplained = true;
      return;
    case "ExecutionRedriven":
      delete execution.failing;
      delete execution.failedState;
      delete execution.isExplained;
      return;
    case "ExecutionSucceeded":
      // A row that loses a member becomes a slow object: what was never there is left so.
      execution.state = undefined;
      if (execution.at !== undefined) delete execution.at;
      if (execution.failing !== undefined) delete execution.failing;
      return;
    default:
      return;
  }
}

function stateOf(execution: Whereabouts, branch: BranchId): string | undefined {
  return branch === rootBranch ? execution.state : execution.at?.get(branch)?.name;
}

function begin(execution: Whereabouts, branch: BranchId, parent: BranchId): void {
  const at = (execution.at ??= new Map<BranchId, Place>());
  if (at.size < mostLines) at.set(branch, { name: "", parent });
}

function enter(execution: Whereabouts, branch: BranchId, name: string): void {
  if (branch === rootBranch) {
    execution.state = name;
    return;
  }
  // One that was not followed from its beginning is not followed.
  const known = execution.at?.get(branch);
  if (known !== undefined) known.name = name;
}

function leave(
  execution: Whereabouts,
  event: Extract<JournalEvent, { type: `${string}StateExited` }>,
): void {
  if (leadsOn(event)) return;
  if (event.branch === rootBranch) execution.state = undefined;
  else execution.at?.delete(event.branch);
}

/** What a state had under way is no more. */
function endWithin({ at }: Whereabouts, holder: BranchId): void {
  if (at === undefined) return;
  for (const [branch] of linesWithin(at, holder)) at.delete(branch);
}
