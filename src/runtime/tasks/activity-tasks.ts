import type { Clock } from "../../ports/clock.ts";
import { CustomerKeyUnavailable } from "../../ports/customer-keys.ts";
import type { ActivityTaskRecord, Store } from "../../ports/store.ts";
import type { ActivityTask } from "../engine.ts";
import type { PartitionOwner } from "../routing/partition-owner.ts";
import { ActivityQueues } from "./activity-queues.ts";
import type { TaskTokens } from "./task-token.ts";

export interface ActivityTasksOptions {
  readonly store: Pick<Store, "activityTasks">;
  readonly clock: Clock;
  readonly tokens: TaskTokens;
  /** To the owner of an execution. */
  readonly deliver: PartitionOwner["deliver"];
}

/** Gives the scheduled tasks of the activities whose queues are in one partition to the workers that ask for them. */
export class ActivityTasks {
  readonly #options: ActivityTasksOptions;
  readonly #queues: ActivityQueues;

  constructor(options: ActivityTasksOptions) {
    this.#options = options;
    this.#queues = new ActivityQueues(options.store);
  }

  offer(task: ActivityTaskRecord): void {
    this.#queues.offer(task);
  }

  /** A task that is started for this worker; `undefined` if none came in time, or if this is closed. */
  async take(
    activityArn: string,
    workerName: string | undefined,
    timeoutMs: number,
    signal: AbortSignal,
  ): Promise<ActivityTask | undefined> {
    const { clock } = this.#options;
    const until = clock.now() + timeoutMs;
    for (;;) {
      const left = until - clock.now();
      if (left <= 0 || signal.aborted) return undefined;
      const task = await this.#queues.take(activityArn, left, signal);
      if (task === undefined) return undefined;
      const started = await this.#start(task, workerName);
      if (started !== undefined) return started;
      await this.#queues.dropEnded(activityArn);
    }
  }

  /** Nobody waits here any more. */
  close(): void {
    this.#queues.close();
  }

  /** The task as its worker sees it, once its start is durable; `undefined` if it is over. */
  async #start(
    task: ActivityTaskRecord,
    workerName: string | undefined,
  ): Promise<ActivityTask | undefined> {
    const { executionArn, taskId } = task;
    try {
      const delivered = await this.#options.deliver(executionArn, {
        type: "ActivityStarted",
        taskId,
        ...(workerName === undefined ? {} : { workerName }),
      });
      if (delivered?.taskInput === undefined) return undefined;
      const taskToken = this.#options.tokens.seal(executionArn, taskId);
      return { taskToken, input: delivered.taskInput };
    } catch (thrown) {
      // The worker has nothing to do with the key of the state machine: the task waits for it, and the next one is his.
      if (thrown instanceof CustomerKeyUnavailable) return undefined;
      throw thrown;
    } finally {
      this.#queues.settled(task);
    }
  }
}
