import { errors } from "./errors/errors.ts";

/** Documented: pollers that may wait for one activity at the same time. */
const maxPollers = 1000;

/** Counts the workers that wait for tasks of each activity. */
export interface ActivityPollers {
  /** Runs `poll` as one more waiting worker, or refuses it. */
  during<T>(activityArn: string, poll: () => Promise<T>): Promise<T>;
  /** How many wait now, in this process. */
  count(activityArn: string): number;
}

export function createActivityPollers(): ActivityPollers {
  const waiting = new Map<string, number>();
  return {
    count: (activityArn) => waiting.get(activityArn) ?? 0,
    async during(activityArn, poll) {
      const others = waiting.get(activityArn) ?? 0;
      if (others >= maxPollers) throw errors.activityWorkers(maxPollers);
      waiting.set(activityArn, others + 1);
      try {
        return await poll();
      } finally {
        const left = (waiting.get(activityArn) ?? 1) - 1;
        if (left === 0) waiting.delete(activityArn);
        else waiting.set(activityArn, left);
      }
    },
  };
}
