import type { EpochMs } from "./ids.ts";
import type { Machine } from "./machine.ts";
import {
  type Branch,
  type ExecutionSnapshot,
  mayStartIteration,
  type WaitingForTask,
} from "./snapshot.ts";

/**
 * When the execution must be woken by a `TimerFired` if nothing else wakes it before; `undefined` once it has ended.
 * 0 means at once: a branch is ready, because the last turn was long.
 */
export function nextDeadline(machine: Machine, snapshot: ExecutionSnapshot): EpochMs | undefined {
  if (snapshot.status !== "RUNNING") return undefined;
  let deadline = executionDeadline(machine, snapshot);
  for (const branch of snapshot.branches.values()) {
    deadline = Math.min(deadline, branchDeadline(branch));
  }
  return deadline;
}

/** When the whole execution times out. */
export function executionDeadline(machine: Machine, snapshot: ExecutionSnapshot): EpochMs {
  const { definition, limits, type } = machine;
  const limit = type === "EXPRESS" ? limits.expressSeconds : limits.standardSeconds;
  return snapshot.countedFrom + Math.min(definition.TimeoutSeconds ?? limit, limit) * 1000;
}

/** When the branch has to do something by itself; infinity if never. */
export function branchDeadline(branch: Branch): EpochMs {
  const { waiting } = branch;
  if (waiting === undefined) return 0;
  switch (waiting.type) {
    case "wait":
    case "retry":
      return waiting.until;
    case "task":
      return Math.min(taskTimeout(waiting), taskHeartbeatTimeout(waiting));
    case "map":
      return mayStartIteration(waiting) ? 0 : Number.POSITIVE_INFINITY;
    case "consequence":
      return 0;
    case "parallel":
    case "mapRun":
      return Number.POSITIVE_INFINITY;
  }
}

export function taskTimeout(task: WaitingForTask): EpochMs {
  if (task.timeoutSeconds === undefined) return Number.POSITIVE_INFINITY;
  return task.scheduledAt + task.timeoutSeconds * 1000;
}

/** The heartbeat counts only from when a worker has the task, or the call that hands over its token was made. */
export function taskHeartbeatTimeout(task: WaitingForTask): EpochMs {
  if (task.heartbeatSeconds === undefined || task.aliveAt === undefined) {
    return Number.POSITIVE_INFINITY;
  }
  return task.aliveAt + task.heartbeatSeconds * 1000;
}
