import type { Clock } from "../ports/clock.ts";
import { errors } from "./errors/errors.ts";

/** Documented: pollers that may wait for one activity at the same time. */
export const maxPollers = 1_000;

/** Our choice: names of workers of one activity that are remembered; the one that was seen last is the last to go. */
const mostRemembered = 50;

/** A worker, by the name that it gives. */
export interface ActivityWorker {
  /** Absent: it gives none. */
  readonly name?: string;
  /** Calls of it that wait now. */
  readonly waiting: number;
  /** When it asked last, or was answered. */
  readonly lastSeen: number;
}

/** Counts the workers that wait for tasks of each activity. */
export interface ActivityPollers {
  /** Runs `poll` as one more waiting worker, or refuses it. */
  during<T>(activityArn: string, poll: () => Promise<T>, workerName?: string): Promise<T>;
  /** How many wait now, in this process. */
  count(activityArn: string): number;
  /** Those that have asked since this process began, the one that was seen last first. */
  workers(activityArn: string): readonly ActivityWorker[];
}

export function createActivityPollers(clock: Pick<Clock, "now">): ActivityPollers {
  const waiting = new Map<string, number>();
  const seen = new Map<string, Map<string | undefined, ActivityWorker>>();

  function note(activityArn: string, name: string | undefined, more: 1 | -1): void {
    let workers = seen.get(activityArn);
    if (workers === undefined) seen.set(activityArn, (workers = new Map()));
    const before = workers.get(name)?.waiting ?? 0;
    workers.delete(name);
    workers.set(name, {
      ...(name !== undefined && { name }),
      waiting: Math.max(0, before + more),
      lastSeen: clock.now(),
    });
    for (const [oldest, worker] of workers) {
      if (workers.size <= mostRemembered) break;
      if (worker.waiting === 0) workers.delete(oldest);
    }
  }

  return {
    count: (activityArn) => waiting.get(activityArn) ?? 0,
    workers: (activityArn) => [...(seen.get(activityArn)?.values() ?? [])].reverse(),
    async during(activityArn, poll, workerName) {
      const others = waiting.get(activityArn) ?? 0;
      if (others >= maxPollers) throw errors.activityWorkers(maxPollers);
      waiting.set(activityArn, others + 1);
      note(activityArn, workerName, 1);
      try {
        return await poll();
      } finally {
        const left = (waiting.get(activityArn) ?? 1) - 1;
        if (left === 0) waiting.delete(activityArn);
        else waiting.set(activityArn, left);
        note(activityArn, workerName, -1);
      }
    },
  };
}
