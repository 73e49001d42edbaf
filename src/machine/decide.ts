import type { Activation } from "./activation.ts";
import type { Command } from "./command.ts";
import { guard } from "./failure/guard.ts";
import { cancelTask } from "./failure/handle-failure.ts";
import { type BranchId, rootBranch } from "./ids.ts";
import type { JournalEvent } from "./journal/journal-event.ts";
import { finishMapRun } from "./map-run/finish-map-run.ts";
import { redrive } from "./redrive/redrive.ts";
import type { Machine } from "./machine.ts";
import type { ExecutionSnapshot } from "./snapshot.ts";
import { settle } from "./settle.ts";
import { performState } from "./states/state-behaviour.ts";
import { applyTaskActivation } from "./task-activation.ts";
import { fireTimers } from "./timers.ts";
import { HistoryFull, Turn } from "./turn.ts";

/** What an activation leads to: what happened, and what must be done about it once that is durable. */
export interface Decision {
  readonly events: readonly JournalEvent[];
  readonly commands: readonly Command[];
  /** The activation was about something that is over: a late outcome, a closed execution. Nothing happened. */
  readonly stale: boolean;
}

/**
 * Decides what an activation does to an execution. Pure: no clock, no randomness, no IO; the same machine, snapshot
 * and activation always give the same decision.
 *
 * The snapshot becomes the next one: the events have been folded into it when this returns. Whoever cannot commit
 * them must drop it and fold the journal again.
 */
export function decide(
  machine: Machine,
  snapshot: ExecutionSnapshot,
  activation: Activation,
): Decision {
  if (snapshot.status !== "RUNNING" && activation.type !== "Redriven") return stale;
  const turn = new Turn(machine, snapshot, activation);
  try {
    if (!apply(turn)) return stale;
    run(turn);
  } catch (thrown) {
    if (!(thrown instanceof HistoryFull)) throw thrown;
    failFullHistory(turn);
  }
  return { events: turn.events, commands: turn.commands, stale: false };
}

const stale: Decision = { events: [], commands: [], stale: true };

/** Records what the activation says. False if it is about something that is over. */
function apply(turn: Turn): boolean {
  const { activation, machine } = turn;
  switch (activation.type) {
    case "ExecutionStarted": {
      if (turn.snapshot.lastEventId !== 0) return false;
      const { roleArn, stateMachineAliasArn, stateMachineVersionArn } = machine.identity;
      const details = {
        roleArn,
        ...(stateMachineAliasArn === undefined ? {} : { stateMachineAliasArn }),
        ...(stateMachineVersionArn === undefined ? {} : { stateMachineVersionArn }),
      };
      turn.emit("ExecutionStarted", rootBranch, 0, activation.input, details, undefined);
      turn.ready.push(rootBranch);
      return true;
    }
    case "TimerFired":
      return fireTimers(turn);
    case "MapRunFinished":
      return finishMapRun(turn, activation);
    case "Redriven":
      return redrive(turn, activation);
    case "StopRequested": {
      const { error, cause } = activation;
      const details = {
        ...(error === undefined ? {} : { error }),
        ...(cause === undefined ? {} : { cause }),
      };
      cancelEverything(turn);
      // Observed: it is chained to nothing, and no state's abortion comes before it.
      turn.emit("ExecutionAborted", rootBranch, 0, undefined, details, undefined);
      return true;
    }
    case "KeyLost":
      failRuntime(turn, activation.cause);
      return true;
    case "TaskSubmitted":
    case "TaskSucceeded":
    case "TaskFailed":
    case "TaskHeartbeat":
    case "ActivityStarted":
      return applyTaskActivation(turn, activation);
  }
}

/** Runs what can run until everything waits, the execution ends, or the turn has been long enough. */
function run(turn: Turn): void {
  const { snapshot, ready } = turn;
  settle(turn);
  for (let next = 0; next < ready.length && snapshot.status === "RUNNING"; next++) {
    if (turn.exhausted) return;
    runBranch(turn, ready[next] as BranchId);
    settle(turn);
  }
}

/** Enters states of one branch as long as it goes on by itself. */
function runBranch(turn: Turn, id: BranchId): void {
  const branch = turn.snapshot.branches.get(id);
  // It may have ended with the state that made it, or have been found ready twice.
  if (branch === undefined || branch.waiting !== undefined) return;
  const name = branch.next ?? turn.graph(branch).StartAt;
  const state = turn.stateNamed(branch, name);
  const details = { name };
  const { lastEventId, input } = branch;
  turn.emit(`${state.Type}StateEntered`, id, lastEventId, input, details, undefined);
  guard(turn, branch, () => performState(turn, branch, state));
}

/** The outcomes of all running tasks no longer matter. */
function cancelEverything(turn: Turn): void {
  for (const branch of turn.snapshot.branches.values()) cancelTask(turn, branch);
}

/** Observed: AWS's wording; the failure is the last event that fits. */
function failFullHistory(turn: Turn): void {
  const { historyEvents } = turn.machine.limits;
  failRuntime(
    turn,
    `The execution reached the maximum number of history events (${historyEvents}).`,
  );
}

function failRuntime(turn: Turn, cause: string): void {
  cancelEverything(turn);
  const details = { error: "States.Runtime", cause };
  const { lastEventId } = turn.snapshot;
  turn.emit("ExecutionFailed", rootBranch, lastEventId, undefined, details, undefined);
}
