import type { Activation } from "../activation.ts";
import { guard } from "../failure/guard.ts";
import { rootBranch } from "../ids.ts";
import { settle } from "../settle.ts";
import type { Branch, SnapshotStatus } from "../snapshot.ts";
import { continueMapState } from "../states/map.ts";
import { finishWithResults } from "../states/parallel.ts";
import { performState } from "../states/state-behaviour.ts";
import type { Turn } from "../turn.ts";

/**
 * Runs a failed execution again from where it failed. Documented: RedriveExecution; a state that had failed begins again,
 * of Parallel and inline Map only what had failed, and everything if their results were too large.
 *
 * Whether it may be redriven is for the service to say. The chain of the events is our choice: the redrive hangs on
 * the execution's end, and what begins again on the redrive.
 */
export function redrive(
  turn: Turn,
  { clientToken, by }: Extract<Activation, { type: "Redriven" }>,
): boolean {
  const { snapshot } = turn;
  if (isOpenOrDone(snapshot.status)) return false;
  const tooLarge = snapshot.error === "States.DataLimitExceeded";
  const details = { redriveCount: snapshot.redriveCount + 1 };
  const internal =
    clientToken === undefined && by === undefined
      ? undefined
      : { ...(clientToken !== undefined && { clientToken }), ...(by !== undefined && { by }) };
  turn.emit("ExecutionRedriven", rootBranch, snapshot.lastEventId, undefined, details, internal);
  for (const branch of Array.from(snapshot.branches.values())) {
    if (snapshot.status !== "RUNNING") return true;
    if (snapshot.branches.get(branch.id) !== branch) continue;
    beginAgain(turn, branch, tooLarge);
    settle(turn);
  }
  return true;
}

function isOpenOrDone(status: SnapshotStatus): boolean {
  return status === "RUNNING" || status === "SUCCEEDED";
}

function beginAgain(turn: Turn, branch: Branch, tooLarge: boolean): void {
  const { waiting } = branch;
  if (branch.state === undefined) {
    if (waiting === undefined) turn.ready.push(branch.id);
    return;
  }
  const state = turn.state(branch);
  switch (waiting?.type) {
    case undefined:
      guard(turn, branch, () => performState(turn, branch, state));
      break;
    case "parallel":
    case "map":
      if (waiting.remaining === 0 && tooLarge) {
        guard(turn, branch, () => performState(turn, branch, state));
      } else if (waiting.remaining === 0) {
        guard(turn, branch, () => finishWithResults(turn, branch, waiting));
      } else if (waiting.type === "map") {
        guard(turn, branch, () => continueMapState(turn, branch));
      }
      break;
    case "mapRun": {
      const { mapRunArn, settings } = waiting;
      const { redriveCount } = turn.snapshot;
      turn.emit(
        "MapRunRedriven",
        branch.id,
        branch.lastEventId,
        turn.payloadOf(settings),
        { mapRunArn, redriveCount },
        undefined,
      );
      const redriven = { count: redriveCount, date: turn.at };
      turn.command({ type: "RedriveMapRun", mapRunArn, branch: branch.id, settings, redriven });
      break;
    }
    case "wait":
    case "retry":
    case "task":
    case "consequence":
      throw new Error("a redriven branch waits for nothing but others");
  }
}
