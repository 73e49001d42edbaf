import type { ExecutionRecord, ExecutionStatus, ExecutionWrite } from "../../ports/store.ts";
import type { EpochMs, TaskId } from "../../machine/ids.ts";
import { checkWrite } from "../check-write.ts";

/** What must be stored of an execution before a batch, so that its writes make sense. */
export type Needed = "absent" | "running" | "ended" | "there";

/** The row of an execution after a batch, as far as the batch says. */
export interface RowChange {
  /** Absent: it stays as it is, and so does the stop date. */
  readonly status?: ExecutionStatus;
  readonly stopDate?: EpochMs;
  readonly parked: boolean;
  readonly wakeAt?: EpochMs;
  readonly redriven?: { readonly redriveCount: number; readonly redriveDate: EpochMs };
}

/** A task that waits after a batch, or does no longer. `again`: it was taken out before it was put in. */
export type TaskChange =
  { readonly activityArn: string; readonly place: number; readonly again: boolean } | "removed";

/** What the writes of one execution in a batch come to. */
export interface MergedWrites {
  readonly executionArn: string;
  needed: Needed;
  start?: ExecutionRecord;
  change?: RowChange;
  readonly tasks: Map<TaskId, TaskChange>;
}

/**
 * Puts together the writes of each execution in a batch, in their order: one statement can change a row only once.
 * `undefined`: they contradict each other, and `checkBatch` finds out how.
 */
export function mergeWrites(
  writes: readonly ExecutionWrite[],
): readonly MergedWrites[] | undefined {
  const merged = new Map<string, MergedWrites>();
  /** Whether an execution runs after the writes so far; not there: that is not known yet. */
  const running = new Map<string, boolean>();
  let tasks = 0;

  /** Whether the execution is running, or has ended, as it should: what is stored must be so, where no write says. */
  function expects(into: MergedWrites, expected: boolean): boolean {
    const known = running.get(into.executionArn);
    if (known === undefined) into.needed = expected ? "running" : "ended";
    running.set(into.executionArn, expected);
    return known === undefined || known === expected;
  }

  for (const write of writes) {
    const { executionArn, start, closed, parked, redriven } = write;
    if (!isSound(write)) return undefined;
    let into = merged.get(executionArn);
    if (start !== undefined) {
      if (into !== undefined) return undefined;
      into = { executionArn, needed: "absent", start, tasks: new Map() };
      running.set(executionArn, start.status === "RUNNING");
    }
    into ??= { executionArn, needed: "there", tasks: new Map() };
    merged.set(executionArn, into);
    if (redriven !== undefined) {
      if (!expects(into, false)) return undefined;
      running.set(executionArn, true);
      into.change = { status: "RUNNING", parked: false, redriven };
    }
    if (closed !== undefined) {
      if (!expects(into, true)) return undefined;
      running.set(executionArn, false);
      into.change = { ...awake(into.change), ...closed };
    } else if (parked) {
      if (!expects(into, true)) return undefined;
      const { wakeAt } = parked;
      into.change = {
        ...awake(into.change),
        parked: true,
        ...(wakeAt !== undefined && { wakeAt }),
      };
    } else if (parked === null) into.change = awake(into.change);
    for (const { taskId, activityArn } of write.activityTasksAdded ?? []) {
      const before = into.tasks.get(taskId);
      if (before !== undefined && before !== "removed") continue;
      into.tasks.set(taskId, { activityArn, place: tasks++, again: before === "removed" });
    }
    for (const taskId of write.activityTasksRemoved ?? []) into.tasks.set(taskId, "removed");
  }
  return [...merged.values()];
}

/** The change without what it says of a wait. */
function awake(change: RowChange | undefined): RowChange {
  if (change === undefined) return { parked: false };
  const { wakeAt: _, ...others } = change;
  return { ...others, parked: false };
}

function isSound(write: ExecutionWrite): boolean {
  try {
    checkWrite(write);
    return true;
  } catch {
    return false;
  }
}
